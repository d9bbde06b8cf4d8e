package org.ringfence.api;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.ringfence.api.json.MalformedJsonException;

/**
 * One connection to a node's daemon. Blocking, for one thread; requests follow each other on it.
 *
 * <p>It loads little, so that a command starts fast: no data binding, no threads.
 */
public final class Client implements AutoCloseable {
    /** Longer than a daemon that works is ever silent: it says every two seconds that it does. */
    private static final Duration PATIENCE = Duration.ofMillis(5 * Protocol.STILL_WORKING_EVERY.toMillis());

    private final Path socket;
    private final SocketChannel channel;
    private final LineReader lines;

    private Client(Path socket, SocketChannel channel) throws IOException {
        this.socket = socket;
        this.channel = channel;
        this.lines = new LineReader(channel, PATIENCE);
    }

    /** @throws DaemonUnavailableException when nobody listens there, or the caller may not go in */
    public static Client connect(Path socket) throws DaemonUnavailableException {
        try {
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            try {
                return new Client(socket, channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DaemonUnavailableException(whyNot(socket, e), e);
        }
    }

    /** Asks, and gives the answer. What comes before it is passed over. */
    public Reply.Outcome call(Request request) throws DaemonUnavailableException {
        return call(request, _ -> {});
    }

    /**
     * Asks, and gives the last answer; {@code before} is given what comes before it, as it comes.
     *
     * @throws DaemonUnavailableException when the connection ends or falls silent before that. A change that was asked for
     *     may then have been made, or not. The connection cannot be used any more.
     */
    public Reply.Outcome call(Request request, Consumer<Reply> before) throws DaemonUnavailableException {
        try {
            send(Lines.write(request));
            while (true) {
                Optional<byte[]> line = lines.read();
                if (line.isEmpty()) {
                    throw new DaemonUnavailableException("the daemon at " + socket
                            + " closed the connection before it had answered" + doubt(request));
                }
                if (line.get().length == 0) {
                    continue;
                }
                Lines.ReplyLine reply = Lines.readReply(line.get());
                if (!reply.last()) {
                    before.accept(reply.reply());
                } else if (reply.reply() instanceof Reply.Outcome outcome) {
                    return outcome;
                } else {
                    throw new DaemonUnavailableException("the daemon at " + socket + " ended without an outcome");
                }
            }
        } catch (LineReader.SilenceException e) {
            throw new DaemonUnavailableException(
                    "the daemon at " + socket + " has said nothing for " + PATIENCE.toSeconds() + " s" + doubt(request),
                    e);
        } catch (IOException e) {
            throw new DaemonUnavailableException(
                    "the connection to the daemon at " + socket + " broke: " + e.getMessage() + doubt(request), e);
        } catch (MalformedJsonException e) {
            throw new DaemonUnavailableException("the daemon at " + socket + " answered with " + e.getMessage(), e);
        }
    }

    /** A daemon that lets nobody in, or finds a request too long, answers without having read it all. */
    private void send(byte[] line) throws IOException {
        try {
            lines.write(line);
        } catch (LineReader.SilenceException e) {
            throw e;
        } catch (IOException e) {
            if (!lines.hasAnswer()) {
                throw e;
            }
        }
    }

    private static String doubt(Request request) {
        return request.changes() ? "; what was asked may have been done: see 'ringfence history'" : "";
    }

    private static String whyNot(Path socket, IOException e) {
        if (!Files.exists(socket)) {
            Path folder = socket.toAbsolutePath().getParent();
            if (folder != null && Files.exists(folder) && !Files.isExecutable(folder)) {
                return "you may not look into " + folder
                        + ": run the command as root or as a member of the admin group";
            }
            return "no Ringfence daemon listens at " + socket
                    + ": start it with 'systemctl start ringfence' or 'ringfence node run', or name its socket with"
                    + " --socket";
        }
        if (!Files.isWritable(socket) || e instanceof AccessDeniedException) {
            return "you may not use " + socket + ": run the command as root or as a member of the socket's group";
        }
        return "no Ringfence daemon answers at " + socket + " (" + e.getMessage()
                + "): start it with 'systemctl start ringfence' or 'ringfence node run'";
    }

    @Override
    public void close() {
        try {
            lines.close();
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close the connection to " + socket, e);
        }
    }
}
