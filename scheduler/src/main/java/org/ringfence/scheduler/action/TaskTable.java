package org.ringfence.scheduler.action;

import java.util.ArrayList;
import java.util.List;

/** The actions of one resource, by task and interval. They are few: looking through them is quicker than hashing. */
final class TaskTable {
    private final List<Row> rows = new ArrayList<>();
    /** What waits for a stop of the resource. */
    final List<Actions.AfterStop> afterStop = new ArrayList<>(0);

    /** What is done in the same way on several nodes. */
    private record Row(String task, long interval, List<Action> actions) {}

    /** Those that are there, or none. */
    List<Action> of(String task, long interval) {
        for (int index = 0; index < rows.size(); index++) {
            Row row = rows.get(index);
            if (row.interval == interval && row.task.equals(task)) {
                return row.actions;
            }
        }
        return List.of();
    }

    void add(Action action) {
        List<Action> known = of(action.task, action.intervalMillis);
        if (known.isEmpty()) {
            known = new ArrayList<>(2);
            rows.add(new Row(action.task, action.intervalMillis, known));
        }
        known.add(action);
    }

    /** Those that are repeated. */
    List<Action> repeated() {
        var found = new ArrayList<Action>(2);
        for (Row row : rows) {
            if (row.interval > 0) {
                found.addAll(row.actions);
            }
        }
        return found;
    }

    /** All of them, in the order in which they were made. */
    List<Action> all() {
        var found = new ArrayList<Action>();
        for (Row row : rows) {
            found.addAll(row.actions);
        }
        found.sort((left, right) -> Integer.compare(left.id, right.id));
        return found;
    }
}
