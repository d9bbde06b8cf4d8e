package org.ringfence.scheduler.foresee;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.scheduler.Observer;
import org.ringfence.scheduler.change.Decided;

/**
 * A cluster at one moment: what was decided, and where everything is active by the status. From here the next moment is found by looking at
 * what is different. Immutable, so many threads may go on from one.
 */
public final class Standpoint {
    private final Cib cib;
    private final Decided decided;
    private final SortedMap<String, SortedSet<String>> active;

    private Standpoint(Cib cib, Decided decided, SortedMap<String, SortedSet<String>> active) {
        this.cib = cib;
        this.decided = decided;
        this.active = Collections.unmodifiableSortedMap(active);
    }

    public static Standpoint of(Cib cib, Instant now) {
        return of(cib, now, Observer.NONE);
    }

    /** The same, with somebody who looks on. */
    public static Standpoint of(Cib cib, Instant now, Observer observer) {
        var places = new Places();
        Decided decided = Decided.first(cib, now, places.and(observer));
        return new Standpoint(cib, decided, places.active());
    }

    /** What {@link #of} would find there, sooner where little is different. */
    public Standpoint next(Cib changed, Instant now) {
        var places = new Places();
        Decided next = decided.next(changed, now, places);
        if (next.isWhole()) {
            return new Standpoint(changed, next, places.active());
        }
        SortedMap<String, SortedSet<String>> all = new TreeMap<>(active);
        all.putAll(places.active());
        return new Standpoint(changed, next, all);
    }

    Cib cib() {
        return cib;
    }

    TransitionGraph graph() {
        return decided.schedule().graph();
    }

    /** By primitive, the nodes where it is active; none for one that is nowhere. */
    SortedMap<String, SortedSet<String>> active() {
        return active;
    }
}
