package org.ringfence.controller.dc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Outcomes;
import org.ringfence.controller.Step;
import org.ringfence.controller.Timer;
import org.ringfence.controller.Turn;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.controller.facts.LeftRunning;
import org.ringfence.controller.facts.Standing;
import org.ringfence.controller.fencing.FencingTopology;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.interlock.Interlock;
import org.ringfence.controller.interlock.Permitted;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.transition.Transition;
import org.ringfence.controller.transition.TransitionState;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.model.value.Truth;
import org.ringfence.scheduler.Scheduler;

/** When the DC decides, and on what: the configuration and all that is known, by the scheduler, under the interlock. */
public final class Decision {
    private static final Duration RECHECK = Duration.ofMinutes(15);
    private static final int PATIENCE = 5;
    private static final int ROUNDS_MAX = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private Decision() {}

    /** All members have joined. Who was a member and is not here is lost, unless it has left. */
    static void ready(Turn turn, DcDraft dc, View view) {
        FactsState before = turn.facts();
        boolean outdated = view.quorate() && !knowsLastView(turn);
        List<NodeId> saidAndSilent = new ArrayList<>();
        for (NodeId node : turn.settings().nodes()) {
            Optional<Standing> standing = before.standing(node.name());
            boolean mayBeAlive = standing.equals(Optional.of(Standing.MEMBER)) || (outdated && standing.isPresent());
            // A minority's opinion of those whom it cannot see must not outlive it.
            if (!view.has(node) && view.quorate() && mayBeAlive) {
                boolean fenced = !outdated && saidToBeFenced(turn, node);
                set(turn, dc, standing(node), Optional.of((fenced ? Standing.FENCED : Standing.LOST).name()));
                clear(turn, dc, node, Fact.Kind.ATTRIBUTE);
                if (fenced) {
                    saidAndSilent.add(node);
                }
                if (outdated) {
                    // It may have started anew since, and promised nothing.
                    promisesNothing(turn, dc, node);
                }
            }
        }
        if (view.quorate()) {
            turn.facts(turn.facts().knowing(Optional.of(dc.view)));
        }
        tellAll(turn, dc);
        turn.tell(Kind.VIEW_READY, "", "all " + view.members().size() + " members have joined");
        saidAndSilent.forEach(node -> silentAtLast(turn, dc, node));
        FencingDuty.takeUp(turn, dc);
        // Nodes that nobody has seen yet may be about to start; but who was lost is not kept waiting for them.
        boolean allSeen = turn.settings().nodes().stream()
                .noneMatch(node -> turn.facts().standing(node.name()).isEmpty());
        dc.graceIsOver = allSeen || !turn.facts().lost().isEmpty();
        if (!dc.graceIsOver) {
            turn.emit(new Effect.StartTimer(
                    new Timer.StartupGrace(), turn.settings().startupGrace()));
        }
        turn.emit(new Effect.StartTimer(new Timer.Recheck(), recheck(dc)));
        dc.again = true;
    }

    /** Whether an agent has said that a node is fenced since that was last a member: it could be heard still, and now it cannot. */
    private static boolean saidToBeFenced(Turn turn, NodeId node) {
        return sinceMember(turn, new Fact.Key(Fact.Kind.FENCING_SAID, node.name(), ""))
                .isPresent();
    }

    /** The value of a fact about a node, if it is later than all that is known of how the node stands: it was no member since. */
    static Optional<String> sinceMember(Turn turn, Fact.Key key) {
        Fact standing = turn.facts().facts().get(standing(new NodeId(key.node())));
        return Optional.ofNullable(turn.facts().facts().get(key))
                .filter(fact -> standing == null || fact.stamp().compareTo(standing.stamp()) > 0)
                .flatMap(Fact::value);
    }

    private static void silentAtLast(Turn turn, DcDraft dc, NodeId node) {
        String said =
                turn.facts().value(Fact.Kind.FENCING_SAID, node.name(), "").orElse("");
        String[] words = said.split(" ", 2);
        turn.tell(Kind.FENCE_CONFIRMED, node.name(), String.join(" by ", words));
        FencingOutcome.note(turn, dc, node, words[0], true, "as a former DC asked", words[words.length - 1]);
        FencingDuty.forget(turn, dc, node, false);
        fenced(turn, dc, node);
    }

    /**
     * Whether any member remembers the last quorate view that the members' disks tell of. If not (those of it who are here have
     * restarted since) what is remembered of nodes that are not here is older, and each of them may have been in that view.
     */
    static boolean knowsLastView(Turn turn) {
        Optional<ViewNumber> last = turn.membership().installed().stream()
                .flatMap(install -> install.holdings().stream())
                .flatMap(holding -> holding.stamp().view().stream())
                .max(Comparator.naturalOrder());
        Optional<ViewNumber> known = turn.facts().known();
        return last.isEmpty() || (known.isPresent() && !last.get().isAfter(known.get()));
    }

    private static Fact.Key standing(NodeId node) {
        return new Fact.Key(Fact.Kind.STANDING, node.name(), "");
    }

    private static Duration recheck(DcDraft dc) {
        return dc.cib
                .flatMap(cib -> cib.property("cluster-recheck-interval"))
                .map(text -> Duration.ofMillis(TimeSpan.parseMillis(text, RECHECK.toMillis())))
                .filter(Duration::isPositive)
                .orElse(RECHECK);
    }

    private static void clear(Turn turn, DcDraft dc, NodeId node, Fact.Kind kind) {
        turn.facts()
                .of(kind, node.name())
                .keySet()
                .forEach(name -> set(turn, dc, new Fact.Key(kind, node.name(), name), Optional.empty()));
    }

    /** Gives every member all that is known. */
    private static void tellAll(Turn turn, DcDraft dc) {
        List<Fact> all = List.copyOf(turn.facts().facts().values());
        turn.tellFacts(dc.view, all, turn.facts().known());
    }

    private static void set(Turn turn, DcDraft dc, Fact.Key key, Optional<String> value) {
        turn.facts(turn.facts().with(dc.view, key, value));
    }

    /** Makes a fact so, and tells every member. */
    public static void fact(Turn turn, DcDraft dc, Fact.Key key, Optional<String> value) {
        FactsState before = turn.facts();
        if (before.value(key.kind(), key.node(), key.name()).equals(value)) {
            return;
        }
        set(turn, dc, key, value);
        turn.tellFacts(dc.view, turn.facts().madeAfter(before), Optional.empty());
    }

    /** A node goes, having stopped its resources; what it was told to leave alone is remembered. */
    public static void left(Turn turn, DcDraft dc, NodeId node) {
        List<String> running = stillRunning(turn, node);
        for (String resource : running) {
            var key = new Fact.Key(Fact.Kind.LEFT_RUNNING, node.name(), resource);
            fact(turn, dc, key, Optional.of(turn.now().toString()));
        }
        if (!running.isEmpty()) {
            turn.tell(
                    Kind.PROBLEM,
                    node.name(),
                    "it leaves and still runs " + String.join(" ", running)
                            + ", which starts nowhere else until it is back or known to be off");
        }
        FactsState before = turn.facts();
        promisesNothing(turn, dc, node);
        turn.tellFacts(dc.view, turn.facts().madeAfter(before), Optional.empty());
        fact(turn, dc, standing(node), Optional.of(Standing.LEFT.name()));
    }

    /** Nobody may count on its guard any more, whatever it still says in this view. */
    private static void promisesNothing(Turn turn, DcDraft dc, NodeId node) {
        if (turn.facts().value(Fact.Kind.GUARD, node.name(), "").isPresent()) {
            turn.facts(turn.facts().without(dc.view, new Fact.Key(Fact.Kind.GUARD, node.name(), "")));
        }
    }

    /** Whether what the node still runs, if anything, can be remembered in the words that this DC has. */
    static boolean canBeRemembered(Turn turn, NodeId node) {
        return turn.settings().protocol() >= Fact.Kind.LEFT_RUNNING.since()
                || stillRunning(turn, node).isEmpty();
    }

    private static List<String> stillRunning(Turn turn, NodeId node) {
        return turn.histories().getOrDefault(node, ResourceHistories.NONE).values().stream()
                .filter(history -> !history.agent().standard().equals("stonith"))
                .filter(Outcomes::mayBeActive)
                .map(ResourceHistory::resource)
                .toList();
    }

    /** The node is known to be dead. */
    static void fenced(Turn turn, DcDraft dc, NodeId node) {
        clear(turn, dc, node, Fact.Kind.ATTRIBUTE);
        clear(turn, dc, node, Fact.Kind.LEFT_RUNNING);
        clear(turn, dc, node, Fact.Kind.FENCING_SAID);
        promisesNothing(turn, dc, node);
        set(turn, dc, standing(node), Optional.of(Standing.FENCED.name()));
        tellAll(turn, dc);
        dc.retries.remove(node);
    }

    static boolean isFenced(Turn turn, NodeId node) {
        return turn.facts().standing(node.name()).equals(Optional.of(Standing.FENCED));
    }

    public static void graceIsOver(Turn turn, DcDraft dc) {
        if (!dc.graceIsOver) {
            dc.graceIsOver = true;
            dc.again = true;
        }
    }

    public static void lookAgain(Turn turn, DcDraft dc) {
        dc.again = true;
        turn.emit(new Effect.StartTimer(new Timer.Recheck(), recheck(dc)));
    }

    /**
     * Nodes that may hold something and are not known to be dead: lost ones, and those that nobody has seen, unless the
     * administrator vouches for them ({@code startup-fencing=false}).
     */
    static List<NodeId> unsafe(Turn turn, DcDraft dc) {
        boolean unseenAreSafe = dc.cib
                .flatMap(cib -> cib.property("startup-fencing"))
                .flatMap(Truth::parse)
                .map(fences -> !fences)
                .orElse(false);
        View view = turn.view().orElseThrow();
        List<NodeId> unsafe = new ArrayList<>();
        for (NodeId node : turn.settings().nodes()) {
            boolean mayBeAlive = turn.facts()
                    .standing(node.name())
                    .map(standing -> standing == Standing.MEMBER || standing.isUnsafe())
                    .orElse(!unseenAreSafe);
            if (!view.has(node) && mayBeAlive) {
                unsafe.add(node);
            }
        }
        return unsafe;
    }

    /**
     * Decides anew when something has happened that the last decision did not know of. What runs is let end first: the
     * next decision is better when it knows the outcome. A transition may end as soon as it begins, when nothing in it has
     * to be waited for; then it is time to decide again, but not for ever within one turn.
     */
    public static void decideIfNeeded(Turn turn, DcDraft dc) {
        for (int round = 0; mayDecide(dc); round++) {
            if (dc.transition.isActive()) {
                Carrying.giveUp(turn, dc, "something changed");
            }
            if (dc.transition.isActive()) {
                return;
            }
            if (round == ROUNDS_MAX) {
                turn.emit(new Effect.StartTimer(new Timer.Recheck(), PAUSE));
                return;
            }
            decide(turn, dc);
        }
    }

    private static boolean mayDecide(DcDraft dc) {
        return dc.again && dc.ready && dc.graceIsOver && dc.cib.isPresent() && dc.change.isEmpty();
    }

    private static void decide(Turn turn, DcDraft dc) {
        dc.again = false;
        View view = turn.view().orElseThrow();
        Cib cib = KnownStatus.of(turn, dc.cib.orElseThrow(), view);
        Scheduler.Schedule schedule = turn.settings().scheduling().schedule(cib, turn.now());
        Interlock interlock = interlock(turn, cib)
                .withProof(cib, turn.facts(), turn.settings().nodes(), turn.now());
        Permitted.Part permitted = Permitted.of(schedule.graph(), interlock, cib);
        noteInterlock(turn, dc, interlock, permitted.heldBack());
        var left = LeftRunning.of(turn.facts());
        Permitted.Part safe = Permitted.of(permitted.graph(), left, cib);
        List<Problem> problems = new ArrayList<>(schedule.problems());
        problems.addAll(left.problems(new TreeSet<>(safe.heldBack())));
        problems.addAll(FencingTopology.problems(cib, turn.settings().nodes()));
        dc.problems = problems;
        dc.heldBack = permitted.heldBack();
        carryOut(turn, dc, safe.graph());
    }

    static Interlock interlock(Turn turn, Cib cib) {
        List<NodeId> members = turn.view().map(View::members).orElse(List.of(turn.self()));
        return Interlock.of(
                cib, turn.now(), members, turn.facts(), turn.settings().quorum());
    }

    private static void noteInterlock(Turn turn, DcDraft dc, Interlock interlock, List<String> heldBack) {
        if (!heldBack.isEmpty() && !heldBack.equals(dc.heldBack)) {
            interlock.problems().forEach(problem -> turn.tell(Kind.INTERLOCK, "fencing", problem.toString()));
        }
    }

    private static void carryOut(Turn turn, DcDraft dc, TransitionGraph graph) {
        if (graph.synapses().isEmpty()) {
            dc.incomplete = 0;
            dc.transition = TransitionState.NONE;
            Desk.settled(turn, dc);
            return;
        }
        long id = dc.number();
        turn.tell(
                Kind.TRANSITION_COMPUTED,
                Long.toString(id),
                summary(graph),
                "transition",
                Long.toString(id),
                "actions",
                Integer.toString(graph.synapses().size()));
        dc.held.clear();
        Carrying.take(turn, dc, Transition.step(dc.transition, new Transition.Event.Begin(id, graph)));
    }

    private static String summary(TransitionGraph graph) {
        long real = graph.synapses().stream()
                .filter(synapse -> !(synapse.action() instanceof GraphAction.PseudoAction))
                .count();
        return real + " actions";
    }

    /** After a transition: a few that end early are the way of the world; many in a row are slowed down. */
    static void transitionEnded(Turn turn, DcDraft dc, boolean complete) {
        dc.incomplete = complete ? 0 : dc.incomplete + 1;
        if (dc.incomplete > PATIENCE) {
            dc.again = false;
            long seconds = Math.min(60, 1L << Math.min(6, dc.incomplete - PATIENCE));
            turn.emit(new Effect.StartTimer(new Timer.Recheck(), Duration.ofSeconds(seconds)));
        } else {
            dc.again = true;
        }
    }

    static <S> S state(Turn turn, Step<S> step) {
        turn.emit(step.effects());
        return step.state();
    }
}
