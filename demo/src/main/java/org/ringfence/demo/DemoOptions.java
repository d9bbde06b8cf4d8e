package org.ringfence.demo;

import org.ringfence.demo.host.Hosts;

/**
 * What the demonstration is to show.
 *
 * @param nodes   from 2 to {@link Hosts#MOST}
 * @param victim  which node the fault strikes
 * @param cut     whether that node is cut off from the network instead of losing its power
 * @param fencing whether there is a fence device; without, the demonstration is of what refuses to start
 * @param keep    whether the cluster stays when the demonstration ends
 * @param json    whether one JSON object is printed in place of everything else
 * @param down    whether to end what earlier demonstrations kept, and nothing else
 * @param colour  whether the output is a terminal that shows colour and rewrites lines
 */
public record DemoOptions(
        int nodes,
        Victim victim,
        boolean cut,
        boolean fencing,
        boolean keep,
        boolean json,
        boolean down,
        boolean colour) {

    /** Which node the fault strikes; it always is the one that runs the service. */
    public enum Victim {
        /** The service is put on the designated controller first. */
        DC,
        /** The service is put on any other node first. */
        OTHER
    }

    public DemoOptions {
        if (nodes < 2 || nodes > Hosts.MOST) {
            throw new IllegalArgumentException("between 2 and " + Hosts.MOST + " nodes, not " + nodes);
        }
    }
}
