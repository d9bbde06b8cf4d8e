package org.ringfence.scheduler.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;

/**
 * Writes the outcomes of operations into what nodes remember, as they themselves do it: the last operation under
 * {@code _last_0}, each half of a migration and each repeated operation under its own key, a failure under
 * {@code _last_failure_0}. A failure is counted.
 */
final class Recorder {
    /** Of whoever asked for an operation in a simulation. */
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final StatusDraft draft;
    private final FailureCounter failures;
    private final Instant now;

    Recorder(Cib cib, StatusDraft draft, Instant now) {
        this.draft = draft;
        this.failures = new FailureCounter(cib, now);
        this.now = now;
    }

    /**
     * An operation that has ended.
     *
     * @param instance   by which name the node remembers it
     * @param countsAs   by which name its failures are counted
     * @param expected   the exit code that was wanted
     * @param asked      action and transition that asked for it, {@code 5:1}
     * @param attributes as its action in a graph has them; empty for one that no graph asked for
     */
    record Ended(
            String instance,
            String countsAs,
            AgentName agent,
            String operation,
            long intervalMillis,
            int exitCode,
            int expected,
            String asked,
            Map<String, String> attributes) {
        boolean failed() {
            return exitCode != expected;
        }

        boolean isProbe() {
            return operation.equals("monitor") && intervalMillis == 0;
        }

        String key() {
            return instance + "_" + operation + "_" + intervalMillis;
        }
    }

    void record(NodeDraft node, Ended ended) {
        ResourceHistory before = node.history(ended.instance(), ended.agent());
        List<OperationRecord> operations = new ArrayList<>(before.operations());
        // What was under way there has come to an end with this.
        operations.removeIf(operation -> operation.executionStatus() == ExecutionStatus.PENDING);
        if (isLast(ended)) {
            operations.removeIf(Recorder::isOvertaken);
        }
        int call = draft.nextCall();
        for (String id : ids(ended)) {
            operations.removeIf(operation -> operation.id().equals(id));
            operations.add(operation(id, ended, call, before));
        }
        if (ended.operation().equals("stop") && !ended.failed()) {
            operations.removeIf(operation ->
                    !operation.interval().isZero() && !operation.id().endsWith("_last_failure_0"));
        }
        node.remember(new ResourceHistory(ended.instance(), ended.agent(), before.other(), List.copyOf(operations)));
        if (ended.failed() && !ended.isProbe()) {
            failures.count(node, ended);
        }
    }

    /** Of those before the last one, which older releases kept apart by operation, only failures are remembered. */
    private static boolean isOvertaken(OperationRecord operation) {
        boolean well = switch (ExitCode.of(operation.exitCode())) {
            case OK, NOT_RUNNING, PROMOTED -> true;
            default -> false;
        };
        return well
                && operation.interval().isZero()
                && !operation.operation().startsWith("migrate_")
                && !operation.id().endsWith("_last_failure_0");
    }

    private static boolean isLast(Ended ended) {
        return ended.intervalMillis() == 0 && !ended.operation().startsWith("migrate_");
    }

    private static List<String> ids(Ended ended) {
        String last = isLast(ended) ? ended.instance() + "_last_0" : ended.key();
        if (!ended.failed()) {
            return List.of(last);
        }
        String failure = ended.instance() + "_last_failure_0";
        // A repeated operation goes on under its key as it was; that it failed stands apart.
        return ended.intervalMillis() > 0 ? List.of(failure) : List.of(last, failure);
    }

    private OperationRecord operation(String id, Ended ended, int call, ResourceHistory before) {
        return new OperationRecord(
                id,
                ended.key(),
                ended.operation(),
                Duration.ofMillis(ended.intervalMillis()),
                call,
                ended.exitCode(),
                ended.failed() ? ExecutionStatus.ERROR : ExecutionStatus.DONE,
                now,
                Duration.ZERO,
                ended.asked() + ":" + ended.expected() + ":" + NOBODY,
                "",
                node(ended, "CRM_meta_migrate_source"),
                node(ended, "CRM_meta_migrate_target"),
                Digests.of(ended.attributes(), ended.intervalMillis(), before),
                new LinkedHashMap<>());
    }

    private static Optional<NodeId> node(Ended ended, String name) {
        return Optional.ofNullable(ended.attributes().get(name)).map(NodeId::new);
    }

    /** A reload leaves everything as it is, but with the parameters of now. */
    void reloaded(NodeDraft node, String instance, Map<String, String> attributes) {
        ResourceHistory before = node.known(instance);
        if (before == null) {
            return;
        }
        List<OperationRecord> operations = before.operations().stream()
                .map(operation -> operation.interval().isZero()
                        ? operation.withDigests(Digests.of(attributes, 0, before))
                        : operation)
                .toList();
        node.remember(new ResourceHistory(instance, before.agent(), before.other(), operations));
    }

    /** A repeated operation is not repeated any more. */
    void cancelled(NodeDraft node, String instance, String operation, long intervalMillis) {
        ResourceHistory before = node.known(instance);
        if (before == null) {
            return;
        }
        List<OperationRecord> operations = before.operations().stream()
                .filter(known -> !known.operation().equals(operation)
                        || known.interval().toMillis() != intervalMillis
                        || known.id().endsWith("_last_failure_0"))
                .toList();
        node.remember(new ResourceHistory(instance, before.agent(), before.other(), operations));
    }

    /** Failures on the node are forgotten, and the last of them with them. */
    void forgiven(NodeDraft node, String instance, String countedAs) {
        FailureCounter.clear(node, instance);
        FailureCounter.clear(node, countedAs);
        ResourceHistory before = node.known(instance);
        if (before != null) {
            List<OperationRecord> operations = before.operations().stream()
                    .filter(operation -> !operation.id().endsWith("_last_failure_0"))
                    .toList();
            node.remember(new ResourceHistory(instance, before.agent(), before.other(), operations));
        }
    }
}
