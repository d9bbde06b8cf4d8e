package org.ringfence.scheduler.change;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.Status;
import org.ringfence.scheduler.Observer;
import org.ringfence.scheduler.action.Action;
import org.ringfence.scheduler.action.Actions;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.constraint.Constraints;
import org.ringfence.scheduler.placement.Others;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;

/** Takes note, while a decision is made, of which parts have something to do and of whatever reaches across parts. */
final class Watch implements Observer, Others {
    private final Parts parts;
    /** Those that are decided; null for all. */
    private final @Nullable BitSet decided;
    /** What nodes were given when all was decided, or since; null when all is decided now. */
    private final @Nullable Turns before;
    /** Parts with something to do, or with failures, which time may make good. */
    private final BitSet restless = new BitSet();
    /** Parts that look at how many resources nodes have. */
    private final BitSet byLoad = new BitSet();
    /** The outermost resources and their parts, as they have their turns. */
    private final List<String> resources = new ArrayList<>();

    private final List<Integer> partsInTurn = new ArrayList<>();
    /** Nodes, by the number of the turn among all. */
    private final Map<Integer, List<Integer>> given = new HashMap<>();
    /** The number among all that is next to be counted. */
    private int passed;

    private boolean whole;

    /** For a decision about everything. */
    Watch(Parts parts) {
        this.parts = parts;
        decided = null;
        before = null;
    }

    /** For a decision about some parts, the others being as they were. */
    Watch(Parts parts, BitSet decided, Turns before) {
        this.parts = parts;
        this.decided = (BitSet) decided.clone();
        this.before = before;
    }

    /** What nodes were given, those that were not decided included. */
    Turns turns() {
        return before == null || decided == null
                ? Turns.all(resources, partsInTurn, given)
                : before.with(decided, given);
    }

    /**
     * Parts that have to be decided too: where nodes were given something else than before, those that look at how many resources
     * nodes have.
     */
    BitSet concerned(Turns turns, Watch last) {
        var concerned = new BitSet();
        if (before != null && decided != null && !turns.giveTheSame(before)) {
            concerned.or(last.byLoad);
            concerned.andNot(decided);
        }
        return concerned;
    }

    /** Takes over what was seen of the parts that were not decided this time. */
    void complete(Watch last) {
        if (decided != null) {
            var others = (BitSet) last.byLoad.clone();
            others.andNot(decided);
            byLoad.or(others);
        }
    }

    BitSet restless() {
        return restless;
    }

    boolean whole() {
        return whole;
    }

    @Override
    public void known(Nodes nodes, Resources resources) {
        resources.top().forEach(this::failures);
    }

    private void failures(Resource resource) {
        whole |= resource.removed && resource.parent == null;
        if (resource.state.everFailed || resource.state.lockedTo != null) {
            part(resource);
        }
        resource.children().forEach(this::failures);
    }

    /** What has become of a node may be more than its status says: a failure can put it on standby. */
    @Override
    public void placed(Nodes nodes, Resources resources) {
        resources.top().forEach(this::places);
        for (ClusterNode node : nodes.all()) {
            whole |= node.isRemoteOrGuest()
                    || node.removed
                    || node.unclean
                    || node.pending
                    || node.shutdown
                    || node.standbyOnFail
                    || !node.fencingReasons.isEmpty();
        }
    }

    private void places(Resource resource) {
        Integer part = parts.of(resource.top().id);
        if (part == null) {
            whole = true;
            return;
        }
        if (resource.state.placedByLoad) {
            byLoad.set(part);
        }
        if (resource instanceof Primitive primitive && primitive.assigned != null) {
            Integer turn = primitive.state.turn < 0 ? null : numberAmongAll(primitive.state.turn);
            if (turn == null) {
                whole = true;
                return;
            }
            given.computeIfAbsent(turn, _ -> new ArrayList<>()).add(primitive.assigned.index);
        }
        resource.children().forEach(this::places);
    }

    private @Nullable Integer numberAmongAll(int turn) {
        return before == null ? Integer.valueOf(turn) : before.number(resources.get(turn));
    }

    @Override
    public void before(Resource next, Nodes nodes) {
        resources.add(next.id);
        if (before == null || decided == null) {
            Integer part = parts.of(next.id);
            whole |= part == null;
            partsInTurn.add(part == null ? -1 : part);
            return;
        }
        Integer number = before.number(next.id);
        whole |= number == null || number < passed;
        for (; number != null && passed < number; passed++) {
            if (!decided.get(before.part(passed))) {
                before.given(passed).forEach(node -> nodes.get(node).assignedCount++);
            }
        }
    }

    @Override
    public void decided(Actions actions, Constraints constraints) {
        for (Action action : actions.all()) {
            if (action.inGraph && action.resource != null) {
                part(action.resource);
            }
            whole |= action.inGraph && action.resource == null;
        }
    }

    /** Failures that nodes count. */
    void failures(Status status) {
        for (NodeState node : status.nodes().values()) {
            for (String attribute : node.attributes().keySet()) {
                if (Difference.isFailure(attribute)) {
                    whole |= !parts.add(Difference.failed(attribute), restless);
                }
            }
        }
    }

    private void part(Resource resource) {
        whole |= !parts.add(resource.top().id, restless);
    }
}
