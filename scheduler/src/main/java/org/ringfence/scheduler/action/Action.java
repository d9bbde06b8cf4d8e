package org.ringfence.scheduler.action;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.resource.Resource;

/**
 * One thing that could be done. Actions that are not needed now exist too, marked optional: an ordering may yet make them
 * necessary, as when what a resource depends on restarts.
 */
public final class Action {
    /** In the order in which actions were thought of. */
    public final int id;

    /** Among those of the transition, from 1; once that is decided. */
    public int number;

    public final String task;
    public final long intervalMillis;
    public final @Nullable Resource resource;
    public final @Nullable ClusterNode node;
    public String key;

    public boolean optional;
    public boolean runnable = true;
    /** Nothing is carried out; a point in the order, or something that has come about by other means. */
    public boolean pseudo;

    /** A stop of what has moved alive: nothing is interrupted by it. */
    public boolean endsMigration;

    /** Why it is necessary, where that is its own affair; and the action that made it necessary, where another did. */
    public Cause cause = Cause.NONE;

    public @Nullable Action requiredBy;

    /** Why it cannot be done, where that is its own affair; and the action that it needs and that cannot be done. */
    public Cause hindrance = Cause.NONE;

    public @Nullable Action refusedBy;

    /** Whether it is part of the transition, once that is decided. */
    public boolean inGraph;
    /** Take part in orderings even though nobody needs them otherwise. */
    public boolean alwaysShown;

    /** For {@code cancel}: the repeated operation that ends. */
    public String cancelled = "";

    /** What the graph calls it; the task, unless several tasks are one operation. */
    public String operation;

    /** More attributes for whoever carries it out. */
    public final Map<String, String> attributes = new LinkedHashMap<>(4);

    public int priority;

    /** What comes before it, and what after. */
    public final List<Ordering> before = new ArrayList<>();

    public final List<Ordering> after = new ArrayList<>();

    /** How many alternatives must have been able to run, for a point that waits for any of several; 0 for others. */
    public int wantsAnyOf;

    boolean queued;

    /** The last search along orderings that came by here. */
    int reachedBy;

    Action(
            int id,
            String key,
            String task,
            long intervalMillis,
            @Nullable Resource resource,
            @Nullable ClusterNode node) {
        this.id = id;
        this.key = key;
        this.task = task;
        this.operation = task;
        this.intervalMillis = intervalMillis;
        this.resource = resource;
        this.node = node;
    }

    public boolean is(String wanted) {
        return task.equals(wanted);
    }

    public boolean isRequired() {
        return !optional;
    }

    @Override
    public String toString() {
        return key
                + (node == null ? "" : " on " + node)
                + (optional ? " (optional)" : "")
                + (runnable ? "" : " (unrunnable)");
    }
}
