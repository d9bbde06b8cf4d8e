package org.ringfence.controller.dc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.fencing.FencingState;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.transition.TransitionState;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;

/** A {@link DcState} that is being changed within one turn. */
public final class DcDraft {
    final ViewNumber view;
    final SortedSet<NodeId> joined;
    boolean ready;
    boolean graceIsOver;
    Optional<Cib> cib;
    Optional<Change> change;
    final List<DcState.Queued> queued;
    long nextNumber;
    TransitionState transition;
    FencingState fencing;
    final SortedMap<Long, DcState.FencePurpose> fences;
    final List<DcState.Held> held;
    boolean again;
    int incomplete;
    List<Problem> problems;
    List<String> heldBack;
    final SortedMap<NodeId, DcState.Retry> retries;
    final List<Asker> settling;
    final SortedMap<Long, FenceTest> tests;
    final SortedMap<NodeId, Fact> fenced;
    final SortedSet<NodeId> undead;

    private DcDraft(DcState state) {
        view = state.view();
        joined = new TreeSet<>(state.joined());
        ready = state.ready();
        graceIsOver = state.graceIsOver();
        cib = state.cib();
        change = state.change();
        queued = new ArrayList<>(state.queued());
        nextNumber = state.nextNumber();
        transition = state.transition();
        fencing = state.fencing();
        fences = new TreeMap<>(state.fences());
        held = new ArrayList<>(state.held());
        again = state.again();
        incomplete = state.incomplete();
        problems = state.problems();
        heldBack = state.heldBack();
        retries = new TreeMap<>(state.retries());
        settling = new ArrayList<>(state.settling());
        tests = new TreeMap<>(state.tests());
        fenced = new TreeMap<>(state.fenced());
        undead = new TreeSet<>(state.undead());
    }

    public static DcDraft of(DcState state) {
        return new DcDraft(state);
    }

    public DcState state() {
        return new DcState(
                view,
                joined,
                ready,
                graceIsOver,
                cib,
                change,
                queued,
                nextNumber,
                transition,
                fencing,
                fences,
                held,
                again,
                incomplete,
                problems,
                heldBack,
                retries,
                settling,
                tests,
                fenced,
                undead);
    }

    /** Fencing that callers of {@code nodes} wait for. */
    public List<DcState.FencePurpose> askedAt(Collection<NodeId> nodes) {
        return fences.values().stream()
                .map(purpose -> new DcState.FencePurpose(
                        purpose.target(),
                        purpose.how(),
                        purpose.why(),
                        List.of(),
                        purpose.askers().stream()
                                .filter(asker -> nodes.contains(asker.node()))
                                .toList()))
                .filter(purpose -> !purpose.askers().isEmpty())
                .toList();
    }

    /** Requests for fencing that callers of {@code node} wait for. */
    public List<Long> askedBy(NodeId node) {
        return fences.values().stream()
                .flatMap(purpose -> purpose.askers().stream())
                .filter(asker -> asker.node().equals(node))
                .map(Asker::request)
                .toList();
    }

    /** Something has happened that the last decision did not know of. */
    public void lookAgain() {
        again = true;
    }

    long number() {
        return nextNumber++;
    }
}
