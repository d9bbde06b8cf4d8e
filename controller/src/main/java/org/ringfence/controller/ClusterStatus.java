package org.ringfence.controller;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.interlock.Interlock;
import org.ringfence.controller.membership.View;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Problem;

/**
 * How everything stands, as the answering node knows it.
 *
 * @param answeredBy the DC as a rule; the node that was asked when it has none
 * @param view       empty between views
 * @param ready      whether the DC knows all that it has to know to decide
 * @param waitingFor why not; empty when ready
 * @param cib        the text of the configuration with its status; the one on the node's disk when there is no DC
 * @param facts      standings, attributes, fencings
 * @param heldBack   resources that do not start because of the interlock
 * @param problems   what the last decision found wrong
 * @param slow       nodes that are late
 */
public record ClusterStatus(
        String cluster,
        NodeId answeredBy,
        List<NodeId> nodes,
        Optional<View> view,
        boolean ready,
        String waitingFor,
        String quorumShortfall,
        String cib,
        List<Fact> facts,
        Interlock interlock,
        List<String> heldBack,
        List<Problem> problems,
        Optional<Progress> transition,
        List<FencingUnderWay> fencing,
        List<NodeId> slow) {
    public ClusterStatus {
        nodes = List.copyOf(nodes);
        facts = List.copyOf(facts);
        heldBack = List.copyOf(heldBack);
        problems = List.copyOf(problems);
        fencing = List.copyOf(fencing);
        slow = List.copyOf(slow);
    }

    /** How far the running transition is; {@code running} are operation keys with their nodes. */
    public record Progress(long id, int done, int of, List<String> running) {
        public Progress {
            running = List.copyOf(running);
        }
    }

    /**
     * A node that is being fenced, or waits for the next try.
     *
     * @param failures how often it has failed in a row
     * @param nextTry  how long it waits between tries now; zero while a try is under way
     */
    public record FencingUnderWay(NodeId target, int failures, Duration nextTry, String lastFailure) {}
}
