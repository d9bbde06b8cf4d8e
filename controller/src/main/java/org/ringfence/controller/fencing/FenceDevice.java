package org.ringfence.controller.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.value.TimeSpan;

/**
 * A fence device as configured: a primitive of class {@code stonith}. Options that begin with {@code pcmk_} are the
 * cluster's (Pacemaker Explained, "Special Meta-Attributes for Fencing Resources"); the rest are the agent's.
 */
public record FenceDevice(String id, String agent, SequencedMap<String, String> options) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    public FenceDevice {
        options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
    }

    /** All that are configured and not switched off, in the configuration's order. */
    public static List<FenceDevice> of(Cib cib) {
        List<FenceDevice> devices = new ArrayList<>();
        cib.configuration().resources().values().forEach(resource -> collect(resource, devices));
        return devices;
    }

    private static void collect(Resource resource, List<FenceDevice> devices) {
        if (stopped(resource)) {
            return;
        }
        switch (resource) {
            case Resource.Primitive primitive -> {
                if (primitive.agent().standard().equals("stonith")) {
                    devices.add(
                            new FenceDevice(primitive.id(), primitive.agent().type(), values(primitive.parameters())));
                }
            }
            case Resource.Group group -> group.members().forEach(member -> collect(member, devices));
            case Resource.Clone clone -> collect(clone.child(), devices);
            case Resource.Bundle bundle -> {}
        }
    }

    private static boolean stopped(Resource resource) {
        String role = values(resource.meta()).getOrDefault("target-role", "Started");
        return role.equalsIgnoreCase("stopped");
    }

    private static SequencedMap<String, String> values(List<AttributeSet> sets) {
        var values = new LinkedHashMap<String, String>();
        sets.stream()
                .filter(set -> set.rule().isEmpty())
                .forEach(set -> set.values().forEach(values::putIfAbsent));
        return values;
    }

    /** Whether it may be able to fence {@code target}, as far as its configuration says. */
    public boolean mayFence(NodeId target) {
        return switch (hostCheck()) {
            case "static-list" -> plugs().containsKey(target.name());
            default -> true;
        };
    }

    private String hostCheck() {
        boolean listed = options.containsKey("pcmk_host_list") || options.containsKey("pcmk_host_map");
        return options.getOrDefault("pcmk_host_check", listed ? "static-list" : "dynamic-list");
    }

    /** What the device calls each node that the configuration names. */
    private SequencedMap<String, String> plugs() {
        var plugs = new LinkedHashMap<String, String>();
        for (String node : options.getOrDefault("pcmk_host_list", "").split("[\\s,;]+")) {
            if (!node.isEmpty()) {
                plugs.put(node, node);
            }
        }
        for (String pair : options.getOrDefault("pcmk_host_map", "").split("[\\s;]+")) {
            int colon = pair.indexOf(':');
            if (colon > 0) {
                plugs.put(pair.substring(0, colon), pair.substring(colon + 1));
            }
        }
        return plugs;
    }

    /** The call that does {@code action} to {@code target}. */
    FenceCall call(NodeId target, String action, Duration clusterTimeout) {
        var parameters = new LinkedHashMap<String, String>();
        options.forEach((name, value) -> {
            if (!name.startsWith("pcmk_")) {
                parameters.put(name, value);
            }
        });
        return new FenceCall(
                target,
                id,
                agent,
                action,
                options.getOrDefault("pcmk_" + action + "_action", action),
                plugs().getOrDefault(target.name(), target.name()),
                options.getOrDefault("pcmk_host_argument", ""),
                hostCheck().equals("dynamic-list"),
                parameters,
                span("pcmk_" + action + "_timeout").orElse(clusterTimeout));
    }

    /** How often a call is tried before the next device is. */
    int tries(String action) {
        try {
            return Math.max(1, Integer.parseInt(options.getOrDefault("pcmk_" + action + "_retries", "2")));
        } catch (NumberFormatException notANumber) {
            return 2;
        }
    }

    /** How long to hold back before fencing {@code target}, so that of two nodes that fence each other one is faster. */
    public Duration delay(NodeId target) {
        String written = options.getOrDefault("pcmk_delay_base", "0");
        for (String pair : written.split("[\\s;]+")) {
            int colon = pair.indexOf(':');
            if (colon > 0 && pair.substring(0, colon).equals(target.name())) {
                return Duration.ofMillis(TimeSpan.parseMillis(pair.substring(colon + 1), 0));
            }
        }
        return Duration.ofMillis(written.contains(":") ? 0 : TimeSpan.parseMillis(written, 0));
    }

    private Optional<Duration> span(String option) {
        return Optional.ofNullable(options.get(option))
                .map(text -> Duration.ofMillis(TimeSpan.parseMillis(text, 60_000)));
    }

    /** {@code fencing-timeout} of the cluster. */
    public static Duration clusterTimeout(Cib cib) {
        return cib.property("fencing-timeout")
                .map(text -> Duration.ofMillis(TimeSpan.parseMillis(text, DEFAULT_TIMEOUT.toMillis())))
                .filter(timeout -> !timeout.isZero() && !timeout.isNegative())
                .orElse(DEFAULT_TIMEOUT);
    }
}
