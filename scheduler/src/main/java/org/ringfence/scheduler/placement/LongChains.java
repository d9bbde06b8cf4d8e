package org.ringfence.scheduler.placement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.resource.Resource;

/**
 * A resource is placed after all that it is to be with, those after all that they are to be with, and so on. Asking from one to the
 * next is fine for chains that people write; those that are longer are walked from their far ends.
 */
final class LongChains {
    /** The most that follow each other by asking. */
    static final int LONG = 500;

    private record Step(Resource resource, Iterator<Colocation> primaries) {
        static Step to(Resource resource) {
            return new Step(resource, Placing.asDependent(resource).iterator());
        }
    }

    private LongChains() {}

    /** All that is to be placed before a resource and the resource itself, far ends first; nothing when its chains are not long. */
    static List<Resource> farEndsFirst(Resource resource) {
        List<Resource> order = new ArrayList<>();
        Set<Resource> seen = new HashSet<>(List.of(resource));
        Deque<Step> steps = new ArrayDeque<>(List.of(Step.to(resource)));
        boolean isLong = false;
        while (!steps.isEmpty()) {
            Step step = steps.peek();
            if (step.primaries.hasNext()) {
                Resource primary = step.primaries.next().primary();
                if (primary.provisional && !primary.assigning && seen.add(primary)) {
                    steps.push(Step.to(primary));
                    isLong |= steps.size() > LONG;
                }
            } else {
                order.add(steps.pop().resource);
            }
        }
        return isLong ? order : List.of();
    }
}
