package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Configuration;
import org.ringfence.model.cib.Operation;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.model.value.Truth;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.rule.Rules;

/** What is configured for operations: how long they may take, what their failure leads to, and the parameters they are given. */
public final class OperationSettings {
    private static final long DEFAULT_TIMEOUT_MILLIS = 20_000;

    private final Configuration configuration;
    private final Options options;
    private final Rules.Context context;
    /** By the id of what is configured, which all instances share; with the node where it has a say. */
    private final Map<String, SequencedMap<String, String>> agentParameters = new HashMap<>();
    /** By the same id. */
    private final Map<String, Boolean> ruled = new HashMap<>();

    public OperationSettings(Configuration configuration, Options options, Rules.Context context) {
        this.configuration = configuration;
        this.options = options;
        this.context = context;
    }

    /** The operation that is configured under this name and interval and not disabled. */
    public static Optional<Operation> configured(Primitive primitive, String name, long intervalMillis) {
        for (Operation operation : primitive.configured.operations()) {
            if (is(operation, name, intervalMillis) && enabled(operation)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    /** Whether something is written of the operation, disabled or not. */
    public static boolean isWritten(Primitive primitive, String name, long intervalMillis) {
        return written(primitive, name, intervalMillis).isPresent();
    }

    private static Optional<Operation> written(Primitive primitive, String name, long intervalMillis) {
        for (Operation operation : primitive.configured.operations()) {
            if (is(operation, name, intervalMillis)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    private static boolean is(Operation operation, String name, long intervalMillis) {
        return operation.intervalMillis() == intervalMillis && operation.name().equals(name);
    }

    public static boolean enabled(Operation operation) {
        return Truth.parse(operation.attributes().getOrDefault("enabled", ""), true)
                && !Truth.parse(operation.attributes().getOrDefault("disabled", ""), false);
    }

    /**
     * Everything that is set for one operation by its own name: the element, its sets, the defaults. That it is disabled keeps it
     * from being asked for, not what was written of it from meaning something for what was asked for before.
     * A probe takes the timeout of the most frequent monitor when it has none of its own.
     */
    public SequencedMap<String, String> meta(Primitive primitive, String name, long intervalMillis) {
        Optional<Operation> operation =
                configured(primitive, name, intervalMillis).or(() -> written(primitive, name, intervalMillis));
        var meta = new LinkedHashMap<String, String>();
        Rules.Context here = context.withAgent(primitive.agent()).withOperation(name, intervalMillis);
        operation.ifPresent(found -> {
            Rules.addValues(found.meta(), here, meta);
            found.attributes().forEach((key, value) -> {
                switch (key) {
                    case "id", "name", "interval" -> {}
                    default -> meta.putIfAbsent(key, value);
                }
            });
        });
        if (name.equals("monitor") && intervalMillis == 0 && !meta.containsKey("timeout")) {
            mostFrequentMonitor(primitive).ifPresent(monitor -> {
                String timeout = monitor.attributes().get("timeout");
                if (timeout == null) {
                    timeout = Rules.values(monitor.meta(), here).get("timeout");
                }
                if (timeout != null) {
                    meta.put("timeout", timeout);
                }
            });
        }
        Rules.addValues(new ArrayList<>(configuration.operationDefaults()), here, meta);
        meta.put("timeout", Long.toString(millis(meta.get("timeout"), DEFAULT_TIMEOUT_MILLIS)));
        if (!makesSense(meta, name, intervalMillis)) {
            meta.remove("on-fail");
        }
        meta.computeIfPresent("start-delay", (_, written) -> Long.toString(TimeSpan.parseMillis(written, 0)));
        return meta;
    }

    /** Stopping is no answer to a stop that failed, and only what is promoted can be demoted; such an answer counts as not given. */
    private static boolean makesSense(Map<String, String> meta, String name, long intervalMillis) {
        return switch (meta.getOrDefault("on-fail", "").toLowerCase(Locale.ROOT)) {
            case "stop" -> !name.equals("stop");
            case "demote" ->
                name.equals("promote")
                        || name.equals("demote")
                        || (name.equals("monitor")
                                && Role.parse(meta.getOrDefault("role", "")) == Role.PROMOTED
                                && intervalMillis > 0);
            default -> true;
        };
    }

    private static long millis(@Nullable String text, long otherwise) {
        long millis = text == null ? otherwise : TimeSpan.parseMillis(text, otherwise);
        return millis <= 0 ? otherwise : millis;
    }

    private static Optional<Operation> mostFrequentMonitor(Primitive primitive) {
        Operation best = null;
        for (Operation operation : primitive.configured.operations()) {
            if (operation.name().equals("monitor")
                    && operation.intervalMillis() > 0
                    && enabled(operation)
                    && (best == null || operation.intervalMillis() < best.intervalMillis())) {
                best = operation;
            }
        }
        return Optional.ofNullable(best);
    }

    /** What a failure of this operation leads to. */
    public OnFail onFail(Primitive primitive, String name, long intervalMillis) {
        var meta = meta(primitive, name, intervalMillis);
        String written = meta.getOrDefault("on-fail", "");
        if (name.equals("demote") && (written.isEmpty() || written.equals("demote"))) {
            // A demote that fails is handled as the promoted role's monitor says.
            for (Operation operation : primitive.configured.operations()) {
                String found = operation.attributes().getOrDefault("on-fail", "");
                if (operation.name().equals("monitor")
                        && operation.intervalMillis() > 0
                        && enabled(operation)
                        && Role.parse(operation.attributes().getOrDefault("role", "")) == Role.PROMOTED
                        && !found.isEmpty()
                        && !found.equals("demote")) {
                    written = found;
                    break;
                }
            }
        }
        OnFail result = parse(written.toLowerCase(Locale.ROOT), primitive, name, intervalMillis);
        if (result == OnFail.FENCE && !options.fencingEnabled()) {
            return name.equals("stop") ? OnFail.BLOCK : OnFail.STOP;
        }
        return result;
    }

    private OnFail parse(String written, Primitive primitive, String name, long intervalMillis) {
        return switch (written) {
            case "block" -> OnFail.BLOCK;
            case "fence" -> OnFail.FENCE;
            case "standby" -> name.equals("stop") ? OnFail.FENCE : OnFail.STANDBY;
            case "ignore", "nothing" -> OnFail.IGNORE;
            case "ban", "migrate" -> OnFail.BAN;
            case "stop" -> OnFail.STOP;
            case "restart" -> name.equals("stop") ? defaultOnFail(primitive, name, intervalMillis) : OnFail.RESTART;
            case "restart-container" -> primitive.container != null ? OnFail.RESTART_CONTAINER : OnFail.RESTART;
            case "demote" -> name.equals("demote") ? defaultOnFail(primitive, name, intervalMillis) : OnFail.DEMOTE;
            default -> defaultOnFail(primitive, name, intervalMillis);
        };
    }

    private OnFail defaultOnFail(Primitive primitive, String name, long intervalMillis) {
        if (primitive.container != null) {
            return OnFail.RESTART_CONTAINER;
        }
        if (name.equals("stop")) {
            return options.fencingEnabled() ? OnFail.FENCE : OnFail.BLOCK;
        }
        if (primitive.isConnection()) {
            // Losing the connection to a remote node is losing the node, unless it never was there.
            boolean probeOrStart = name.equals("start") || (name.equals("monitor") && intervalMillis == 0);
            if (!probeOrStart) {
                return OnFail.RESET_REMOTE;
            }
        }
        return OnFail.RESTART;
    }

    /** Parameters of the agent on a node; on no node in particular when {@code node} is null. Not to be changed. */
    public SequencedMap<String, String> parameters(Primitive primitive, @Nullable ClusterNode node) {
        return agentParameters.computeIfAbsent(whose(primitive, node), _ -> {
            Function<String, @Nullable String> attribute = node == null ? name -> null : node::attribute;
            Rules.Context here = context.withAgent(primitive.agent()).withNode(attribute);
            var parameters = new LinkedHashMap<String, String>();
            Rules.addValues(primitive.configured.parameters(), here, parameters);
            for (Collective above = primitive.parent; above != null; above = above.parent) {
                Rules.addValues(parametersOf(above), here, parameters);
            }
            return parameters;
        });
    }

    /** The same for all who are given the same: instances of a clone, on every node unless a rule asks for it. */
    public String whose(Primitive primitive, @Nullable ClusterNode node) {
        String id = primitive.configured.id();
        return node != null && hasRules(primitive) ? id + "\n" + node.name : id;
    }

    private List<AttributeSet> parametersOf(Collective collective) {
        org.ringfence.model.cib.Resource found = configuration.resources().get(collective.top().id);
        if (found == null) {
            return List.of();
        }
        if (collective instanceof Group
                && found instanceof org.ringfence.model.cib.Resource.Clone clone
                && clone.child() instanceof org.ringfence.model.cib.Resource.Group group) {
            return group.parameters();
        }
        return found.parameters();
    }

    /** Whether the node has a say in the parameters. */
    public boolean hasRules(Primitive primitive) {
        return ruled.computeIfAbsent(primitive.configured.id(), _ -> {
            boolean found = anyRule(primitive.configured.parameters());
            for (Collective above = primitive.parent; above != null; above = above.parent) {
                found |= anyRule(parametersOf(above));
            }
            return found;
        });
    }

    private static boolean anyRule(List<AttributeSet> sets) {
        for (AttributeSet set : sets) {
            if (set.rule().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** What the digest of an operation is taken over: parameters, the operation's own on top, without the cluster's. */
    public SortedMap<String, String> digested(
            Primitive primitive, @Nullable ClusterNode node, String name, long interval) {
        var all = new TreeMap<>(parameters(primitive, node));
        configured(primitive, name, interval)
                .filter(operation -> !operation.parameters().isEmpty())
                .ifPresent(operation -> all.putAll(Rules.values(
                        operation.parameters(),
                        context.withAgent(primitive.agent()).withOperation(name, interval))));
        return all;
    }

    /** Whether parameters are configured for this operation alone. */
    public boolean hasOwnParameters(Primitive primitive, String name, long interval) {
        return configured(primitive, name, interval)
                .filter(operation -> !operation.parameters().isEmpty())
                .isPresent();
    }
}
