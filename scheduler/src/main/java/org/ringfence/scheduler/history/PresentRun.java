package org.ringfence.scheduler.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.value.Score;

/**
 * Which of a node's records are about what goes on now: those since the resource last came up there. Where that is not recorded
 * any more, a later change of role tells, or else the first monitor that found it running. What was repeated before ended then.
 */
public final class PresentRun {
    private static final Comparator<OperationRecord> BY_AGE = Comparator.comparingInt(OperationRecord::callId)
            .thenComparing(OperationRecord::lastChange)
            .thenComparing(operation -> operation.id().contains("_last_failure_"));

    private PresentRun() {}

    /** All that is recorded, as it came about. What has no call yet comes last, but for what a later transition did after it. */
    static List<OperationRecord> sorted(ResourceHistory history) {
        if (isSorted(history.operations())) {
            return history.operations();
        }
        var sorted = new ArrayList<OperationRecord>(history.operations());
        sorted.removeIf(operation -> operation.callId() < 0);
        sorted.sort(BY_AGE);
        for (OperationRecord pending : history.operations()) {
            if (pending.callId() < 0) {
                int place = 0;
                while (place < sorted.size() && !isOlder(pending, sorted.get(place))) {
                    place++;
                }
                sorted.add(place, pending);
            }
        }
        return sorted;
    }

    /** Whether they stand as they came about, with nothing under way: the usual case. */
    private static boolean isSorted(List<OperationRecord> operations) {
        OperationRecord before = null;
        for (OperationRecord operation : operations) {
            if (operation.callId() < 0
                    || (before != null
                            && before.callId() >= operation.callId()
                            && BY_AGE.compare(before, operation) > 0)) {
                return operations.size() == 1;
            }
            before = operation;
        }
        return true;
    }

    /** Whether one controller asked for it in an earlier transition than for the other. */
    private static boolean isOlder(OperationRecord pending, OperationRecord other) {
        String[] left = pending.transitionKey().split(":", 4);
        String[] right = other.transitionKey().split(":", 4);
        if (left.length < 4 || right.length < 4 || !left[3].equals(right[3]) || left[1].equals(right[1])) {
            return false;
        }
        int asked = Score.parse(left[1], -1);
        int done = Score.parse(right[1], -1);
        // What belongs to no transition is a shutdown's.
        return done < 0 || (asked >= 0 && asked < done);
    }

    /** The records of the present run, as they came about. */
    public static List<OperationRecord> of(ResourceHistory history) {
        List<OperationRecord> all = sorted(history);
        int stopped = -1;
        int started = -1;
        int changed = -1;
        int found = -1;
        for (int index = 0; index < all.size(); index++) {
            OperationRecord operation = all.get(index);
            switch (operation.operation()) {
                case "stop" -> stopped = operation.executionStatus() == ExecutionStatus.DONE ? index : stopped;
                case "start", "migrate_from" -> started = index;
                case "promote", "demote" -> changed = index;
                case "monitor" -> {
                    boolean running = operation.exitCode() == 0 || operation.exitCode() == 8;
                    found = running && found <= stopped ? index : found;
                }
                default -> {}
            }
        }
        int first = started >= 0 ? started : changed >= 0 ? changed : found;
        return all.subList(first < stopped ? stopped + 1 : Math.max(first, 0), all.size());
    }
}
