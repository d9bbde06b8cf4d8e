package org.ringfence.controller.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.Outcomes;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.value.TimeSpan;

/**
 * How long a fencing holds back, so that of two sides that fence each other one is faster.
 *
 * <p>What an administrator may have set: {@code pcmk_delay_base} and {@code pcmk_delay_max} of the device, and {@code
 * priority-fencing-delay}, which comes on top for the side that runs what matters more (Pacemaker Explained, "Cluster Options"
 * and "Special Meta-Attributes for Fencing Resources"). Where nothing of it is set and one of two nodes has to fence the other, the
 * node whose name sorts first is fenced later, by longer than its device takes to do anything, as its last fencings or else its
 * last monitors show: both sides know that without a word.
 *
 * @param device   base and random part of the device's own
 * @param priority for the side that runs what matters more
 * @param race     by name, where nobody has set anything
 */
public record FenceDelay(Duration device, Duration priority, Duration race) {
    static final FenceDelay NONE = new FenceDelay(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /**
     * More than two nodes differ in noticing that they have lost each other: twice a heartbeat and the time for which one lies
     * unread.
     */
    private static final Duration NOTICING = Duration.ofMillis(400);

    /** Of a device that has fenced somebody: what it took, and as much again. */
    private static final int FENCINGS = 2;

    /** Of one that has only been looked after: what it can do, whom it knows, the deed, and as much again as that. */
    private static final int CALLS = 4;

    /**
     * For a device of which nothing is known, and for a message on a shared disk, whose writing says nothing of when it is read: a
     * guard looks every second.
     */
    private static final Duration NEVER_MEASURED = Duration.ofSeconds(5);

    private static final Duration RACE_MOST = Duration.ofSeconds(20);

    /**
     * Who is there and who is not.
     *
     * @param nodes     every configured node
     * @param members   those of the view
     * @param histories what is known of resources on each of them
     * @param past      how nodes were fenced before
     */
    public record Sides(
            List<NodeId> nodes,
            List<NodeId> members,
            SortedMap<NodeId, ResourceHistories> histories,
            List<FencingLog.Entry> past) {
        public Sides {
            nodes = List.copyOf(nodes);
            members = List.copyOf(members);
            histories = Collections.unmodifiableSortedMap(new TreeMap<>(histories));
            past = List.copyOf(past);
        }

        private boolean have(NodeId target) {
            return members.contains(target);
        }
    }

    public Duration whole() {
        return device.plus(priority).plus(race);
    }

    /** Why it is that long. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        part(parts, device, "the device's own");
        part(parts, priority, "priority-fencing-delay, as it runs what matters more");
        part(parts, race, "so that of two nodes that fence each other one survives");
        return "holds back " + String.join(" and ", parts);
    }

    private static void part(List<String> parts, Duration delay, String why) {
        if (!delay.isZero()) {
            parts.add(delay.toMillis() + " ms (" + why + ")");
        }
    }

    /**
     * @param chance 64 bits drawn by whoever drives the machine
     */
    public static FenceDelay of(Cib cib, FencePlan plan, Sides sides, long chance) {
        if (plan.action().equals("on") || plan.first().isEmpty()) {
            return NONE;
        }
        String id = plan.first().get();
        Optional<FenceDevice> found = FenceDevice.of(cib).stream()
                .filter(device -> device.id().equals(id))
                .findFirst();
        if (found.isEmpty()) {
            return NONE; // The watchdog is waited for, which is delay enough.
        }
        FenceDevice first = found.get();
        Duration priority = priority(cib, plan.target(), sides);
        boolean set = first.delays() || cib.property("priority-fencing-delay").isPresent();
        Duration race = set ? Duration.ZERO : race(first, plan.target(), sides);
        return new FenceDelay(own(first, plan.target(), chance), priority, race);
    }

    private static Duration own(FenceDevice device, NodeId target, long chance) {
        Duration base = device.delayBase(target);
        Duration room = device.delayMax().minus(base);
        return room.isPositive() ? base.plusMillis(Long.remainderUnsigned(chance, room.toMillis() + 1)) : base;
    }

    /**
     * Only in a partition without a majority, which needs an advantage; only for the nodes that run the most, and not when
     * all run equally much.
     */
    private static Duration priority(Cib cib, NodeId target, Sides sides) {
        long written = cib.property("priority-fencing-delay")
                .map(text -> TimeSpan.parseMillis(text, 0))
                .orElse(0L);
        int missing = sides.nodes().size() - sides.members().size();
        if (written <= 0 || sides.have(target) || sides.members().size() > missing) {
            return Duration.ZERO;
        }
        SortedMap<NodeId, Integer> priorities = NodePriorities.of(cib, sides.nodes(), sides.histories());
        int most = Collections.max(priorities.values());
        int least = Collections.min(priorities.values());
        return most > least && priorities.getOrDefault(target, 0) == most ? Duration.ofMillis(written) : Duration.ZERO;
    }

    private static Duration race(FenceDevice device, NodeId target, Sides sides) {
        boolean oneOfTwo = sides.nodes().size() == 2 && sides.members().size() == 1 && !sides.have(target);
        if (!oneOfTwo || !target.equals(sides.nodes().getFirst())) {
            return Duration.ZERO;
        }
        if (device.agent().equals(SelfFencing.DISK_AGENT)) {
            return NEVER_MEASURED;
        }
        Optional<Duration> fencing = sides.past().stream()
                .filter(entry -> entry.isDown() && entry.how().startsWith(device.id() + " from "))
                .flatMap(entry -> entry.took().stream())
                .max(Duration::compareTo)
                .map(took -> took.multipliedBy(FENCINGS));
        Duration wait = fencing.or(() -> slowestCall(device, sides).map(took -> took.multipliedBy(CALLS)))
                .map(NOTICING::plus)
                .orElse(NEVER_MEASURED);
        return wait.compareTo(RACE_MOST) > 0 ? RACE_MOST : wait;
    }

    /** Of the last start or monitor on each node. */
    private static Optional<Duration> slowestCall(FenceDevice device, Sides sides) {
        return sides.histories().values().stream()
                .flatMap(known -> Optional.ofNullable(known.get(device.id())).stream())
                .flatMap(history -> history.operations().stream()
                        .filter(call -> !call.operation().equals("stop") && !Outcomes.isProbe(call))
                        .filter(call ->
                                !Outcomes.failed(call) && call.executionTime().isPositive())
                        .max(Comparator.comparingInt(OperationRecord::callId))
                        .stream())
                .map(OperationRecord::executionTime)
                .max(Duration::compareTo);
    }
}
