package org.ringfence.controller.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.FencingLevel;

/**
 * What can be tried against one target, best first.
 *
 * @param ways  each is a list of calls that must succeed one after the other
 * @param delay to hold back before the first
 */
public record FencePlan(NodeId target, String action, List<Way> ways, Duration delay) {
    public FencePlan {
        ways = List.copyOf(ways);
    }

    /** One way to do it. */
    public record Way(List<Attempt> calls) {
        public Way {
            calls = List.copyOf(calls);
        }
    }

    /** @param tries how often the call is tried before the way is given up */
    public record Attempt(FenceCall call, int tries) {}

    /**
     * The plan for a target: the levels of the fencing topology that name it, from the lowest index up; without any, each
     * device that may fence it, in turn.
     */
    public static FencePlan of(Cib cib, NodeId target, String action) {
        Duration timeout = FenceDevice.clusterTimeout(cib);
        SequencedMap<String, FenceDevice> devices = new LinkedHashMap<>();
        FenceDevice.of(cib).forEach(device -> devices.put(device.id(), device));
        List<FencingLevel> levels = cib.configuration().fencingLevels().stream()
                .filter(level -> names(level, target))
                .sorted(Comparator.comparingInt(FencingLevel::index))
                .toList();
        List<Way> ways = new ArrayList<>();
        for (FencingLevel level : levels) {
            List<FenceDevice> together = level.devices().stream()
                    .filter(devices::containsKey)
                    .map(devices::get)
                    .toList();
            if (together.size() == level.devices().size()) {
                ways.add(way(together, target, action, timeout));
            }
        }
        if (levels.isEmpty()) {
            devices.values().stream()
                    .filter(device -> device.mayFence(target))
                    .forEach(device -> ways.add(way(List.of(device), target, action, timeout)));
        }
        Duration delay = devices.values().stream()
                .filter(device -> device.mayFence(target))
                .map(device -> device.delay(target))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new FencePlan(target, action, ways, delay);
    }

    private static boolean names(FencingLevel level, NodeId target) {
        return switch (level.kind()) {
            case NODE -> level.target().equals(target.name());
            case PATTERN -> target.name().matches(level.target());
            case ATTRIBUTE -> false;
        };
    }

    /** Several devices of one level must all be off before any is switched on again. */
    private static Way way(List<FenceDevice> devices, NodeId target, String action, Duration timeout) {
        List<Attempt> calls = new ArrayList<>();
        if (devices.size() == 1 || !action.equals("reboot")) {
            devices.forEach(device -> calls.add(attempt(device, target, action, timeout)));
        } else {
            devices.forEach(device -> calls.add(attempt(device, target, "off", timeout)));
            devices.forEach(device -> calls.add(attempt(device, target, "on", timeout)));
        }
        return new Way(calls);
    }

    private static Attempt attempt(FenceDevice device, NodeId target, String action, Duration timeout) {
        return new Attempt(device.call(target, action, timeout), device.tries(action));
    }
}
