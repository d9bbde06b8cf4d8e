package org.ringfence.scheduler.rule;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.AgentName;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Condition;
import org.ringfence.model.cib.Rule;
import org.ringfence.model.value.TimeSpan;

/** Evaluates rules (Pacemaker Explained, "Rules"). */
public final class Rules {
    /** A value that asks for whatever holds when nothing is set. */
    private static final String DEFAULT = "#default";

    private Rules() {}

    /**
     * What a rule may ask about.
     *
     * @param nodeAttribute the node's attribute of a name, null when it has none; null itself when there is no node
     * @param parameters    the resource's parameters, for {@code value-source="param"}
     * @param meta          the resource's meta attributes, for {@code value-source="meta"}
     * @param groups        what a pattern matched in a resource's name, for {@code %1} in an attribute's name
     */
    public record Context(
            Instant now,
            @Nullable Function<String, @Nullable String> nodeAttribute,
            Map<String, String> parameters,
            Map<String, String> meta,
            Optional<AgentName> agent,
            Optional<OperationName> operation,
            List<String> groups) {
        public static Context at(Instant now) {
            return new Context(
                    now,
                    null,
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
        }

        public Context withNode(Function<String, @Nullable String> attribute) {
            return new Context(now, attribute, parameters, meta, agent, operation, groups);
        }

        public Context withAgent(AgentName name) {
            return new Context(now, nodeAttribute, parameters, meta, Optional.of(name), operation, groups);
        }

        public Context withOperation(String name, long intervalMillis) {
            return new Context(
                    now,
                    nodeAttribute,
                    parameters,
                    meta,
                    agent,
                    Optional.of(new OperationName(name, intervalMillis)),
                    groups);
        }
    }

    /** The operation that defaults are taken for. */
    public record OperationName(String name, long intervalMillis) {}

    public static boolean holds(Rule rule, Context context) {
        if (rule.conditions().isEmpty()) {
            return true;
        }
        for (Condition condition : rule.conditions()) {
            if (holds(condition, context) == rule.any()) {
                return rule.any();
            }
        }
        return !rule.any();
    }

    private static boolean holds(Condition condition, Context context) {
        return switch (condition) {
            case Rule rule -> holds(rule, context);
            case Rule.AttributeCondition attribute -> holds(attribute, context);
            case Rule.DateCondition date -> holds(date, context.now());
            case Rule.ResourceCondition resource ->
                context.agent()
                        .filter(agent -> agrees(resource.standard(), agent.standard())
                                && agrees(resource.provider(), agent.provider())
                                && agrees(resource.type(), agent.type()))
                        .isPresent();
            case Rule.OperationCondition wanted ->
                context.operation()
                        .filter(operation -> wanted.name().equals(operation.name())
                                && (wanted.interval().isEmpty()
                                        || TimeSpan.parseMillis(
                                                        wanted.interval().get(), -1)
                                                == operation.intervalMillis()))
                        .isPresent();
            case Rule.UnknownCondition _ -> false;
        };
    }

    private static boolean agrees(Optional<String> wanted, String found) {
        return wanted.isEmpty() || wanted.get().equals(found);
    }

    private static boolean holds(Rule.DateCondition date, Instant now) {
        Optional<Instant> start = date.start().flatMap(ClusterTime::parse);
        Optional<Instant> end = date.end().flatMap(ClusterTime::parse);
        return switch (date.operation()) {
            case "gt" -> start.isPresent() && now.isAfter(start.get());
            case "lt" -> end.isPresent() && now.isBefore(end.get());
            case "date_spec" -> ClusterTime.matches(now, date.specification());
            case "in_range" -> {
                if (end.isEmpty() && start.isPresent() && !date.duration().isEmpty()) {
                    end = Optional.of(ClusterTime.plus(start.get(), date.duration()));
                }
                yield (start.isPresent() || end.isPresent())
                        && (start.isEmpty() || !now.isBefore(start.get()))
                        && (end.isEmpty() || !now.isAfter(end.get()));
            }
            default -> false;
        };
    }

    private static boolean holds(Rule.AttributeCondition condition, Context context) {
        Function<String, @Nullable String> attribute = context.nodeAttribute();
        if (attribute == null) {
            return false;
        }
        String name = condition.attribute();
        for (int group = 0; group < context.groups().size() && name.indexOf('%') >= 0; group++) {
            name = name.replace("%" + group, context.groups().get(group));
        }
        String left = attribute.apply(name);
        String right = switch (condition.valueSource()) {
            case "param" -> context.parameters().get(condition.value());
            case "meta" -> context.meta().get(condition.value());
            default -> condition.value();
        };
        return switch (condition.operation()) {
            case "defined" -> left != null;
            case "not_defined" -> left == null;
            case "eq" -> compare(left, right, condition.type()) == 0;
            case "ne" -> compare(left, right, condition.type()) != 0;
            case "lt" -> ordered(left, right) && compare(left, right, condition.type()) < 0;
            case "gt" -> ordered(left, right) && compare(left, right, condition.type()) > 0;
            case "lte" -> ordered(left, right) && compare(left, right, condition.type()) <= 0;
            case "gte" -> ordered(left, right) && compare(left, right, condition.type()) >= 0;
            default -> false;
        };
    }

    private static boolean ordered(@Nullable String left, @Nullable String right) {
        return left != null && right != null;
    }

    /** Without a type, integers are compared as such when both sides look like numbers, text otherwise. */
    private static int compare(@Nullable String left, @Nullable String right, String type) {
        if (left == null || right == null) {
            return left == null ? (right == null ? 0 : -1) : 1;
        }
        return switch (type) {
            case "integer" -> {
                Optional<Long> a = integer(left);
                Optional<Long> b = integer(right);
                yield a.isPresent() && b.isPresent() ? a.get().compareTo(b.get()) : text(left, right);
            }
            case "number" -> {
                Optional<Double> a = number(left);
                Optional<Double> b = number(right);
                yield a.isPresent() && b.isPresent() ? a.get().compareTo(b.get()) : text(left, right);
            }
            case "version" -> version(left, right);
            case "string" -> text(left, right);
            default -> {
                boolean fraction = left.indexOf('.') >= 0 || right.indexOf('.') >= 0;
                yield compareUntyped(left, right, fraction);
            }
        };
    }

    private static int compareUntyped(String left, String right, boolean fraction) {
        Optional<Double> a = fraction ? number(left) : integer(left).map(Long::doubleValue);
        Optional<Double> b = fraction ? number(right) : integer(right).map(Long::doubleValue);
        return a.isPresent() && b.isPresent() ? a.get().compareTo(b.get()) : text(left, right);
    }

    private static int text(String left, String right) {
        return left.compareToIgnoreCase(right);
    }

    private static final Pattern NUMBER = Pattern.compile("\\s*([-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?).*");
    private static final Pattern INTEGER = Pattern.compile("\\s*([-+]?\\d{1,18}).*");

    private static Optional<Double> number(String text) {
        var matcher = NUMBER.matcher(text);
        return matcher.matches() ? Optional.of(Double.valueOf(matcher.group(1))) : Optional.empty();
    }

    private static Optional<Long> integer(String text) {
        return switch (text) {
            case "INFINITY", "+INFINITY" -> Optional.of(1_000_000L);
            case "-INFINITY" -> Optional.of(-1_000_000L);
            default -> {
                var matcher = INTEGER.matcher(text);
                yield matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
            }
        };
    }

    private static int version(String left, String right) {
        String[] a = left.split("\\.");
        String[] b = right.split("\\.");
        for (int part = 0; part < Math.max(a.length, b.length); part++) {
            long x = part < a.length ? integer(a[part]).orElse(0L) : 0;
            long y = part < b.length ? integer(b[part]).orElse(0L) : 0;
            if (x != y) {
                return Long.compare(x, y);
            }
        }
        return 0;
    }

    /** What the sets that hold come to, the most important deciding first. */
    public static SequencedMap<String, String> values(Collection<AttributeSet> sets, Context context) {
        var values = new LinkedHashMap<String, String>();
        addValues(sets, context, values);
        return values;
    }

    /** Adds what the sets say about names that {@code values} does not have yet. */
    public static void addValues(Collection<AttributeSet> sets, Context context, Map<String, String> values) {
        for (AttributeSet set : AttributeSet.byImportance(sets)) {
            if (set.rule().isEmpty() || holds(set.rule().get(), context)) {
                set.values().forEach((name, value) -> {
                    if (!value.equals(DEFAULT)) {
                        values.putIfAbsent(name, value);
                    }
                });
            }
        }
    }
}
