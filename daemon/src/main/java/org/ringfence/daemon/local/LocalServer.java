package org.ringfence.daemon.local;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ringfence.api.Reply;
import org.ringfence.linux.PeerCredentials;
import org.ringfence.linux.UnixConnection;
import org.ringfence.linux.UserDatabase;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/**
 * Listens on the node's Unix socket, lets those in who may ask, and holds a {@link Conversation} with each. Threads: one that
 * accepts, one for each connection, and virtual ones for the requests.
 */
public final class LocalServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LocalServer.class.getName());
    /** For answers that are ready when the server closes, the one to "shut down" among them. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    /** Those who wait to be accepted wait as long. */
    private static final Duration BUSY = Duration.ofMillis(100);

    private static final Duration REFUSED = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A call of the C library needs little, and a conversation nests little: far below the default of 1 MiB. */
    private static final long STACK_BYTES = 256 << 10;

    private final SocketFile socket;
    private final Admission admission;
    private final RequestHandler handler;
    private final Limits limits;
    private final Map<Thread, UnixConnection> held = new LinkedHashMap<>();
    private final Thread accepting;
    private boolean closed;

    private LocalServer(SocketFile socket, Admission admission, RequestHandler handler, Limits limits) {
        this.socket = socket;
        this.admission = admission;
        this.handler = handler;
        this.limits = limits;
        this.accepting = Thread.ofPlatform().name("local-api").daemon().unstarted(this::accept);
    }

    /**
     * Begins to listen and to answer.
     *
     * @param adminGroup whose members may ask anything, besides root and the user that this process runs as
     * @throws IOException when the group does not exist, somebody listens there already, or the socket cannot be made; one
     *     line for the operator, and nothing has changed
     */
    public static LocalServer open(Path path, Optional<String> adminGroup, RequestHandler handler, Limits limits)
            throws IOException {
        Optional<Admission.Group> group =
                adminGroup.isPresent() ? Optional.of(group(adminGroup.get())) : Optional.empty();
        SocketFile socket = SocketFile.listen(path, group);
        LocalServer server = new LocalServer(socket, new Admission(socket.owner(), group), handler, limits);
        server.accepting.start();
        return server;
    }

    private static Admission.Group group(String name) throws IOException {
        OptionalInt gid = UserDatabase.groupId(name);
        if (gid.isEmpty()) {
            throw new IOException("there is no group " + name + ": make it with 'groupadd --system " + name + "'");
        }
        return new Admission.Group(name, gid.getAsInt());
    }

    private void accept() {
        while (true) {
            try {
                begin(socket.server().accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "a caller could not be let in: " + e.getMessage(), e);
                if (!paused()) {
                    return;
                }
            }
        }
    }

    private void begin(UnixConnection connection) {
        Thread thread = Thread.ofPlatform()
                .name("local-api of process " + connection.peer().pid())
                .daemon()
                .stackSize(STACK_BYTES)
                .unstarted(() -> hold(connection));
        if (hold(thread, connection)) {
            thread.start();
        } else {
            letGo(connection);
        }
    }

    /** Lets what is short for the moment, descriptors for instance, come back; closing ends it. */
    private static boolean paused() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private synchronized boolean hold(Thread thread, UnixConnection connection) {
        if (closed || held.size() >= limits.connections()) {
            return false;
        }
        held.put(thread, connection);
        return true;
    }

    private void letGo(UnixConnection connection) {
        try (connection) {
            Conversation.refuse(
                    connection,
                    new Reply.NotDone(List.of(Problem.error(
                            Place.NONE,
                            "",
                            "this node's daemon is busy with " + limits.connections() + " callers",
                            "end some of them, or try again"))),
                    BUSY);
        } catch (IOException e) {
            gone(connection, e);
        }
    }

    private void hold(UnixConnection connection) {
        try (connection) {
            Caller caller = caller(connection.peer());
            if (admission.admits(connection.peer())) {
                new Conversation(connection, caller, handler, limits).hold();
            } else {
                LOG.log(System.Logger.Level.WARNING, "{0} asked and was refused: it is not an administrator", caller);
                Conversation.refuse(connection, admission.refusal(caller), REFUSED);
            }
        } catch (IOException e) {
            gone(connection, e);
        } catch (InterruptedException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "process {0} is let go: the server closes",
                    connection.peer().pid());
        } finally {
            synchronized (this) {
                held.remove(Thread.currentThread());
                notifyAll();
            }
        }
    }

    private static Caller caller(PeerCredentials peer) throws IOException {
        String user = UserDatabase.userName(peer.uid()).orElse(Integer.toString(peer.uid()));
        return new Caller(user, peer.uid(), peer.gid(), peer.pid());
    }

    private static void gone(UnixConnection connection, IOException e) {
        LOG.log(
                System.Logger.Level.DEBUG,
                "process {0} is gone: {1}",
                connection.peer().pid(),
                e.getMessage());
    }

    /** Stops listening, lets answers that are ready go out, and ends what is left. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        accepting.interrupt();
        socket.close();
        for (UnixConnection each : connections()) {
            each.endInput();
        }
        awaitLastWords();
        List<Map.Entry<Thread, UnixConnection>> rest;
        synchronized (this) {
            rest = List.copyOf(held.entrySet());
        }
        for (Map.Entry<Thread, UnixConnection> each : rest) {
            each.getKey().interrupt();
            each.getValue().close();
        }
    }

    private synchronized List<UnixConnection> connections() {
        return List.copyOf(held.values());
    }

    private synchronized void awaitLastWords() {
        long deadline = System.nanoTime() + LAST_WORDS.toNanos();
        try {
            for (long left = LAST_WORDS.toNanos(); left > 0 && !held.isEmpty(); left = deadline - System.nanoTime()) {
                wait(Math.max(1, left / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
