package org.ringfence.simulator.judge;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Step;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;
import org.ringfence.simulator.world.ClusterText;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.Host;
import org.ringfence.simulator.world.World;

/**
 * A node that cannot be heard stops before its peers may assume that it has. Two things are checked. When a DC takes a node for
 * fenced by its watchdog or by a message on shared disks, its host has been reset since that DC's view began, or has no power, or
 * has promised nothing and runs nothing. And whatever peers think: a host without disks that is bound is reset within what it has
 * promised after its daemon has sent the last question that a majority answered, in the view in which it was asked.
 */
public final class SelfFenceInTime implements Invariant {
    /** Clocks and crystals of the simulation are wrong by a hundredth at most. */
    private static final int DRIFT_PARTS = 100;

    private static final Duration ROUNDING = Duration.ofMillis(20);

    private final SortedMap<NodeId, Heard> heard = new TreeMap<>();
    private final SortedMap<NodeId, Long> installed = new TreeMap<>();

    /** Of one life of a host. */
    private static final class Heard {
        private final int boots;
        private final SortedMap<Asked, Question> open = new TreeMap<>();
        /** When the last question was sent that a majority has answered; before the first, when it was bound. */
        private long last;
        /** The longest that it has said. */
        private Duration bound = Duration.ZERO;
        /** Nanoseconds after {@code last} from which on it is late; zero before it has said anything. */
        private long overdue;

        private boolean disks;

        private Heard(int boots, long now) {
            this.boots = boots;
            last = now;
        }
    }

    private record Asked(int life, ViewNumber view, long number) implements Comparable<Asked> {
        @Override
        public int compareTo(Asked other) {
            int byLife = Integer.compare(life, other.life);
            int byNumber = byLife != 0 ? byLife : Long.compare(number, other.number);
            return byNumber != 0 ? byNumber : view.compareTo(other.view);
        }
    }

    private record Question(long sent, SortedSet<NodeId> answered) {}

    @Override
    public void stepped(World world, Daemon daemon, ControllerState before, Event event, Step<ControllerState> step) {
        long now = world.clock().nanos();
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.Installed(View view) -> installed.put(daemon.node(), now);
                case Effect.Beat(boolean bound, Optional<Long> lease) -> {
                    if (bound) {
                        of(daemon.host(), now);
                    } else {
                        heard.remove(daemon.node());
                    }
                }
                case Effect.Send(NodeId to, Message.LeaseQuestion question) -> asks(daemon, question, now);
                case Effect.Send(NodeId to, Message.LeaseAnswer answer) ->
                    answers(world, daemon, to, answer, step.state());
                default -> {}
            }
        }
        world.hosts().forEach(host -> checkOverdue(host, now));
    }

    private Heard of(Host host, long now) {
        Heard known = heard.get(host.node());
        if (known == null || known.boots != host.boots()) {
            known = new Heard(host.boots(), now);
            heard.put(host.node(), known);
        }
        return known;
    }

    private void asks(Daemon daemon, Message.LeaseQuestion question, long now) {
        Heard known = of(daemon.host(), now);
        var answered = new TreeSet<NodeId>();
        answered.add(daemon.node());
        known.open.putIfAbsent(
                new Asked(daemon.life(), question.view(), question.number()), new Question(now, answered));
        while (known.open.size() > 64) {
            known.open.remove(known.open.firstKey());
        }
        question.promise().ifPresent(promise -> {
            Duration bound = promise.bound();
            if (bound.compareTo(known.bound) > 0) {
                known.bound = bound;
                known.overdue =
                        bound.plus(bound.dividedBy(DRIFT_PARTS)).plus(ROUNDING).toNanos();
            }
            known.disks = promise.disks() > 0;
        });
    }

    /** An answer counts when its sender is really in that view. */
    private void answers(World world, Daemon daemon, NodeId asker, Message.LeaseAnswer answer, ControllerState state) {
        Heard known = heard.get(asker);
        boolean inIt = state.membership().view().map(View::number).equals(Optional.of(answer.view()));
        int life = world.host(asker).daemon().map(Daemon::life).orElse(0);
        Question question = known == null ? null : known.open.get(new Asked(life, answer.view(), answer.number()));
        if (inIt && known != null && question != null) {
            question.answered().add(daemon.node());
            if (2 * question.answered().size() > world.nodes().size()) {
                known.last = Math.max(known.last, question.sent());
            }
        }
    }

    private void checkOverdue(Host host, long now) {
        Heard known = heard.get(host.node());
        if (known == null || known.disks || known.overdue == 0 || known.boots != host.boots()) {
            return;
        }
        if (now - known.last > known.overdue && host.isPowered() && host.guard().isBound()) {
            throw violated(host + " has promised to be dead "
                    + Duration.ofNanos(known.overdue).toMillis() + " ms after the last question that a"
                    + " majority answered, which was sent "
                    + Duration.ofNanos(now - known.last).toMillis() + " ms ago, and runs "
                    + host.agents().active());
        }
    }

    /** The node that its DC has just begun to take for fenced because it must have stopped itself. */
    static Optional<NodeId> confirmed(HistoryEntry entry) {
        boolean byItself = entry.kind() == HistoryEntry.Kind.FENCE_CONFIRMED
                && (entry.text().contains(" by " + SelfFencing.WATCHDOG + " ")
                        || entry.text().contains(" by " + ClusterText.DISK_DEVICE + " "));
        return byItself ? Optional.of(new NodeId(entry.subject())) : Optional.empty();
    }

    @Override
    public void told(World world, Daemon daemon, HistoryEntry entry) {
        confirmed(entry).ifPresent(target -> checkDead(world, daemon, target));
    }

    private void checkDead(World world, Daemon dc, NodeId target) {
        Host host = world.host(target);
        long since = installed.getOrDefault(dc.node(), 0L);
        boolean elsewhere = host.daemon()
                .flatMap(daemon -> daemon.state().membership().view())
                .filter(view -> dc.state().membership().view().stream()
                        .anyMatch(own -> view.number().isAfter(own.number())))
                .isPresent();
        boolean harmless = !host.guard().isBound() && !host.agents().touchesData();
        if (host.isPowered() && host.bootedAt() <= since && !harmless && !elsewhere) {
            throw violated(dc.node() + " takes " + target + " for fenced, which has not been reset and runs "
                    + host.agents().active());
        }
    }
}
