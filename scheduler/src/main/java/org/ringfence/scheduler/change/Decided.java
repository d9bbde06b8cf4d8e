package org.ringfence.scheduler.change;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.status.Status;
import org.ringfence.model.xml.Element;
import org.ringfence.scheduler.Observer;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.scheduler.Scheduler.Schedule;

/** A question and its answer, with what makes the next answer quicker to find. Immutable. */
public final class Decided {
    private final Cib cib;
    private final Schedule schedule;
    /** Empty when this configuration is always decided as a whole. */
    private final Optional<Parts> parts;
    /** What was seen, of all parts; null when the next decision has to be about everything again. */
    private final @Nullable Watch seen;

    /** What nodes were given; null when the next decision has to be about everything again. */
    private final @Nullable Turns turns;

    private final int partsDecided;

    private Decided(
            Cib cib,
            Schedule schedule,
            Optional<Parts> parts,
            @Nullable Watch seen,
            @Nullable Turns turns,
            int partsDecided) {
        this.cib = cib;
        this.schedule = schedule;
        this.parts = parts;
        this.seen = seen;
        this.turns = turns;
        this.partsDecided = partsDecided;
    }

    public static Decided first(Cib cib, Instant now) {
        return first(cib, now, Observer.NONE);
    }

    /** The same, with somebody who looks on. */
    public static Decided first(Cib cib, Instant now, Observer observer) {
        return decideAll(cib, now, Parts.of(cib), observer);
    }

    public Schedule schedule() {
        return schedule;
    }

    /** How many parts were looked at for it; 0 when the configuration has none. */
    public int partsDecided() {
        return partsDecided;
    }

    /** Whether everything was looked at for it. */
    public boolean isWhole() {
        return parts.isEmpty() || partsDecided == parts.get().count();
    }

    /** The answer to the next question; the same that {@link #first} gives. */
    public Decided next(Cib changed, Instant now) {
        return next(changed, now, Observer.NONE);
    }

    /**
     * The same, with somebody who looks on. It is shown what is looked at and nothing of the rest, which is as it was; where that turns
     * out to be too little it is shown more, and what it is shown last is what counts.
     */
    public Decided next(Cib changed, Instant now, Observer observer) {
        if (!isSameConfiguration(changed)) {
            return first(changed, now, observer);
        }
        return repeat(changed, now, observer).orElseGet(() -> decideAll(changed, now, parts, observer));
    }

    /** Also where a cluster option was set once more in the same configuration. */
    @SuppressWarnings("ReferenceEquality") // comparing what is in it would take longer than deciding
    private boolean isSameConfiguration(Cib changed) {
        if (changed.configuration() == cib.configuration()) {
            return true;
        }
        List<Element> now = changed.configurationElement().children();
        List<Element> then = cib.configurationElement().children();
        boolean same = now.size() == then.size();
        for (int index = 0; same && index < now.size(); index++) {
            Element section = now.get(index);
            same = section == then.get(index)
                    || (section.name().equals("crm_config") && section.equals(then.get(index)));
        }
        return same;
    }

    private static Decided decideAll(Cib cib, Instant now, Optional<Parts> parts, Observer observer) {
        if (parts.isEmpty()) {
            return new Decided(cib, Scheduler.schedule(cib, now, observer), parts, null, null, 0);
        }
        var watch = new Watch(parts.get());
        Schedule schedule = Scheduler.schedule(cib, now, watch.and(observer), watch);
        watch.failures(cib.status());
        boolean again = watch.whole() || schedule.isStuck();
        return new Decided(
                cib,
                schedule,
                parts,
                again ? null : watch,
                again ? null : watch.turns(),
                parts.get().count());
    }

    /** Empty when everything has to be decided. */
    private Optional<Decided> repeat(Cib changed, Instant now, Observer observer) {
        boolean sameCluster =
                changed.document().attributes().equals(cib.document().attributes());
        if (seen == null || turns == null || parts.isEmpty() || !sameCluster) {
            return Optional.empty();
        }
        Parts divided = parts.get();
        Optional<BitSet> changes = Difference.between(cib.status(), changed.status(), divided);
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        BitSet touched = changes.get();
        touched.or(divided.always());
        touched.or(seen.restless());
        while (touched.cardinality() <= divided.count() / 2) {
            Status status = Difference.only(changed.status(), divided.primitives(touched));
            var watch = new Watch(divided, touched, turns);
            Schedule part = Scheduler.schedule(
                    changed.withMeaning(divided.only(touched), status), now, watch.and(observer), watch);
            watch.failures(changed.status());
            if (watch.whole() || part.isStuck()) {
                return Optional.empty();
            }
            Turns given = watch.turns();
            BitSet concerned = watch.concerned(given, seen);
            if (concerned.isEmpty()) {
                watch.complete(seen);
                // What is wrong with the configuration is as wrong as it was.
                var complete = new Schedule(part.graph(), schedule.problems());
                return Optional.of(new Decided(changed, complete, parts, watch, given, touched.cardinality()));
            }
            touched.or(concerned);
        }
        return Optional.empty();
    }
}
