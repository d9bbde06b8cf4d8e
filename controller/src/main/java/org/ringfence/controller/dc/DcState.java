package org.ringfence.controller.dc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.fencing.FencingState;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.request.Request;
import org.ringfence.controller.transition.TransitionState;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.problem.Problem;

/**
 * What a node remembers as DC of one view, and forgets with it.
 *
 * @param joined      members that have said what they know
 * @param ready       whether all have, and the configuration is adopted
 * @param graceIsOver whether nodes that were never seen have had their time
 * @param cib         the configuration in force, without status; empty until it is known
 * @param change      the configuration that is on its way to the disks
 * @param queued      changes that wait for it
 * @param fences      what each fencing request is for
 * @param held        actions that would start something while a lost node is not fenced
 * @param again       whether something happened that the last decision did not know of
 * @param incomplete  how many transitions in a row have ended early
 * @param problems    what the last decision found wrong
 * @param heldBack    resources that did not start because of the interlock
 * @param retries     how often fencing each target has failed in a row, and whether it waits before the next try
 * @param settling    who wants to know when nothing is left to do
 * @param tests       tests of paths to nodes that are under way
 * @param fenced      members that counted as fenced when the view began
 * @param undead      those of them that have not been off, until all have joined
 */
public record DcState(
        ViewNumber view,
        SortedSet<NodeId> joined,
        boolean ready,
        boolean graceIsOver,
        Optional<Cib> cib,
        Optional<Change> change,
        List<Queued> queued,
        long nextNumber,
        TransitionState transition,
        FencingState fencing,
        SortedMap<Long, FencePurpose> fences,
        List<Held> held,
        boolean again,
        int incomplete,
        List<Problem> problems,
        List<String> heldBack,
        SortedMap<NodeId, Retry> retries,
        List<Asker> settling,
        SortedMap<Long, FenceTest> tests,
        SortedMap<NodeId, Fact> fenced,
        SortedSet<NodeId> undead) {

    public DcState {
        joined = Collections.unmodifiableSortedSet(new TreeSet<>(joined));
        queued = List.copyOf(queued);
        fences = Collections.unmodifiableSortedMap(new TreeMap<>(fences));
        held = List.copyOf(held);
        problems = List.copyOf(problems);
        heldBack = List.copyOf(heldBack);
        retries = Collections.unmodifiableSortedMap(new TreeMap<>(retries));
        settling = List.copyOf(settling);
        tests = Collections.unmodifiableSortedMap(new TreeMap<>(tests));
        fenced = Collections.unmodifiableSortedMap(new TreeMap<>(fenced));
        undead = Collections.unmodifiableSortedSet(new TreeSet<>(undead));
    }

    /** A change that somebody asked for while another was under way. */
    public record Queued(Asker asker, Request.ChangeConfiguration change) {}

    /**
     * Why a node is being fenced: for actions of the transition, for callers, or both.
     *
     * @param how {@code reboot}, {@code off} or {@code on}, as the first of them asked; it stays when a try fails
     * @param why as the first of them said
     */
    public record FencePurpose(NodeId target, String how, String why, List<Integer> actions, List<Asker> askers) {
        public FencePurpose {
            actions = List.copyOf(actions);
            askers = List.copyOf(askers);
        }

        FencePurpose withAction(int action) {
            List<Integer> more = new ArrayList<>(actions);
            more.add(action);
            return new FencePurpose(target, how, why, more, askers);
        }

        FencePurpose withAsker(Asker asker) {
            List<Asker> more = new ArrayList<>(askers);
            more.add(asker);
            return new FencePurpose(target, how, why, actions, more);
        }
    }

    /** An action that may not begin yet. */
    public record Held(long transition, GraphAction action) {}

    /**
     * @param waits whether the next try waits for its timer
     * @param delay how long it waits
     */
    public record Retry(int failures, boolean waits, Duration delay) {
        private static final int LONGEST = 5;

        /** One second after the first failure, twice as long after each, half a minute at most. */
        static Duration usualDelay(int failures) {
            return Duration.ofSeconds(Math.min(30, 1L << Math.min(LONGEST, failures - 1)));
        }
    }

    /**
     * @param fenced  members that counted as fenced until now
     * @param carried what this node's callers have asked it to fence as the former view's DC
     */
    public static DcState begin(ViewNumber view, SortedMap<NodeId, Fact> fenced, List<FencePurpose> carried) {
        var fences = new TreeMap<Long, FencePurpose>();
        carried.forEach(purpose -> fences.put(fences.size() + 1L, purpose));
        return new DcState(
                view,
                new TreeSet<>(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                fences.size() + 1L,
                TransitionState.NONE,
                FencingState.NONE,
                fences,
                List.of(),
                false,
                0,
                List.of(),
                List.of(),
                new TreeMap<>(),
                List.of(),
                new TreeMap<>(),
                fenced,
                new TreeSet<>());
    }
}
