package org.ringfence.controller.dc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.ringfence.controller.Turn;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.Status;
import org.ringfence.scheduler.timers.NodeTimes;
import org.ringfence.scheduler.timers.Timers;

/** Whether the cluster's timers add up with what its nodes have told: a change that makes them not is refused. */
final class TimerCheck {
    private TimerCheck() {}

    /** @param cib with the status of this view */
    static List<Problem> ofKnown(Turn turn, Cib cib) {
        return Timers.of(told(turn, cib)).problems();
    }

    private static List<Problem> problems(Turn turn, Cib cib, View view) {
        return ofKnown(turn, KnownStatus.of(turn, cib, view));
    }

    /** What adds up now and would not after a change. What is wrong already keeps nobody from changing other things. */
    static List<Problem> added(Turn turn, Cib former, Cib edited, View view) {
        List<Problem> before = problems(turn, former, view);
        return problems(turn, edited, view).stream()
                .filter(problem -> !before.contains(problem))
                .toList();
    }

    /** With what guards have promised beside what nodes tell as attributes. */
    private static Cib told(Turn turn, Cib cib) {
        SequencedMap<String, NodeState> nodes = new LinkedHashMap<>(cib.status().nodes());
        nodes.replaceAll((id, state) -> NodeId.isName(state.uname())
                ? SelfFencing.promise(turn.facts(), new NodeId(state.uname()))
                        .map(promise -> with(state, promise))
                        .orElse(state)
                : state);
        return cib.withStatus(new Status(nodes, cib.status().tickets()));
    }

    private static NodeState with(NodeState state, GuardPromise promise) {
        SequencedMap<String, String> attributes = new LinkedHashMap<>(state.attributes());
        attributes.put(NodeTimes.WATCHDOG_IN_FORCE, promise.watchdog().toMillis() + "ms");
        attributes.put(NodeTimes.HOLD, promise.hold().toMillis() + "ms");
        if (promise.disks() > 0) {
            attributes.put(NodeTimes.MSGWAIT, promise.messageWait().toMillis() + "ms");
        }
        return new NodeState(state.id(), state.uname(), state.membership(), attributes, state.history(), state.other());
    }
}
