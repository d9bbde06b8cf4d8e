package org.ringfence.scheduler.transition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.scheduler.action.Action;
import org.ringfence.scheduler.action.Ordering;

/** Finds what waits for itself, because orderings lead in a circle: it would never be done, and the operator is to know. */
final class OrderingCircles {
    /** As many names as somebody reads. */
    private static final int NAMED = 8;

    /** What the problem is said of. */
    static final String ELEMENT = "orderings";

    private OrderingCircles() {}

    /** @param counts whether an ordering is part of the graph */
    static Optional<Problem> problem(List<Action> kept, Predicate<Ordering> counts) {
        Map<Action, Integer> waitsFor = new HashMap<>();
        Deque<Action> free = new ArrayDeque<>();
        for (Action action : kept) {
            int before = (int) action.before.stream().filter(counts).count();
            if (before == 0) {
                free.add(action);
            } else {
                waitsFor.put(action, before);
            }
        }
        while (!free.isEmpty()) {
            for (Ordering ordering : free.poll().after) {
                Integer left = counts.test(ordering) ? waitsFor.get(ordering.then) : null;
                if (left != null && left == 1) {
                    waitsFor.remove(ordering.then);
                    free.add(ordering.then);
                } else if (left != null) {
                    waitsFor.put(ordering.then, left - 1);
                }
            }
        }
        return waitsFor.isEmpty() ? Optional.empty() : Optional.of(problem(circle(kept, waitsFor, counts)));
    }

    /** From one that waits back to another that waits, until one comes again. */
    private static List<Action> circle(List<Action> kept, Map<Action, Integer> waiting, Predicate<Ordering> counts) {
        List<Action> way = new ArrayList<>();
        Action at = kept.stream().filter(waiting::containsKey).findFirst().orElseThrow();
        while (!way.contains(at)) {
            way.add(at);
            at = at.before.stream()
                    .filter(counts)
                    .map(ordering -> ordering.first)
                    .filter(waiting::containsKey)
                    .findFirst()
                    .orElseThrow();
        }
        return way.subList(way.indexOf(at), way.size()).reversed();
    }

    private static Problem problem(List<Action> circle) {
        List<String> names = circle.stream()
                .map(action -> action.resource == null ? action.key : action.resource.id + " to " + action.task)
                .distinct()
                .toList();
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return Problem.error(
                Place.NONE,
                ELEMENT,
                "lead in a circle, so that what is in it is never done: "
                        + String.join(", then ", names.subList(0, Math.min(NAMED, names.size()))) + more
                        + ", then the first again",
                "remove one of the ordering constraints between them");
    }
}
