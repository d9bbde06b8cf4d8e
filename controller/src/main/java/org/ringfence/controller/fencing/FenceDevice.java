package org.ringfence.controller.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.value.TimeSpan;

/**
 * A fence device as configured: a primitive of class {@code stonith}. Options that begin with {@code pcmk_} are the
 * cluster's (Pacemaker Explained, "Special Meta-Attributes for Fencing Resources"); the rest are the agent's.
 *
 * @param unfences whether a node gets its access through it ({@code provides=unfencing}): it is switched on by itself
 */
public record FenceDevice(String id, String agent, SequencedMap<String, String> options, boolean unfences) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
    private static final int DEFAULT_TRIES = 2;

    /** Without a bound on how many calls it takes at a time. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

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
                    boolean unfences = values(primitive.meta())
                            .getOrDefault("provides", "")
                            .equalsIgnoreCase("unfencing");
                    devices.add(new FenceDevice(
                            primitive.id(), primitive.agent().type(), values(primitive.parameters()), unfences));
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
        AttributeSet.byImportance(sets).stream()
                .filter(set -> set.rule().isEmpty())
                .forEach(set -> set.values().forEach(values::putIfAbsent));
        return values;
    }

    /** Whether it may be able to fence {@code target}, as far as its configuration says. */
    public boolean mayFence(NodeId target) {
        return hostCheck() != HostCheck.STATIC_LIST || plugs().containsKey(target.name());
    }

    /** How it is found out whether the device can fence a node; what is not understood is as if it were not written. */
    public HostCheck hostCheck() {
        boolean listed = options.containsKey("pcmk_host_list") || options.containsKey("pcmk_host_map");
        return Optional.ofNullable(options.get("pcmk_host_check"))
                .flatMap(HostCheck::parse)
                .orElse(listed ? HostCheck.STATIC_LIST : HostCheck.BY_METADATA);
    }

    /** What the device calls each node that the configuration names. */
    public SequencedMap<String, String> plugs() {
        var plugs = new LinkedHashMap<String, String>();
        for (String node : options.getOrDefault("pcmk_host_list", "").split("[\\s,;]+")) {
            if (!node.isEmpty()) {
                plugs.put(node, node);
            }
        }
        for (String pair : options.getOrDefault("pcmk_host_map", "").split("[\\s;]+")) {
            int sign = pair.indexOf(':') < 0 ? pair.indexOf('=') : pair.indexOf(':');
            if (sign > 0) {
                plugs.put(pair.substring(0, sign), pair.substring(sign + 1));
            }
        }
        return plugs;
    }

    /** The call that does {@code action} to {@code target}. */
    public FenceCall call(NodeId target, String action, Duration clusterTimeout) {
        var parameters = new LinkedHashMap<String, String>();
        var cluster = new LinkedHashMap<String, String>();
        options.forEach((name, value) -> (name.startsWith("pcmk_") ? cluster : parameters).put(name, value));
        HostCheck check = hostCheck();
        return new FenceCall(
                target,
                id,
                agent,
                action,
                options.getOrDefault("pcmk_" + action + "_action", action),
                plugs().getOrDefault(target.name(), target.name()),
                options.getOrDefault("pcmk_host_argument", ""),
                check == HostCheck.DYNAMIC_LIST || check == HostCheck.BY_METADATA,
                Optional.of(check),
                false,
                parameters,
                cluster,
                timeout(action).orElse(clusterTimeout));
    }

    /** How often a call is tried before the next device is. */
    int tries(String action) {
        return Math.max(1, number("pcmk_" + action + "_retries", DEFAULT_TRIES));
    }

    /** How many calls it takes at a time; the others wait. */
    int limit() {
        int written = number("pcmk_action_limit", 1);
        return written < 0 ? UNLIMITED : Math.max(1, written);
    }

    private int number(String option, int otherwise) {
        try {
            return Integer.parseInt(options.getOrDefault(option, Integer.toString(otherwise)));
        } catch (NumberFormatException notANumber) {
            return otherwise;
        }
    }

    /** The part of the delay before {@code target} is fenced that is always the same ({@code pcmk_delay_base}). */
    public Duration delayBase(NodeId target) {
        String written = options.getOrDefault("pcmk_delay_base", "0");
        if (!written.contains(":")) {
            return span(written);
        }
        for (String pair : written.split("[\\s;]+")) {
            int colon = pair.indexOf(':');
            if (colon > 0 && pair.substring(0, colon).equals(target.name())) {
                return span(pair.substring(colon + 1));
            }
        }
        return Duration.ZERO;
    }

    /** What the whole delay comes to at most, by chance ({@code pcmk_delay_max}); zero for no chance in it. */
    public Duration delayMax() {
        return span(options.getOrDefault("pcmk_delay_max", "0"));
    }

    /** Whether the administrator has said anything of how long it holds back. */
    boolean delays() {
        return options.containsKey("pcmk_delay_base") || options.containsKey("pcmk_delay_max");
    }

    private static Duration span(String text) {
        return Duration.ofMillis(Math.max(0, TimeSpan.parseMillis(text, 0)));
    }

    private Optional<Duration> timeout(String action) {
        OptionalLong millis = TimeSpan.parseMillis(options.getOrDefault("pcmk_" + action + "_timeout", ""));
        return millis.isPresent() && millis.getAsLong() > 0
                ? Optional.of(Duration.ofMillis(millis.getAsLong()))
                : Optional.empty();
    }

    /** {@code fencing-timeout} of the cluster. */
    public static Duration clusterTimeout(Cib cib) {
        return cib.property("fencing-timeout")
                .map(text -> Duration.ofMillis(TimeSpan.parseMillis(text, DEFAULT_TIMEOUT.toMillis())))
                .filter(timeout -> !timeout.isZero() && !timeout.isNegative())
                .orElse(DEFAULT_TIMEOUT);
    }
}
