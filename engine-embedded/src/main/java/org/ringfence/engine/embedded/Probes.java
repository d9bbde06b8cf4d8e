package org.ringfence.engine.embedded;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * TCP handshakes with one peer's port, to learn whether its kernel lives. Never waits. Used by one thread.
 *
 * <p>A probe counts as unanswered after its time, but is kept for a while: a late answer is an answer.
 */
final class Probes {
    /**
     * Less than the shortest time after which a kernel gives up connecting: the JDK does not tell that apart from being
     * refused.
     */
    private static final long KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    /** What a probe brought to light. */
    enum Outcome {
        ANSWERED,
        REFUSED,
        UNANSWERED
    }

    private static final class Probe {
        final SocketChannel channel;
        final long began;
        boolean counted;

        Probe(SocketChannel channel, long began) {
            this.channel = channel;
            this.began = began;
        }
    }

    private final long timeout;
    private final Deque<Probe> probes = new ArrayDeque<>();

    /** @param timeout nanoseconds */
    Probes(long timeout) {
        this.timeout = timeout;
    }

    /** Begins one. What goes wrong at once is said to {@code found}. */
    void begin(InetSocketAddress peer, long now, Consumer<Outcome> found) {
        try {
            SocketChannel channel = SocketChannel.open();
            Probe probe = new Probe(channel, now);
            probes.addLast(probe); // bounded, since each is forgotten after its time
            channel.configureBlocking(false);
            // Closing such a socket leaves nothing behind, on neither side.
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.connect(peer);
        } catch (IOException e) {
            // No route, no file descriptor: nothing was learnt about the peer, and it counts as unanswered.
            found.accept(e instanceof ConnectException ? Outcome.REFUSED : Outcome.UNANSWERED);
        }
    }

    boolean areUnderWay() {
        return !probes.isEmpty();
    }

    /** Tells {@code found} what came since the last look. */
    void look(long now, Consumer<Outcome> found) {
        for (Iterator<Probe> each = probes.iterator(); each.hasNext(); ) {
            Probe probe = each.next();
            if (tell(probe, now, found)) {
                each.remove();
            }
        }
    }

    private boolean tell(Probe probe, long now, Consumer<Outcome> found) {
        @Nullable Outcome outcome = outcome(probe);
        if (outcome == null) {
            if (!probe.counted && now - probe.began >= timeout) {
                probe.counted = true;
                found.accept(Outcome.UNANSWERED);
            }
            if (now - probe.began < KEPT_NANOS) {
                return false;
            }
            close(probe);
            return true;
        }
        close(probe);
        if (outcome != Outcome.UNANSWERED || !probe.counted) {
            found.accept(outcome);
        }
        return true;
    }

    private static @Nullable Outcome outcome(Probe probe) {
        try {
            if (!probe.channel.finishConnect()) {
                return null;
            }
            // On the loopback a socket can connect to itself when nobody listens.
            boolean itself = probe.channel.getLocalAddress().equals(probe.channel.getRemoteAddress());
            return itself ? Outcome.REFUSED : Outcome.ANSWERED;
        } catch (ConnectException e) {
            return Outcome.REFUSED;
        } catch (IOException e) {
            // No route, or reset right after the handshake: the next probe will tell.
            return Outcome.UNANSWERED;
        }
    }

    void close() {
        probes.forEach(Probes::close);
        probes.clear();
    }

    private static void close(Probe probe) {
        try {
            probe.channel.close();
        } catch (IOException e) {
            // Closing is all that was wanted.
        }
    }
}
