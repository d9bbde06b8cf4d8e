package org.ringfence.demo;

import org.ringfence.demo.cluster.Fencing;
import org.ringfence.demo.host.Hosts;

/**
 * What the demonstration is to show.
 *
 * @param nodes   from 2 to {@link Hosts#MOST}
 * @param victim  which node the fault strikes
 * @param cut     whether that node is cut off from the network instead of losing its power
 * @param fencing whether there is a fence device; without, the demonstration is of what refuses to start
 * @param means   how a lost node is known to be dead, where there is fencing
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
        Fencing means,
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
        if (means == Fencing.WATCHDOG && nodes == 2) {
            throw new IllegalArgumentException(
                    "of two nodes that are apart each could think that it may go on: the watchdog"
                            + " alone needs three nodes or more");
        }
        if (nodes < 2 || nodes > Hosts.MOST) {
            throw new IllegalArgumentException("between 2 and " + Hosts.MOST + " nodes, not " + nodes);
        }
    }
}
