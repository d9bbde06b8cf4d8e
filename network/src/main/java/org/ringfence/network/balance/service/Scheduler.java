package org.ringfence.network.balance.service;

import java.util.List;

/**
 * Who gets the next connection, by the names of ipvsadm(8).
 *
 * @param flags for IPVS alone: {@code sh-port}, {@code sh-fallback}, {@code mh-port}, {@code mh-fallback}, {@code flag-1} to {@code flag-3}
 */
public record Scheduler(String name, List<String> flags) {
    /** The schedulers that Linux has. */
    public static final List<String> KNOWN =
            List.of("rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "sed", "nq", "fo", "ovf", "mh", "twos");

    /** What the built-in director has of them. */
    public static final List<String> BUILT_IN = List.of("rr", "wrr", "lc", "wlc", "sh");

    public static final Scheduler DEFAULT = new Scheduler("wrr", List.of());

    public Scheduler {
        flags = List.copyOf(flags);
    }
}
