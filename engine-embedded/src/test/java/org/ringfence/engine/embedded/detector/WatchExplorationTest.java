package org.ringfence.engine.embedded.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every state that a watch can get into, whatever happens in whatever order, compared with the plain facts of what happened.
 * Time goes in steps of one; the patience is short, so that everything is reached.
 */
class WatchExplorationTest {
    private static final int QUESTION = 2;
    private static final int DEAD = 5;
    private static final int HUNG = 8;
    private static final int PROBES = 2;
    private static final Patience PATIENCE = new Patience(QUESTION, 1, 2, 1, DEAD, HUNG, PROBES, 2);

    private enum Event {
        NONE,
        HEARD,
        ANSWERED,
        REFUSED,
        UNANSWERED,
        DISCONNECTED,
        CONNECTED,
        SLEPT
    }

    /** What really happened, each time as an age, which stops growing where it makes no difference any more. */
    private record Facts(
            int sinceHeard,
            int sinceHost,
            int sinceLost,
            boolean connected,
            int refused,
            int unanswered,
            boolean slow) {
        private static final int OLD = HUNG + 2;

        Facts later(int steps) {
            return new Facts(
                    Math.min(OLD, sinceHeard + steps),
                    Math.min(OLD, sinceHost + steps),
                    Math.min(OLD, sinceLost + steps),
                    connected,
                    refused,
                    unanswered,
                    slow);
        }

        Facts after(Event event) {
            return switch (event) {
                case NONE, SLEPT -> this;
                case HEARD -> new Facts(0, 0, sinceLost, connected, connected ? 0 : refused, 0, slow);
                case ANSWERED -> new Facts(sinceHeard, 0, sinceLost, connected, 0, 0, slow);
                case REFUSED -> new Facts(sinceHeard, 0, sinceLost, connected, Math.min(3, refused + 1), 0, slow);
                case UNANSWERED ->
                    new Facts(
                            sinceHeard,
                            sinceHost,
                            sinceLost,
                            connected,
                            refused,
                            Math.min(PROBES + 1, unanswered + 1),
                            slow);
                case DISCONNECTED -> connected ? new Facts(sinceHeard, sinceHost, 0, false, 0, 0, slow) : this;
                case CONNECTED -> new Facts(0, 0, sinceLost, true, 0, 0, slow);
            };
        }

        Facts withSlow(boolean isSlow) {
            return new Facts(sinceHeard, sinceHost, sinceLost, connected, refused, unanswered, isSlow);
        }
    }

    private record State(Watch watch, Facts facts) {
        /** With times counted from {@code now} and what makes no difference levelled, so that states meet again. */
        State normalized(long now) {
            Watch w = watch;
            return new State(
                    new Watch(
                            PATIENCE,
                            Math.max(-Facts.OLD, w.heard() - now),
                            Math.max(-Facts.OLD, w.answered() - now),
                            w.connected(),
                            Math.max(-Facts.OLD, w.disconnected() - now),
                            w.slow(),
                            Math.min(PROBES + 1, w.unanswered()),
                            Math.min(3, w.refused()),
                            Math.max(-1, w.nextProbe() - now)),
                    facts);
        }
    }

    private final Set<State> seen = new HashSet<>();
    private final Deque<State> open = new ArrayDeque<>();
    private final Set<Verdict> verdicts = new HashSet<>();

    @Test
    void noVerdictContradictsTheFactsWhateverHappens() {
        visit(new State(Watch.begin(PATIENCE, 0), new Facts(0, 0, 0, true, 0, 0, false)));
        while (!open.isEmpty()) {
            State state = open.removeFirst();
            for (Event event : Event.values()) {
                follow(state, event);
            }
        }
        System.out.println("detector: " + seen.size() + " states explored");
        assertThat(seen).hasSizeGreaterThan(1_000);
        assertThat(verdicts).as("reached").containsExactlyInAnyOrder(Verdict.values());
    }

    private void visit(State state) {
        if (seen.add(state)) {
            open.addLast(state);
            soonerOrLaterItIsDecided(state);
        }
    }

    private void follow(State state, Event event) {
        // Our own sleep is time that did not pass for anybody; all else happens one step later.
        long now = event == Event.SLEPT ? 3 : 1;
        Facts facts =
                event == Event.SLEPT ? state.facts() : state.facts().later(1).after(event);
        decide(apply(state.watch(), event, now), facts, now);
    }

    private static Watch apply(Watch watch, Event event, long now) {
        return switch (event) {
            case NONE -> watch;
            case HEARD -> watch.heard(now);
            case ANSWERED -> watch.probeAnswered(now);
            case REFUSED -> watch.probeRefused(now);
            case UNANSWERED -> watch.probeUnanswered();
            case DISCONNECTED -> watch.disconnected(now);
            case CONNECTED -> watch.connected(now);
            case SLEPT -> watch.slept(now, now);
        };
    }

    private void decide(Watch begin, Facts facts, long now) {
        Watch watch = begin;
        Facts present = facts;
        List<Verdict> said = new ArrayList<>();
        while (true) {
            Watch.Judgement judgement = watch.judge(now);
            watch = judgement.next();
            Verdict verdict = judgement.verdict();
            verdicts.add(verdict);
            assertThat(said).as("it comes to an end, %s", begin).doesNotContain(verdict);
            said.add(verdict);
            justify(verdict, present, begin);
            switch (verdict) {
                case NOTHING -> {
                    visit(new State(watch, present).normalized(now));
                    return;
                }
                case PROBE -> {}
                case SLOW -> present = present.withSlow(true);
                case RECOVERED -> present = present.withSlow(false);
                case ENDED, HUNG, GONE -> {
                    return;
                }
            }
        }
    }

    private static void justify(Verdict verdict, Facts facts, Watch watch) {
        boolean silent = facts.sinceHeard() >= QUESTION;
        boolean justified = switch (verdict) {
            case NOTHING -> true;
            case PROBE -> silent || !facts.connected();
            case SLOW -> !facts.slow() && silent && facts.sinceHost() < facts.sinceHeard() && facts.refused() == 0;
            case RECOVERED -> facts.slow() && !silent;
            case ENDED -> facts.refused() >= 2 && (silent || !facts.connected());
            case HUNG ->
                facts.unanswered() < PROBES
                        && (facts.sinceHeard() >= HUNG || (!facts.connected() && facts.sinceLost() >= HUNG));
            case GONE -> facts.sinceHost() >= DEAD && facts.sinceHeard() >= DEAD && facts.unanswered() >= PROBES;
        };
        assertThat(justified).as("%s with %s after %s", verdict, facts, watch).isTrue();
    }

    /** If from now on the peer is silent and its host always behaves the same, a final verdict comes in time. */
    private static void soonerOrLaterItIsDecided(State state) {
        for (Event host : List.of(Event.ANSWERED, Event.REFUSED, Event.UNANSWERED)) {
            Verdict end = Verdict.NOTHING;
            Watch watch = state.watch();
            long now = 0;
            while (!end.isFinal()) {
                now++;
                assertThat(now).as("%s, and then always %s", state, host).isLessThan(HUNG + DEAD);
                for (Verdict verdict = null; verdict != Verdict.NOTHING && !end.isFinal(); ) {
                    Watch.Judgement judgement = watch.judge(now);
                    watch = judgement.next();
                    verdict = judgement.verdict();
                    if (verdict == Verdict.PROBE) {
                        watch = apply(watch, host, now);
                    }
                    end = verdict;
                }
            }
            Verdict expected = switch (host) {
                case ANSWERED -> Verdict.HUNG;
                case REFUSED -> Verdict.ENDED;
                default -> Verdict.GONE;
            };
            // What was already proven when this began may come first.
            boolean before = state.facts().refused() >= 2
                    || state.facts().unanswered() > 0
                    || state.facts().sinceHeard() > 0
                    || !state.facts().connected();
            assertThat(end == expected || before)
                    .as("%s, and then always %s: %s", state, host, end)
                    .isTrue();
        }
    }
}
