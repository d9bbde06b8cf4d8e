package org.ringfence.scheduler.transition;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /**
     * @param kept   what is in the graph, by number
     * @param inputs for each of them the numbers of those that it waits for
     * @param counts whether an ordering is part of the graph
     */
    static Optional<Problem> problem(List<Action> kept, int[][] inputs, Predicate<Ordering> counts) {
        BitSet waiting = neverDone(inputs);
        return waiting.isEmpty() ? Optional.empty() : Optional.of(problem(circle(kept, waiting, counts)));
    }

    /** The numbers, from 1, of those that still wait when all is done that can be. */
    private static BitSet neverDone(int[][] inputs) {
        int count = inputs.length;
        int[] begins = new int[count + 2];
        for (int[] awaited : inputs) {
            for (int first : awaited) {
                begins[first + 1]++;
            }
        }
        for (int number = 1; number <= count; number++) {
            begins[number + 1] += begins[number];
        }
        int[] followers = new int[begins[count + 1]];
        int[] filled = begins.clone();
        int[] left = new int[count + 1];
        int[] free = new int[count];
        int ready = 0;
        var waiting = new BitSet();
        waiting.set(1, count + 1);
        for (int then = 1; then <= count; then++) {
            left[then] = inputs[then - 1].length;
            for (int first : inputs[then - 1]) {
                followers[filled[first]++] = then;
            }
            if (left[then] == 0) {
                free[ready++] = then;
            }
        }
        for (int next = 0; next < ready; next++) {
            int done = free[next];
            waiting.clear(done);
            for (int index = begins[done]; index < begins[done + 1]; index++) {
                if (--left[followers[index]] == 0) {
                    free[ready++] = followers[index];
                }
            }
        }
        return waiting;
    }

    /** From one that waits back to another that waits, until one comes again. */
    private static List<Action> circle(List<Action> kept, BitSet waiting, Predicate<Ordering> counts) {
        Set<Action> way = new LinkedHashSet<>();
        Action at = kept.get(waiting.nextSetBit(1) - 1);
        while (way.add(at)) {
            at = at.before.stream()
                    .filter(counts)
                    .map(ordering -> ordering.first)
                    .filter(action -> waiting.get(action.number))
                    .findFirst()
                    .orElseThrow();
        }
        List<Action> all = new ArrayList<>(way);
        return all.subList(all.indexOf(at), all.size()).reversed();
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
