package org.ringfence.simulator.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.Event;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.port.Engine.Silence;
import org.ringfence.model.NodeId;

/**
 * Carries messages and says who is reachable, with as few promises as the engine port gives. Two nodes that hear each other
 * connect; a connection delivers in order. Lost packets only delay, as they are sent again. When one side has heard nothing
 * for as long as its detector is patient, the connection ends for both, with all that was on its way, and each reports the
 * other unreachable before it is reachable again.
 */
public final class Network {
    private final World world;
    private final Chance chance;
    private final SortedMap<Direction, Ear> ears = new TreeMap<>();
    private double spikes;
    private double duplicates;

    /** From one node to another. */
    private record Direction(NodeId from, NodeId to) implements Comparable<Direction> {
        @Override
        public int compareTo(Direction other) {
            int first = from.compareTo(other.from);
            return first != 0 ? first : to.compareTo(other.to);
        }
    }

    /** What {@code direction.to} hears of {@code direction.from}. */
    private static final class Ear {
        private final Direction direction;
        private boolean open = true;
        private boolean hears;
        private boolean reported;
        private boolean slow;
        /** Changes whenever hearing does, so that a plan made before knows that it is late. */
        private int episode;
        /** Whether a connection is being made at this moment. */
        private boolean connecting;
        /** Which connection; messages of a former one are dropped. */
        private int connection;

        private long lastArrival;
        private Duration delay = Duration.ofMillis(1);
        private final List<Message> stalled = new ArrayList<>();

        private Ear(Direction direction) {
            this.direction = direction;
        }
    }

    Network(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
        for (NodeId from : world.nodes()) {
            for (NodeId to : world.nodes()) {
                if (!from.equals(to)) {
                    ears.put(new Direction(from, to), new Ear(new Direction(from, to)));
                }
            }
        }
    }

    private Ear ear(NodeId from, NodeId to) {
        return Objects.requireNonNull(ears.get(new Direction(from, to)));
    }

    /** Opens or cuts the way from one node to another; the way back stays as it is. */
    public void link(NodeId from, NodeId to, boolean open) {
        Ear ear = ear(from, to);
        if (ear.open == open) {
            return;
        }
        ear.open = open;
        world.note(to, (open ? "hears " : "is cut off from ") + from);
        if (open) {
            List<Message> late = List.copyOf(ear.stalled);
            ear.stalled.clear();
            late.forEach(message -> travel(ear, message));
        }
        reconsider(ear);
    }

    /** Cuts every way between the two sets, and nothing else. */
    public void cut(List<NodeId> some, List<NodeId> others) {
        for (NodeId one : some) {
            for (NodeId other : others) {
                link(one, other, false);
                link(other, one, false);
            }
        }
    }

    /** All ways are open again. */
    public void heal() {
        ears.values().forEach(ear -> link(ear.direction.from(), ear.direction.to(), true));
    }

    /** From now on the way from one node to another takes about this long. */
    public void delay(NodeId from, NodeId to, Duration typical) {
        ear(from, to).delay = typical;
    }

    /** How often a packet must be sent again, which takes some hundred milliseconds. */
    public void spikes(double probability) {
        spikes = probability;
    }

    /** How often a message arrives a second time, more than the engine port allows. */
    public void duplicates(double probability) {
        duplicates = probability;
    }

    /** Everything as it should be. */
    public void repair() {
        heal();
        spikes = 0;
        duplicates = 0;
        ears.values().forEach(ear -> ear.delay = Duration.ofMillis(1));
    }

    void send(NodeId from, NodeId to, Message message) {
        Ear mine = ear(to, from);
        if (!mine.reported) {
            return;
        }
        Ear ear = ear(from, to);
        if (ear.open) {
            travel(ear, message);
        } else {
            ear.stalled.add(message);
        }
    }

    private void travel(Ear ear, Message message) {
        int connection = ear.connection;
        Duration takes = ear.delay.plusNanos(chance.between(0, 1_000_000));
        if (spikes > 0 && chance.happens(spikes)) {
            takes = takes.plus(chance.millis(200, 600));
        }
        ear.lastArrival = Math.max(ear.lastArrival + 1, world.clock().nanos() + takes.toNanos());
        world.clock().atNanos(ear.lastArrival, () -> arrive(ear, connection, message));
    }

    private void arrive(Ear ear, int connection, Message message) {
        if (ear.connection != connection) {
            return;
        }
        world.host(ear.direction.to()).daemon().ifPresent(daemon -> {
            report(ear);
            daemon.deliver(new Event.Received(ear.direction.from(), message));
            if (duplicates > 0 && chance.happens(duplicates)) {
                daemon.deliver(new Event.Received(ear.direction.from(), message));
            }
        });
    }

    private void report(Ear ear) {
        if (!ear.reported) {
            ear.reported = true;
            world.host(ear.direction.to())
                    .daemon()
                    .ifPresent(daemon -> daemon.deliver(new Event.PeerReachable(ear.direction.from())));
        }
    }

    /** A host's power, daemon or breath has changed. */
    void changed(NodeId node) {
        for (NodeId other : world.nodes()) {
            if (!other.equals(node)) {
                listen(ear(node, other));
                listen(ear(other, node));
            }
        }
    }

    /** Looks anew, also where nothing is different from what was noticed: the listener may be another, or may have slept. */
    private void listen(Ear ear) {
        reconsider(ear);
        if (world.host(ear.direction.to()).daemon().isEmpty()) {
            ear.reported = false;
        } else if (!ear.hears && ear.reported) {
            int episode = ear.episode;
            world.clock().after(patience(), () -> lost(ear, episode, Silence.GONE));
        }
    }

    /** A process has ended while its host goes on: connections are reset, which all who can hear it notice at once. */
    void processEnded(NodeId node, boolean leaving) {
        for (NodeId other : world.nodes()) {
            if (!other.equals(node)) {
                Ear there = ear(node, other);
                int connection = there.connection;
                there.hears = false;
                there.episode++;
                ear(other, node).reported = false;
                if (there.open) {
                    world.clock().after(chance.millis(2, 30), () -> {
                        if (there.connection == connection && there.open) {
                            disconnect(there, leaving ? Silence.LEFT : Silence.DAEMON_ENDED);
                        }
                    });
                }
                int episode = there.episode;
                world.clock().after(patience(), () -> lost(there, episode, Silence.GONE));
                reconsider(ear(other, node));
            }
        }
    }

    private Duration patience() {
        return chance.millis(400, 1_600);
    }

    /** Whether there is something to be heard now that was not before, or the other way round. */
    private void reconsider(Ear ear) {
        Host from = world.host(ear.direction.from());
        Host to = world.host(ear.direction.to());
        boolean hears = ear.open
                && from.isPowered()
                && from.daemon().isPresent()
                && !world.isFrozen(from.node())
                && to.daemon().isPresent()
                && !world.isFrozen(to.node());
        if (hears == ear.hears) {
            return;
        }
        ear.hears = hears;
        ear.episode++;
        int episode = ear.episode;
        if (hears) {
            world.clock().after(chance.millis(20, 300), () -> connect(ear, episode));
        } else {
            world.clock().after(patience(), () -> lost(ear, episode, Silence.GONE));
        }
    }

    private void connect(Ear ear, int episode) {
        Ear back = ear(ear.direction.to(), ear.direction.from());
        boolean answers = !isPaused(ear.direction.from()) && !isPaused(ear.direction.to());
        boolean done = ear.connecting || back.connecting || (ear.reported && back.reported);
        if (ear.episode != episode || !ear.hears || !back.hears || !answers || done) {
            return;
        }
        unreachable(ear, Silence.GONE);
        unreachable(back, Silence.GONE);
        renew(ear);
        renew(back);
        report(ear);
        back.connecting = true;
        int connection = back.connection;
        world.clock().after(chance.millis(1, 20), () -> {
            if (back.connection == connection && back.hears) {
                back.connecting = false;
                report(back);
            }
        });
    }

    /** The detector's patience is at its end. A frozen host notices nothing, and everything when it thaws. */
    private void lost(Ear ear, int episode, Silence why) {
        if (ear.episode == episode && !ear.hears && !world.isFrozen(ear.direction.to())) {
            disconnect(ear, why);
        }
    }

    /** Ends the connection from the side of {@code ear}; the other side learns of it when it can be reached. */
    private void disconnect(Ear ear, Silence why) {
        Ear back = ear(ear.direction.to(), ear.direction.from());
        renew(ear);
        renew(back);
        unreachable(ear, why);
        int connection = back.connection;
        world.clock().after(chance.millis(1, 20), () -> {
            if (back.connection == connection && back.hears) {
                unreachable(back, Silence.GONE);
                reconnect(back);
            }
        });
        reconnect(ear);
    }

    private void reconnect(Ear ear) {
        int episode = ear.episode;
        if (ear.hears) {
            world.clock().after(chance.millis(50, 500), () -> connect(ear, episode));
        }
    }

    private static void renew(Ear ear) {
        ear.connection++;
        ear.connecting = false;
        ear.stalled.clear();
    }

    private void unreachable(Ear ear, Silence why) {
        if (ear.reported) {
            ear.reported = false;
            ear.slow = false;
            world.host(ear.direction.to())
                    .daemon()
                    .ifPresent(daemon -> daemon.deliver(new Event.PeerUnreachable(ear.direction.from(), why)));
        }
    }

    /** A daemon does nothing while its host answers: late at first, then given up. */
    void stalled(NodeId node, boolean stalled) {
        for (NodeId other : world.nodes()) {
            if (other.equals(node)) {
                continue;
            }
            Ear ear = ear(node, other);
            if (!stalled) {
                slow(ear, false);
                reconnect(ear);
                continue;
            }
            int connection = ear.connection;
            world.clock().after(patience(), () -> {
                if (ear.connection == connection && isPaused(node)) {
                    slow(ear, true);
                }
            });
            world.clock().after(Duration.ofSeconds(8).plus(patience()), () -> {
                if (ear.connection == connection && isPaused(node)) {
                    disconnect(ear, Silence.DAEMON_HUNG);
                }
            });
        }
    }

    private boolean isPaused(NodeId node) {
        return world.host(node).daemon().map(Daemon::isPaused).orElse(false);
    }

    private void slow(Ear ear, boolean slow) {
        if (ear.reported && ear.slow != slow) {
            ear.slow = slow;
            world.host(ear.direction.to())
                    .daemon()
                    .ifPresent(daemon -> daemon.deliver(new Event.PeerSlow(ear.direction.from(), slow)));
        }
    }
}
