package org.ringfence.api;

import java.time.Instant;
import java.util.List;
import org.ringfence.model.NodeId;

/**
 * How nodes were fenced, as far back as the cluster keeps it.
 *
 * @param entries oldest first
 */
public record FenceHistoryReply(List<Entry> entries) implements Reply.Outcome {
    public FenceHistoryReply {
        entries = List.copyOf(entries);
    }

    /**
     * One fencing.
     *
     * @param at        by the clock of the DC
     * @param action    {@code reboot}, {@code off}, {@code on}, or {@code confirmed} for what somebody said by hand
     * @param succeeded whether it was done
     * @param reason    who asked for it and why
     * @param how       with which device, from which node and in which time, or what was wrong
     */
    public record Entry(Instant at, NodeId node, String action, boolean succeeded, String reason, String how) {}
}
