package org.ringfence.controller.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.value.Truth;

/**
 * What can be tried against one target, best first.
 *
 * @param ways  each is a list of calls that must succeed one after the other
 * @param delay to hold back before the first
 * @param alone whether nothing else is fenced at the same time ({@code concurrent-fencing=false})
 */
public record FencePlan(NodeId target, String action, List<Way> ways, Duration delay, boolean alone) {
    public FencePlan {
        ways = List.copyOf(ways);
    }

    /** One way to do it. */
    public record Way(List<Attempt> calls) {
        public Way {
            calls = List.copyOf(calls);
        }
    }

    /**
     * @param tries  how often the call is tried before the way is given up
     * @param limit  how many calls of its device may be under way at a time
     * @param needed whether the way fails with it; a host that is off is off, also when it cannot be switched on again
     */
    public record Attempt(FenceCall call, int tries, int limit, boolean needed) {}

    /**
     * The plan for a target: the levels of the fencing topology that name it, from the lowest index up; without any, each
     * device that may fence it, in turn.
     *
     * @param trusted devices that may be counted on for this target
     */
    public static FencePlan of(Cib cib, NodeId target, String action, Predicate<FenceDevice> trusted) {
        Duration timeout = FenceDevice.clusterTimeout(cib);
        SequencedMap<String, FenceDevice> devices = new LinkedHashMap<>();
        FenceDevice.of(cib).stream().filter(trusted).forEach(device -> devices.put(device.id(), device));
        List<List<String>> levels = FencingTopology.of(cib, target);
        List<Way> ways = new ArrayList<>();
        for (List<String> level : levels) {
            if (!level.isEmpty() && devices.keySet().containsAll(level)) {
                ways.add(way(level.stream().map(devices::get).toList(), target, action, timeout));
            }
        }
        if (levels.isEmpty()) {
            devices.values().stream()
                    .filter(device -> device.mayFence(target))
                    .forEach(device -> ways.add(way(List.of(device), target, action, timeout)));
        }
        return new FencePlan(target, action, ways, Duration.ZERO, alone(cib));
    }

    /**
     * With what the target does by itself: a message on shared disks counts only when it is known to watch them, and its watchdog
     * is the last resort.
     *
     * @param watchdog empty when waiting for it would prove nothing
     */
    public FencePlan withSelfFencing(boolean watchesDisks, Optional<FenceCall> watchdog) {
        List<Way> all = new ArrayList<>();
        ways.stream()
                .filter(way -> watchesDisks
                        || way.calls().stream()
                                .noneMatch(attempt -> attempt.call().agent().equals(SelfFencing.DISK_AGENT)))
                .forEach(all::add);
        watchdog.ifPresent(call -> all.add(new Way(List.of(new Attempt(call, 1, FenceDevice.UNLIMITED, true)))));
        return new FencePlan(target, action, all, delay, alone);
    }

    /** Gives a node access through every device by which it gets any. It does that itself. */
    public static FencePlan unfencing(Cib cib, NodeId target) {
        Duration timeout = FenceDevice.clusterTimeout(cib);
        List<Attempt> calls = FenceDevice.of(cib).stream()
                .filter(FenceDevice::unfences)
                .filter(device -> device.mayFence(target))
                .map(device -> attempt(device, device.call(target, "on", timeout), true))
                .toList();
        return new FencePlan(target, "on", calls.isEmpty() ? List.of() : List.of(new Way(calls)), Duration.ZERO, false);
    }

    /** The same, holding back first. */
    public FencePlan after(Duration wait) {
        return new FencePlan(target, action, ways, wait, alone);
    }

    /** The device that is tried first. */
    public Optional<String> first() {
        return ways.stream()
                .findFirst()
                .map(way -> way.calls().getFirst().call().device());
    }

    private static boolean alone(Cib cib) {
        return !cib.property("concurrent-fencing").flatMap(Truth::parse).orElse(true);
    }

    /** Several devices of one level must all be off before any is switched on again. */
    private static Way way(List<FenceDevice> devices, NodeId target, String action, Duration timeout) {
        List<Attempt> calls = new ArrayList<>();
        if (devices.size() == 1 || !action.equals("reboot")) {
            devices.forEach(device -> calls.add(attempt(device, device.call(target, action, timeout), true)));
        } else {
            devices.forEach(device -> calls.add(
                    attempt(device, device.call(target, "off", timeout).verified(), true)));
            devices.forEach(device -> calls.add(attempt(device, device.call(target, "on", timeout), false)));
        }
        return new Way(calls);
    }

    private static Attempt attempt(FenceDevice device, FenceCall call, boolean needed) {
        return new Attempt(call, device.tries(call.action()), device.limit(), needed);
    }
}
