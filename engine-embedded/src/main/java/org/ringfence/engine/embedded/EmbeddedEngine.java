package org.ringfence.engine.embedded;

import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.net.ServerSocket;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.port.Engine;
import org.ringfence.engine.embedded.detector.Patience;
import org.ringfence.model.NodeId;

/**
 * The engine for nodes that bring nothing of their own: JGroups for connections, our own detector. See
 * {@code docs/adr/0004-embedded-engine.md} for what is whose and why.
 *
 * <p>It gives more than {@link Engine} asks for: while a peer is reachable none of its messages is lost, also when a
 * connection breaks in between.
 */
public final class EmbeddedEngine implements Engine {
    /** For the peers to confirm our last word. */
    private static final long LEAVE_MILLIS = 1_000;

    private static final long STOP_MILLIS = 1_000;

    private final EngineSettings settings;
    private final Runnable onPulseThread;
    private final UncaughtExceptionHandler broken;
    private final Journal journal;
    private volatile @Nullable Running running;
    private boolean used;

    /** What there is between start and close; {@code peers} is complete and does not change. */
    private record Running(
            Map<NodeId, Peer> peers, Inbox inbox, Pulse pulse, ClusterServer server, HeartbeatSocket heartbeats) {}

    /** How a cluster's connections and heartbeats are secured; {@code tls} is null for plain TCP. */
    private record Keys(@Nullable SSLContext tls, SecretKey heartbeat) {}

    public EmbeddedEngine(EngineSettings settings) {
        this(settings, () -> {}, (thread, failure) -> thread.getThreadGroup().uncaughtException(thread, failure));
    }

    /**
     * @param onPulseThread runs once on the thread that sends heartbeats and watches the peers, before it begins: the
     *                      place to raise that thread's scheduling class
     * @param broken        is told, on the thread itself, when the pulse has failed or the listener has thrown something:
     *                      a peer has been missed then, or a message, and nobody else will say so
     */
    public EmbeddedEngine(EngineSettings settings, Runnable onPulseThread, UncaughtExceptionHandler broken) {
        this.settings = settings;
        this.onPulseThread = onPulseThread;
        this.broken = broken;
        this.journal = new Journal(settings.self());
    }

    /**
     * Finds out what {@link #start} would refuse now, its key and its ports, and leaves everything as it is.
     *
     * @throws EngineException one line for the operator
     */
    public void mustBeAbleToStart() throws EngineException {
        keys();
        Endpoint listen = settings.listen();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(listen.resolve());
        } catch (IOException e) {
            throw ClusterServer.cannotListen(listen, e);
        }
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(listen.resolve());
        } catch (IOException e) {
            throw HeartbeatSocket.cannotListen(listen, e);
        }
    }

    @Override
    public synchronized void start(Listener listener) throws EngineException {
        if (used) {
            throw new IllegalStateException("an engine is started once");
        }
        Keys keys = keys();
        if (keys.tls() == null) {
            journal.warn("connections are neither secret nor proven: the settings ask for plain TCP");
        }
        Timings timings = settings.timings();
        Limits limits = settings.limits();
        String name = settings.self().name();
        Map<NodeId, Peer> peers = new LinkedHashMap<>();
        Inbox inbox = new Inbox(name, listener, limits.queuedBytes(), broken);
        Pulse pulse = new Pulse(name, journal, timings.heartbeat().toNanos(), onPulseThread, broken);
        ClusterServer server = ClusterServer.open(
                settings.listen(),
                keys.tls(),
                limits.messageBytes(),
                new Switchboard(settings, peers, inbox, pulse, journal));
        HeartbeatSocket heartbeats;
        try {
            heartbeats = HeartbeatSocket.open(settings.listen(), keys.heartbeat(), HeartbeatCodec.key(settings.self()));
        } catch (EngineException e) {
            server.release();
            throw e;
        }
        used = true;
        Surroundings around = surroundings(inbox, server, heartbeats, pulse);
        long now = System.nanoTime();
        settings.peers().forEach((node, endpoint) -> peers.put(node, new Peer(node, endpoint, around, now)));
        running = new Running(peers, inbox, pulse, server, heartbeats);
        inbox.start();
        pulse.start(peers.values(), heartbeats, server);
        server.accept();
    }

    private Keys keys() throws EngineException {
        return switch (settings.security()) {
            case Security.Tls secured -> {
                ClusterKey key = ClusterKey.load(secured.keyStore(), secured.password());
                yield new Keys(key.tls(), key.heartbeatKey(settings.cluster()));
            }
            case Security.Plain plain -> new Keys(null, ClusterKey.openHeartbeatKey(settings.cluster()));
        };
    }

    private Surroundings surroundings(Inbox inbox, ClusterServer server, HeartbeatSocket heartbeats, Pulse pulse) {
        Timings timings = settings.timings();
        Patience patience = Patience.of(
                timings.questionAfter(),
                timings.probeInterval(),
                timings.deadAfter(),
                timings.hungAfter(),
                Timings.PROBES);
        SecureRandom random = new SecureRandom();
        return new Surroundings(
                settings,
                patience,
                HeartbeatCodec.key(settings.self()),
                random.nextLong(1, Long.MAX_VALUE),
                random,
                inbox,
                server,
                heartbeats,
                journal,
                pulse::execute);
    }

    /** @param payload at most {@link Limits#messageBytes} long, and not to be changed afterwards */
    @Override
    public void send(NodeId to, byte[] payload) {
        if (payload.length > settings.limits().messageBytes()) {
            throw new IllegalArgumentException("a message of " + payload.length + " bytes is longer than "
                    + settings.limits().messageBytes());
        }
        Running now = running;
        Peer peer = now == null ? null : now.peers().get(to);
        Outbox outbox = peer == null ? null : peer.outbox();
        if (now == null || peer == null || outbox == null) {
            return;
        }
        if (outbox.offer(payload) == Outbox.Offer.OVERFLOWED) {
            now.pulse().execute(time -> peer.overflowed(outbox, time));
        }
    }

    @Override
    public synchronized void close(boolean leaving) {
        Running old = running;
        running = null;
        if (old == null) {
            return;
        }
        try {
            old.inbox().close(STOP_MILLIS);
            if (leaving) {
                leave(old);
            }
            old.pulse().stop(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            old.server().release();
            try {
                old.heartbeats().close();
            } catch (IOException e) {
                journal.debug("closing the heartbeat socket: " + e.getMessage());
            }
        }
    }

    private void leave(Running old) throws InterruptedException {
        CountDownLatch alone = new CountDownLatch(old.peers().size());
        old.pulse().execute(now -> old.peers().values().forEach(peer -> peer.leave(now, alone::countDown)));
        // Who does not confirm in time will find out that the daemon has ended.
        if (!alone.await(LEAVE_MILLIS, TimeUnit.MILLISECONDS)) {
            journal.info("left without the confirmation of " + alone.getCount() + " peers");
        }
    }
}
