package org.ringfence.scheduler.foresee;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.foresee.Change.Weight;

/**
 * Finds the smallest changes after which something runs. Each idea is tried alone: made on the CIB, scheduled, carried out. When none is enough,
 * they are heaped up, lightest first, also those that come to light on the way, until the heap is enough; then each that it can do without is taken
 * away again.
 */
final class Remedies {
    private static final int SHOWN = 5;
    /** How often new ideas come to light, at most. */
    private static final int DEPTH = 6;
    /** Tries in all: on a large cluster each takes a while. */
    private static final int TRIES = 120;

    private final Cib cib;
    private final Instant now;
    private final Predicate<Outlook> wanted;
    private final Inquiry inquiry;
    private final Outlook asItIs;
    private int tries;

    /** Finds out what might help a CIB as it is by then. */
    @FunctionalInterface
    interface Inquiry {
        Collection<Change> ideas(Cib cib);
    }

    Remedies(Cib cib, Instant now, Outlook asItIs, Predicate<Outlook> wanted, Inquiry inquiry) {
        this.cib = cib;
        this.now = now;
        this.asItIs = asItIs;
        this.wanted = wanted;
        this.inquiry = inquiry;
    }

    /** @param primitives whose places the effect names; lightest first, and none that stops something before one that does not */
    List<Remedy> find(SortedSet<String> primitives) {
        Collection<Change> ideas = inquiry.ideas(cib);
        List<Remedy> found = new ArrayList<>();
        for (Change idea : ideas) {
            outlook(List.of(idea)).filter(wanted).ifPresent(then -> found.add(remedy(List.of(idea), then, primitives)));
        }
        if (found.isEmpty()) {
            heap(ideas)
                    .ifPresent(changes -> outlook(changes)
                            .filter(wanted)
                            .ifPresent(then -> found.add(remedy(changes, then, primitives))));
        }
        found.sort(Comparator.comparing((Remedy remedy) -> !remedy.stops().isEmpty())
                .thenComparing(remedy -> remedy.changes().getLast().weight()));
        return found.stream().limit(SHOWN).toList();
    }

    private Remedy remedy(List<Change> changes, Outlook then, SortedSet<String> primitives) {
        List<String> effects = primitives.stream()
                .map(primitive -> primitive + " runs on " + String.join(" and ", then.places(primitive)))
                .toList();
        return new Remedy(changes, String.join(", ", effects), List.copyOf(asItIs.missingIn(then)));
    }

    private Optional<List<Change>> heap(Collection<Change> first) {
        SequencedSet<Change> heap = new LinkedHashSet<>();
        Collection<Change> ideas = first;
        for (int depth = 0; depth < DEPTH && !ideas.isEmpty(); depth++) {
            for (Weight weight : Weight.values()) {
                List<Change> fresh = ideas.stream()
                        .filter(idea -> idea.weight() == weight && !heap.contains(idea))
                        .toList();
                if (fresh.isEmpty()) {
                    continue;
                }
                heap.addAll(fresh);
                if (outlook(List.copyOf(heap)).filter(wanted).isPresent()) {
                    return Optional.of(needed(List.copyOf(heap)));
                }
            }
            Optional<Cib> changed = apply(List.copyOf(heap));
            ideas = changed.map(inquiry::ideas).orElse(List.of()).stream()
                    .filter(idea -> !heap.contains(idea))
                    .toList();
        }
        return Optional.empty();
    }

    /** Without those that it can do without, the heaviest first. */
    private List<Change> needed(List<Change> enough) {
        List<Change> kept = new ArrayList<>(enough);
        for (Change change : enough.reversed()) {
            List<Change> fewer =
                    kept.stream().filter(one -> !one.equals(change)).toList();
            if (outlook(fewer).filter(wanted).isPresent()) {
                kept.remove(change);
            }
        }
        return kept;
    }

    private Optional<Outlook> outlook(List<Change> changes) {
        if (++tries > TRIES) {
            return Optional.empty();
        }
        return apply(changes).map(changed -> Outlook.of(changed, now));
    }

    /** Empty when one of them is about what is not there. */
    private Optional<Cib> apply(List<Change> changes) {
        Cib changed = cib;
        for (Change change : changes) {
            try {
                changed = change.edit().apply(changed, now);
            } catch (UnusableInputException _) {
                return Optional.empty();
            }
        }
        return Optional.of(changed);
    }
}
