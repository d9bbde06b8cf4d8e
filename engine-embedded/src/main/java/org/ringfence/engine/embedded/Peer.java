package org.ringfence.engine.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.port.Engine.Silence;
import org.ringfence.model.NodeId;

/**
 * One configured peer: what the two nodes have with each other, and when it ends. Belongs to the pulse's thread, except
 * for {@link #outbox}.
 *
 * <p>Of two nodes the one with the lesser name dials. It does so as soon as it hears the other's heartbeat, which every
 * node sends to every configured peer from its start on; so there is nothing to wait for. The two agree on an association,
 * and the peer is announced once heartbeats of that association have gone both ways. Who gives the other up says so with
 * its next heartbeat, so that both see the same.
 */
final class Peer {
    private static final long CONFIRM_WITHIN = TimeUnit.SECONDS.toNanos(3);

    final NodeId node;
    final long key;

    private final Surroundings around;
    private final Dialler dialler;
    private volatile @Nullable Association association;
    private @Nullable PeerConnection connection;
    private @Nullable Vigil vigil;
    private long began;
    private boolean weHear;
    private boolean theyHear;
    private long heardIncarnation;
    private long heardSequence;
    private long beatSequence;
    private boolean beatSoon = true;
    private long progressed;
    private boolean leaving;
    private Runnable onEnd = () -> {};
    private String sendFailure = "";

    /** One for all rounds: making another costs more than the rest of a look. */
    private final Supplier<Greeting.Hello> greeting = this::hello;

    Peer(NodeId node, Endpoint endpoint, Surroundings around, long now) {
        this.node = node;
        this.key = HeartbeatCodec.key(node);
        this.around = around;
        boolean ours = around.settings().self().compareTo(node) < 0;
        this.dialler = new Dialler(node, endpoint, ours, around, now);
    }

    /** Where messages to it go at present; null when nowhere. For any thread. */
    @Nullable
    Outbox outbox() {
        Association current = association;
        return current == null ? null : current.outbox;
    }

    /** A heartbeat of this peer, whose code was right. */
    void heartbeat(Heartbeat heartbeat, long now) {
        Association current = association;
        if (current == null || heartbeat.incarnation() != current.incarnation) {
            dialler.peerIsThere(now);
            return;
        }
        if (heartbeat.sequence() <= heardSequence) {
            return; // late or repeated, whoever sent it
        }
        heardSequence = heartbeat.sequence();
        if (heartbeat.association() == current.id) {
            beatSoon |= !weHear;
            weHear = true;
            theyHear = heartbeat.hears();
            if (current.outbox.confirm(heartbeat.received())) {
                progressed = now;
            }
            if (vigil != null) {
                vigil.heard(now);
            } else {
                announce(current, now);
            }
        } else if (weHear) {
            end(Silence.GONE, "it has given this node up", now);
        }
    }

    /** The peer has dialled us, and says what it still holds. */
    void hello(PeerConnection from, Greeting.Hello hello, long now) {
        if (leaving) {
            from.closeSoon("this node leaves");
            return;
        }
        Association current = association;
        if (current != null && current.id == hello.association() && current.incarnation == hello.incarnation()) {
            goOn(current, from, hello.received(), true, now);
        } else {
            replace(hello.incarnation(), now);
            begin(newId(), hello.incarnation(), from, true, now);
        }
    }

    /** The peer has answered our call. */
    void welcome(PeerConnection from, Greeting.Welcome welcome, long now) {
        if (!dialler.answered(from) || leaving) {
            from.closeSoon("it is not needed any more");
            return;
        }
        Association current = association;
        if (current != null && current.id == welcome.association() && current.incarnation == welcome.incarnation()) {
            goOn(current, from, welcome.received(), false, now);
        } else {
            replace(welcome.incarnation(), now);
            begin(welcome.association(), welcome.incarnation(), from, false, now);
        }
    }

    /** A connection with this peer was closed. */
    void closed(PeerConnection which, long now) {
        dialler.failed(which, now);
        Association current = association;
        if (which != connection || current == null) {
            return;
        }
        connection = null;
        around.inbox().detach(current);
        around.journal().debug("the connection with " + node + " is lost: " + which.reason());
        if (vigil != null) {
            vigil.disconnected(now);
        } else {
            end(Silence.DAEMON_ENDED, "its connection closed at once", now);
        }
    }

    /** The peer has said its last word. */
    void left(Association which, long now) {
        if (which == association) {
            end(Silence.LEFT, "it said so", now);
        }
    }

    /** The peer does not take its messages. */
    void overflowed(Outbox which, long now) {
        Association current = association;
        if (current != null && current.outbox == which) {
            end(Silence.DAEMON_HUNG, "more is queued for it than the limits allow", now);
        }
    }

    /** We did not run for {@code nanos} until {@code now}. */
    void slept(long nanos, long now) {
        progressed += nanos;
        began += nanos;
        if (vigil != null) {
            vigil.slept(nanos, now);
        }
    }

    /** What there is to do at this time. */
    void look(long now) {
        if (!leaving) {
            dialler.look(now, connection == null, greeting);
        }
        Association current = association;
        if (current == null) {
            return;
        }
        if (leaving && current.outbox.isEmpty()) {
            end(Silence.LEFT, "this node leaves", now);
        } else if (vigil != null) {
            watchOver(vigil, current, now);
        } else if (!announce(current, now) && !(weHear && theyHear) && now - began > CONFIRM_WITHIN) {
            String whose = weHear ? "our heartbeats do not reach it" : "its heartbeats do not arrive";
            around.journal().warn(node + " is connected, but " + whose + ": is UDP blocked on the engine's port?");
            end(Silence.GONE, "no heartbeats", now);
        }
    }

    /** Whether something is under way that should be looked at often. */
    boolean isInQuestion(long now) {
        Association current = association;
        if (current == null || vigil == null) {
            return current != null;
        }
        return leaving || vigil.isInQuestion(now) || current.outbox.isLong();
    }

    /** When the next question will come up by itself, no earlier than {@code now}; {@code latest} at most. */
    long nextLook(long now, long latest) {
        if (vigil == null) {
            return latest;
        }
        long at = vigil.questionAt();
        return at - now > 0 && at - latest < 0 ? at : latest;
    }

    /** Whether a heartbeat should not wait for its turn. */
    boolean wantsBeat() {
        return beatSoon;
    }

    /** A heartbeat to this peer soon: there is something to tell. */
    void beatSoon() {
        beatSoon = true;
    }

    /** Sends a heartbeat. */
    void beat() {
        InetSocketAddress to = dialler.address();
        if (to == null) {
            return;
        }
        beatSoon = false;
        Association current = association;
        Heartbeat heartbeat = new Heartbeat(
                around.key(),
                key,
                around.incarnation(),
                ++beatSequence,
                current == null ? 0 : current.id,
                current == null ? 0 : current.received,
                weHear);
        try {
            around.heartbeats().send(heartbeat, to);
            sendFailure = "";
        } catch (IOException e) {
            String failure = String.valueOf(e.getMessage());
            if (!failure.equals(sendFailure)) {
                sendFailure = failure;
                around.journal().debug("no heartbeat to " + node + ": " + failure);
            }
        }
    }

    /** Says the last word to the peer; {@code done} is called once there is nothing between the two any more. */
    void leave(long now, Runnable done) {
        leaving = true;
        onEnd = done;
        dialler.close();
        Association current = association;
        if (current == null) {
            done.run();
        } else if (vigil == null) {
            end(Silence.LEFT, "this node leaves", now);
        } else {
            current.outbox.leave();
        }
    }

    /** Ends without a word. */
    void close() {
        leaving = true;
        dialler.close();
        Association current = association;
        if (current != null) {
            current.outbox.close();
        }
        if (vigil != null) {
            vigil.end();
        }
    }

    private Greeting.Hello hello() {
        Association current = association;
        return new Greeting.Hello(
                Greeting.PROTOCOL,
                around.settings().cluster(),
                around.settings().self().name(),
                node.name(),
                around.incarnation(),
                current == null ? 0 : current.id,
                current == null ? 0 : around.inbox().detach(current));
    }

    private long newId() {
        long id = 0;
        while (id == 0) {
            id = around.random().nextLong();
        }
        return id;
    }

    /** Whatever there was has ended, since the peer does not hold it any more. */
    private void replace(long incarnation, long now) {
        Association current = association;
        if (current != null && current.incarnation != incarnation) {
            end(Silence.DAEMON_ENDED, "another process of it is there", now);
        } else {
            end(Silence.GONE, "it has given this node up", now);
        }
    }

    private void begin(long id, long incarnation, PeerConnection with, boolean answer, long now) {
        Association fresh =
                new Association(id, node, incarnation, around.settings().limits(), now);
        association = fresh;
        began = now;
        weHear = false;
        theyHear = false;
        if (heardIncarnation != incarnation) {
            heardIncarnation = incarnation;
            heardSequence = 0;
        }
        use(fresh, with, 0, answer, now);
    }

    private void goOn(Association current, PeerConnection with, long received, boolean answer, long now) {
        PeerConnection before = connection;
        use(current, with, received, answer, now);
        if (before != null) {
            before.closeSoon("another connection took over");
        }
        if (vigil != null && connection == with) {
            vigil.connected(now);
        }
    }

    private void use(Association current, PeerConnection with, long theyReceived, boolean answer, long now) {
        connection = with;
        progressed = now;
        beatSoon = true;
        long weReceived = around.inbox().attach(current, with);
        if (!current.outbox.handOver(with, theyReceived)) {
            end(Silence.GONE, "it claims messages that were never sent", now);
            return;
        }
        try {
            with.belongsTo(current);
        } catch (SocketException e) {
            with.fail(e);
            return;
        }
        Greeting.Welcome welcome = new Greeting.Welcome(around.incarnation(), current.id, weReceived);
        with.startWriting(current, answer ? welcome : null);
    }

    private boolean announce(Association current, long now) {
        if (!weHear
                || !theyHear
                || connection == null
                || leaving
                || !around.inbox().announce(current)) {
            return false;
        }
        long probeTimeout = around.settings().timings().probeTimeout().toNanos();
        vigil = new Vigil(around.patience(), probeTimeout, observer(current), now);
        around.journal().info(node + " is reachable");
        return true;
    }

    private Vigil.Observer observer(Association current) {
        return new Vigil.Observer() {
            @Override
            public void slow(boolean slow, String evidence) {
                around.inbox().slow(current, slow);
                around.journal().info(node + (slow ? " is slow: " : " is not slow any more: ") + evidence);
            }

            @Override
            public void judged(Silence why, String evidence, long now) {
                end(why, evidence, now);
            }
        };
    }

    private void watchOver(Vigil over, Association current, long now) {
        // Never ahead of this round's time.
        over.heard(now - current.lastFrame > 0 ? current.lastFrame : now);
        over.look(dialler.address(), now);
        if (connection == null || current.outbox.isEmpty() || over.isSilent(now)) {
            progressed = now;
        } else if (now - progressed > around.patience().hungAfter() / 2) {
            // A connection can be dead although heartbeats, which go another way, arrive. Nothing is lost by another.
            connection.closeSoon("it takes no messages");
            progressed = now;
        }
    }

    private void end(Silence why, String evidence, long now) {
        Association current = association;
        if (current == null) {
            return;
        }
        if (vigil != null && !leaving) {
            around.journal().info(node + " is unreachable, " + why + ": " + evidence);
        }
        association = null;
        weHear = false;
        beatSoon = true;
        current.outbox.close();
        around.inbox().end(current, why);
        if (connection != null) {
            connection.closeSoon("given up");
            connection = null;
        }
        if (vigil != null) {
            vigil.end();
            vigil = null;
        }
        dialler.rest(now);
        onEnd.run();
    }
}
