package org.ringfence.scheduler.foresee;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.status.ExitCode;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.status.Status;

/** A status from which failures have been taken, as a clean-up does: what is failed now is looked at anew, what has recovered goes on. */
public final class Forgetting {
    private static final String LAST_FAILURE = "_last_failure_0";

    private Forgetting() {}

    /**
     * What was taken.
     *
     * @param forgotten {@code db on n1}, in the order of the status
     */
    public record Forgotten(Cib cib, List<String> forgotten) {
        public Forgotten {
            forgotten = List.copyOf(forgotten);
        }
    }

    /**
     * @param resources by the name in the configuration, without an instance's number
     * @param nodes     by name
     */
    public static Forgotten of(Cib cib, Predicate<String> resources, Predicate<String> nodes) {
        SequencedMap<String, NodeState> states = new LinkedHashMap<>();
        List<String> forgotten = new ArrayList<>();
        cib.status().nodes().forEach((id, state) -> {
            String name = state.uname().isEmpty() ? id : state.uname();
            states.put(id, nodes.test(name) ? forget(state, name, resources, forgotten) : state);
        });
        return new Forgotten(cib.withStatus(new Status(states, cib.status().tickets())), forgotten);
    }

    private static NodeState forget(NodeState state, String node, Predicate<String> resources, List<String> forgotten) {
        SequencedMap<String, String> attributes = new LinkedHashMap<>();
        SequencedMap<String, ResourceHistory> history = new LinkedHashMap<>();
        List<String> counted = new ArrayList<>();
        state.attributes().forEach((name, value) -> {
            String resource = counts(name);
            if (resource.isEmpty() || !resources.test(base(resource))) {
                attributes.put(name, value);
            } else {
                counted.add(base(resource));
            }
        });
        state.history().forEach((name, known) -> {
            boolean failed = known.operations().stream().anyMatch(operation -> isFailure(operation));
            if (!resources.test(base(name)) || (!failed && !counted.contains(base(name)))) {
                history.put(name, known);
                return;
            }
            forgotten.add(name + " on " + node);
            if (known.operations().stream().noneMatch(Forgetting::failedNow)) {
                history.put(name, withoutFailure(known));
            }
        });
        counted.stream()
                .distinct()
                .filter(name -> state.history().keySet().stream()
                        .noneMatch(known -> base(known).equals(name)))
                .forEach(name -> forgotten.add(name + " on " + node));
        return new NodeState(state.id(), state.uname(), state.membership(), attributes, history, state.other());
    }

    /** The resource whose failures an attribute counts or dates; empty for other attributes. */
    private static String counts(String attribute) {
        for (String prefix : List.of("fail-count-", "last-failure-")) {
            if (attribute.startsWith(prefix)) {
                String rest = attribute.substring(prefix.length());
                int hash = rest.indexOf('#');
                return hash < 0 ? rest : rest.substring(0, hash);
            }
        }
        return "";
    }

    private static String base(String instance) {
        int colon = instance.indexOf(':');
        return colon < 0 ? instance : instance.substring(0, colon);
    }

    private static ResourceHistory withoutFailure(ResourceHistory known) {
        return new ResourceHistory(
                known.resource(),
                known.agent(),
                known.other(),
                known.operations().stream()
                        .filter(operation -> !operation.id().endsWith(LAST_FAILURE))
                        .toList());
    }

    private static boolean isFailure(OperationRecord operation) {
        return operation.id().endsWith(LAST_FAILURE) || failedNow(operation);
    }

    private static boolean failedNow(OperationRecord operation) {
        if (operation.id().endsWith(LAST_FAILURE)) {
            return false;
        }
        boolean probe =
                operation.operation().equals("monitor") && operation.interval().isZero();
        return switch (operation.executionStatus()) {
            case PENDING, CANCELLED -> false;
            case DONE -> !isWell(ExitCode.of(operation.exitCode()), operation, probe);
            default -> true;
        };
    }

    private static boolean isWell(ExitCode code, OperationRecord operation, boolean probe) {
        return switch (code) {
            case OK -> true;
            case PROMOTED -> operation.operation().equals("monitor");
            case NOT_RUNNING -> probe || operation.operation().equals("stop");
            default -> false;
        };
    }
}
