package org.ringfence.scheduler.timers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Operation;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.value.Truth;
import org.ringfence.scheduler.timers.NodeTimes.TimeInCib;

/**
 * What timers are derived from. Times are in milliseconds.
 *
 * @param targetMs   {@code recovery-target}
 * @param byHand     cluster properties that fix a timer
 * @param deviceMs   the longest that a call of each fence device took lately
 * @param startMs    the longest that a resource's start took lately
 * @param repeated   operations that are repeated, with the longest that they took lately
 */
record Given(
        Path path,
        Optional<Long> targetMs,
        SortedMap<String, Long> byHand,
        List<NodeTimes> nodes,
        SortedMap<String, Long> deviceMs,
        Optional<Long> startMs,
        List<Repeated> repeated) {
    static final String TARGET = "recovery-target";
    static final String DETECTION = "detection-timeout";
    static final String WATCHDOG = "watchdog-timeout";
    static final String LOOP = "sbd-loop";
    static final String MSGWAIT = "sbd-msgwait";
    static final String FENCING = "fencing-timeout";
    static final String DISKLESS = "fencing-watchdog-timeout";

    private static final List<String> FIXING = List.of(DETECTION, WATCHDOG, LOOP, MSGWAIT, FENCING, DISKLESS);

    Given {
        byHand = Collections.unmodifiableSortedMap(new TreeMap<>(byHand));
        nodes = List.copyOf(nodes);
        deviceMs = Collections.unmodifiableSortedMap(new TreeMap<>(deviceMs));
        repeated = List.copyOf(repeated);
    }

    /** How a lost node is stopped. */
    enum Path {
        /** A device that is asked and confirms: a power switch, a hypervisor. */
        DEVICE,
        /** A message on a shared disk, acted on within msgwait. */
        SHARED_DISK,
        /** Its watchdog alone, which its guard stops feeding. */
        DISKLESS
    }

    /** An operation that is done every {@code intervalMs}. */
    record Repeated(String resource, String operation, long intervalMs, Optional<Long> longestMs) {}

    static Given of(Cib cib) {
        var byHand = new TreeMap<String, Long>();
        for (String name : FIXING) {
            TimeInCib.positive(cib.property(name)).ifPresent(millis -> byHand.put(name, millis));
        }
        List<Resource.Primitive> primitives = new ArrayList<>();
        cib.configuration().resources().values().forEach(top -> collect(top, primitives));
        var devices = new TreeMap<String, Long>();
        Optional<Long> start = Optional.empty();
        List<Repeated> repeated = new ArrayList<>();
        for (Resource.Primitive primitive : primitives) {
            if (isFenceDevice(primitive)) {
                longest(cib, primitive.id(), "", 0).ifPresent(millis -> devices.put(primitive.id(), millis));
            } else {
                start = later(start, longest(cib, primitive.id(), "start", 0));
            }
            for (Operation operation : primitive.operations()) {
                if (operation.intervalMillis() > 0) {
                    repeated.add(new Repeated(
                            primitive.id(),
                            operation.name(),
                            operation.intervalMillis(),
                            longest(cib, primitive.id(), operation.name(), operation.intervalMillis())));
                }
            }
        }
        return new Given(
                path(cib, primitives),
                TimeInCib.positive(cib.property(TARGET)),
                byHand,
                cib.status().nodes().values().stream().map(NodeTimes::of).toList(),
                devices,
                start,
                repeated);
    }

    Optional<Long> fixed(String property) {
        return Optional.ofNullable(byHand.get(property));
    }

    private static Path path(Cib cib, List<Resource.Primitive> primitives) {
        List<Resource.Primitive> devices =
                primitives.stream().filter(Given::isFenceDevice).toList();
        if (devices.stream().anyMatch(device -> device.agent().type().contains("sbd"))) {
            return Path.SHARED_DISK;
        }
        boolean watchdog = cib.property("have-watchdog").flatMap(Truth::parse).orElse(false);
        boolean wanted =
                cib.property(DISKLESS).filter(text -> !text.equals("0")).isPresent();
        return devices.isEmpty() && (watchdog || wanted) ? Path.DISKLESS : Path.DEVICE;
    }

    private static boolean isFenceDevice(Resource.Primitive primitive) {
        return primitive.agent().standard().equals("stonith");
    }

    /** Of calls that have ended, the longest; an interval of 0 is any. */
    private static Optional<Long> longest(Cib cib, String resource, String operation, long intervalMs) {
        Optional<Long> longest = Optional.empty();
        for (NodeState node : cib.status().nodes().values()) {
            for (ResourceHistory history : node.history().values()) {
                String name = history.resource();
                int colon = name.indexOf(':');
                if ((colon < 0 ? name : name.substring(0, colon)).equals(resource)) {
                    for (OperationRecord done : history.operations()) {
                        boolean counts = done.executionStatus() == ExecutionStatus.DONE
                                && (operation.isEmpty() || done.operation().equals(operation))
                                && (intervalMs == 0 || done.interval().toMillis() == intervalMs)
                                && !done.executionTime().isZero();
                        longest = counts
                                ? later(
                                        longest,
                                        Optional.of(done.executionTime().toMillis()))
                                : longest;
                    }
                }
            }
        }
        return longest;
    }

    private static Optional<Long> later(Optional<Long> one, Optional<Long> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return Optional.of(Math.max(one.get(), other.get()));
    }

    private static void collect(Resource resource, List<Resource.Primitive> found) {
        switch (resource) {
            case Resource.Primitive primitive -> found.add(primitive);
            case Resource.Group group -> found.addAll(group.members());
            case Resource.Clone clone -> collect(clone.child(), found);
            case Resource.Bundle bundle -> bundle.child().ifPresent(child -> collect(child, found));
        }
    }
}
