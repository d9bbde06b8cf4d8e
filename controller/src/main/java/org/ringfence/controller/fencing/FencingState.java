package org.ringfence.controller.fencing;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.model.NodeId;

/** The fencing requests that the DC is carrying out, by number. */
public record FencingState(SortedMap<Long, Request> requests) {
    public static final FencingState NONE = new FencingState(new TreeMap<>());

    public FencingState {
        requests = Collections.unmodifiableSortedMap(new TreeMap<>(requests));
    }

    /**
     * One request.
     *
     * @param candidates nodes that may execute, best first; not the target
     * @param way        index of the way that is tried
     * @param call       index of its call
     * @param attempt    counts every call that was sent out for this request
     * @param tried      how often the present call was tried
     * @param executing  whether a node is at it; before that, the delay runs
     */
    public record Request(
            long id,
            FencePlan plan,
            String why,
            List<NodeId> candidates,
            int way,
            int call,
            int attempt,
            int tried,
            boolean executing,
            String lastFailure) {
        public Request {
            candidates = List.copyOf(candidates);
        }

        FencePlan.Attempt present() {
            return plan.ways().get(way).calls().get(call);
        }

        NodeId executor() {
            return candidates.get(Math.floorMod(attempt - 1, candidates.size()));
        }
    }

    /** Whether a request against this node is under way. */
    public boolean isFencing(NodeId target) {
        return requests.values().stream()
                .anyMatch(request -> request.plan().target().equals(target));
    }

    FencingState with(Request request) {
        var changed = new TreeMap<>(requests);
        changed.put(request.id(), request);
        return new FencingState(changed);
    }

    FencingState without(long id) {
        var changed = new TreeMap<>(requests);
        changed.remove(id);
        return new FencingState(changed);
    }
}
