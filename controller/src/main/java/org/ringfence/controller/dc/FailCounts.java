package org.ringfence.controller.dc;

import java.util.Optional;
import org.ringfence.controller.Outcomes;
import org.ringfence.controller.Turn;
import org.ringfence.controller.Words;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.message.Message;
import org.ringfence.model.NodeId;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.value.Truth;

/**
 * Counts failures as node attributes, {@code fail-count-RESOURCE#OPERATION_INTERVAL} with {@code last-failure-...} beside it
 * (Pacemaker Explained, "Failure Counts"). A failed stop counts as infinitely many, a failed start too unless
 * {@code start-failure-is-fatal} is false.
 */
final class FailCounts {
    private static final String INFINITY = "INFINITY";

    private FailCounts() {}

    static void note(Turn turn, DcDraft dc, NodeId node, Message.Result result) {
        OperationRecord operation = result.operation();
        boolean counts = Outcomes.failed(operation)
                && !Outcomes.isProbe(operation)
                && operation.executionStatus() != ExecutionStatus.CANCELLED
                && operation.executionStatus() != ExecutionStatus.PENDING;
        if (!counts) {
            return;
        }
        turn.tell(
                Kind.RESOURCE_FAILED,
                result.resource(),
                operation.operation() + " on " + node + ": " + Words.outcome(operation));
        String suffix = suffix(result.resource(), operation);
        Fact.Key count = attribute(node, "fail-count-" + suffix);
        String before =
                turn.facts().value(count.kind(), count.node(), count.name()).orElse("0");
        boolean infinite = before.equals(INFINITY)
                || operation.operation().equals("stop")
                || (operation.operation().equals("start") && startFailureIsFatal(dc));
        String value = infinite ? INFINITY : Integer.toString(number(before) + 1);
        Decision.fact(turn, dc, count, Optional.of(value));
        Decision.fact(
                turn,
                dc,
                attribute(node, "last-failure-" + suffix),
                Optional.of(Long.toString(turn.now().getEpochSecond())));
    }

    /** Whether failures of a resource are counted on a node. */
    static boolean counts(Turn turn, NodeId node, String resource) {
        String prefix = "fail-count-" + anonymous(resource) + "#";
        return turn.facts().of(Fact.Kind.ATTRIBUTE, node.name()).keySet().stream()
                .anyMatch(name -> name.startsWith(prefix));
    }

    /** Forgets the failures of a resource on a node. */
    static void clear(Turn turn, DcDraft dc, NodeId node, String resource) {
        String name = anonymous(resource);
        for (String attribute :
                turn.facts().of(Fact.Kind.ATTRIBUTE, node.name()).keySet()) {
            boolean ofResource = attribute.startsWith("fail-count-" + name + "#")
                    || attribute.startsWith("last-failure-" + name + "#")
                    || attribute.equals("fail-count-" + name)
                    || attribute.equals("last-failure-" + name);
            if (ofResource) {
                Decision.fact(turn, dc, attribute(node, attribute), Optional.empty());
            }
        }
    }

    private static Fact.Key attribute(NodeId node, String name) {
        return new Fact.Key(Fact.Kind.ATTRIBUTE, node.name(), name);
    }

    private static String suffix(String resource, OperationRecord operation) {
        return anonymous(resource) + "#" + operation.operation() + "_"
                + operation.interval().toMillis();
    }

    /** Instances of a clone count together. */
    private static String anonymous(String resource) {
        int colon = resource.indexOf(':');
        return colon < 0 ? resource : resource.substring(0, colon);
    }

    private static boolean startFailureIsFatal(DcDraft dc) {
        return dc.cib
                .flatMap(cib -> cib.property("start-failure-is-fatal"))
                .flatMap(Truth::parse)
                .orElse(true);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
