package org.ringfence.controller.resources;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.ringfence.controller.resources.LocalResource.Pending;
import org.ringfence.model.status.OperationRecord;

/**
 * How a node remembers outcomes: the last operation under {@code _last_0}, each repeated monitor under its own key, and
 * the last failure besides, under {@code _last_failure_0}, until a stop or a start has made it history.
 */
public final class History {
    private History() {}

    /** The history without its last failure. */
    public static SequencedMap<String, OperationRecord> withoutFailure(
            String resource, SequencedMap<String, OperationRecord> history) {
        var changed = new LinkedHashMap<>(history);
        changed.remove(resource + "_last_failure_0");
        return changed;
    }

    static SequencedMap<String, OperationRecord> with(
            String resource, SequencedMap<String, OperationRecord> history, OperationRecord record, Pending pending) {
        return with(resource, history, record, Outcome.failed(record, pending));
    }

    /**
     * The history after {@code record}. A notification says nothing of what the resource is, and leaves no trace: in the place of the
     * last operation it would hide whether the resource was started. A reload leaves everything as it was, but with the parameters of
     * now.
     *
     * @param failed whether the outcome is not what was expected
     */
    public static SequencedMap<String, OperationRecord> with(
            String resource, SequencedMap<String, OperationRecord> history, OperationRecord record, boolean failed) {
        var changed = new LinkedHashMap<>(history);
        if (record.operation().equals("notify")) {
            return changed;
        }
        if (record.operation().equals("reload-agent") && !failed) {
            changed.computeIfPresent(resource + "_last_0", (id, last) -> last.withDigests(record.digests()));
            return changed;
        }
        changed.remove(record.id());
        changed.put(record.id(), record);
        if (failed) {
            OperationRecord failure = Outcome.asLastFailure(resource, record);
            changed.remove(failure.id());
            changed.put(failure.id(), failure);
        }
        if (record.operation().equals("stop") && !failed) {
            changed.values()
                    .removeIf(other -> !other.interval().isZero() && !other.id().endsWith("_last_failure_0"));
        }
        return changed;
    }
}
