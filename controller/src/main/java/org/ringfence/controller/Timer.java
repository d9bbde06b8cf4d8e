package org.ringfence.controller;

import java.time.Duration;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.model.NodeId;

/** What a timer is for; also its identity: starting one that runs starts it anew. */
public sealed interface Timer {
    /** Membership: propose now, having waited for more changes or for somebody better placed. */
    record Propose() implements Timer {}

    /** Membership: not every member of the proposal has answered. */
    record Answers(ViewNumber ballot) implements Timer {}

    /** Membership: the proposal that was accepted has not been installed. */
    record Installation(ViewNumber ballot) implements Timer {}

    /** The DC: not every member of the view has joined. */
    record Joins(ViewNumber view) implements Timer {}

    /** The DC: nodes that were never seen have had their time to appear. */
    record StartupGrace() implements Timer {}

    /** The DC: look again at rules and expiring failures. */
    record Recheck() implements Timer {}

    /** The DC: try a failed fencing again. */
    record FenceRetry(NodeId target) implements Timer {}

    /** The DC: the delay before a fencing request is over. */
    record FenceDelay(long request) implements Timer {}

    /** The DC: the executing node should have answered long ago. */
    record FenceAnswer(long request, int attempt) implements Timer {}

    /** The DC: who is said to be fenced should have fallen silent. */
    record FenceSilence(long request) implements Timer {}

    /** The DC: the node that looks at a path should have answered long ago. */
    record FenceProbeAnswer(long probe) implements Timer {}

    /** The DC: an action's node should have answered long ago. */
    record ActionAnswer(long transition, int action) implements Timer {}

    /**
     * The DC: a node that stops itself by its watchdog has had its time.
     *
     * @param view whose DC asked; a later one counts its requests anew
     */
    record WatchdogWait(ViewNumber view, long request, int attempt) implements Timer {}

    /** A node: ask the members of the view whether they hear it. */
    record LeaseQuestion() implements Timer {}

    /** A node: a monitor is due. */
    record Monitor(String resource, String operation, Duration interval) implements Timer {}
}
