package org.ringfence.controller.fencing;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.model.NodeId;

/** The fencing requests that the DC is carrying out, by number. */
public record FencingState(SortedMap<Long, Request> requests) {
    public static final FencingState NONE = new FencingState(new TreeMap<>());

    public FencingState {
        requests = Collections.unmodifiableSortedMap(new TreeMap<>(requests));
    }

    /** Where a request stands. */
    public enum Stage {
        /** The delay before it runs. */
        DELAYED,
        /** Its device is busy, or nothing else may be fenced beside it. */
        QUEUED,
        /** A node is at it. */
        EXECUTING,
        /** The agent says that it is done, and the target can be heard still. */
        SILENCE
    }

    /**
     * One request.
     *
     * @param candidates nodes that may execute, by device, best first
     * @param round      how often all of it has failed before: then another node is asked first
     * @param way        index of the way that is tried
     * @param call       index of its call
     * @param attempt    counts every call that was sent out for this request
     * @param tried      how often the present call was tried
     * @param executor   who was asked last
     * @param continued  a former DC's call that the next one takes over
     * @param silent     whether the target has fallen silent since
     * @param done       what succeeded last, while its silence is waited for
     */
    public record Request(
            long id,
            FencePlan plan,
            String why,
            SortedMap<String, List<NodeId>> candidates,
            int round,
            int way,
            int call,
            int attempt,
            int tried,
            Stage stage,
            Optional<NodeId> executor,
            Optional<Underway> continued,
            boolean silent,
            String done,
            String lastFailure) {
        public Request {
            var copy = new TreeMap<String, List<NodeId>>();
            candidates.forEach((device, nodes) -> copy.put(device, List.copyOf(nodes)));
            candidates = Collections.unmodifiableSortedMap(copy);
        }

        public FencePlan.Attempt present() {
            return plan.ways().get(way).calls().get(call);
        }

        List<NodeId> able() {
            return candidates.getOrDefault(present().call().device(), List.of());
        }

        /** Who is asked at the next try: the first, then the next, and so on. */
        Optional<NodeId> next() {
            List<NodeId> able = able();
            if (continued.isPresent() && able.contains(continued.get().executor())) {
                return continued.map(Underway::executor);
            }
            return able.isEmpty() ? Optional.empty() : Optional.of(able.get(Math.floorMod(round + tried, able.size())));
        }

        /** How often the present call is tried: as the device says, and from a second node at least where there is one. */
        int tries() {
            return Math.max(present().tries(), Math.min(2, able().size()));
        }

        Request at(int nextWay, int nextCall, int nextTried, String failure) {
            return moved(
                    nextWay, nextCall, attempt, nextTried, stage, executor, Optional.empty(), silent, done, failure);
        }

        Request in(Stage next) {
            return moved(way, call, attempt, tried, next, executor, continued, silent, done, lastFailure);
        }

        Request sentTo(NodeId node) {
            return moved(
                    way,
                    call,
                    attempt + 1,
                    tried + 1,
                    Stage.EXECUTING,
                    Optional.of(node),
                    continued,
                    silent,
                    done,
                    lastFailure);
        }

        Request quiet() {
            return moved(way, call, attempt, tried, stage, executor, continued, true, done, lastFailure);
        }

        Request saidDone(String text) {
            return moved(way, call, attempt, tried, Stage.SILENCE, executor, continued, silent, text, lastFailure);
        }

        /** The same request elsewhere on its way. */
        private Request moved(
                int newWay,
                int newCall,
                int newAttempt,
                int newTried,
                Stage newStage,
                Optional<NodeId> newExecutor,
                Optional<Underway> newContinued,
                boolean newSilent,
                String newDone,
                String newFailure) {
            return new Request(
                    id,
                    plan,
                    why,
                    candidates,
                    round,
                    newWay,
                    newCall,
                    newAttempt,
                    newTried,
                    newStage,
                    newExecutor,
                    newContinued,
                    newSilent,
                    newDone,
                    newFailure);
        }
    }

    /** Whether a request that does {@code action} to this node is under way. */
    public boolean isUnderWay(NodeId target, boolean on) {
        return requests.values().stream()
                .anyMatch(request -> request.plan().target().equals(target)
                        && request.plan().action().equals("on") == on);
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
