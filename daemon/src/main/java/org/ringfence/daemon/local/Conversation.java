package org.ringfence.daemon.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ringfence.api.Lines;
import org.ringfence.api.Protocol;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.json.MalformedJsonException;
import org.ringfence.linux.UnixConnection;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/**
 * One connection: request after request, each answered before the next is read. The connection's own platform thread reads and
 * writes, as those wait in the kernel; the handler works on a virtual thread and gives its lines through a short queue.
 */
final class Conversation {
    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());
    private static final byte[] STILL_WORKING = {'\n'};
    private static final int LINES_MAX = 16;

    private final UnixConnection connection;
    private final Caller caller;
    private final RequestHandler handler;
    private final Limits limits;
    private final byte[] buffer = new byte[16 << 10];
    private int next;
    private int end;

    Conversation(UnixConnection connection, Caller caller, RequestHandler handler, Limits limits) {
        this.connection = connection;
        this.caller = caller;
        this.handler = handler;
        this.limits = limits;
    }

    private record Said(Reply reply, boolean last) {}

    /** A request has more bytes than one may have. */
    private static final class TooLongException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /**
     * Until the caller closes the connection or is silent for too long.
     *
     * @throws IOException when the caller has gone
     * @throws InterruptedException when the server closes
     */
    void hold() throws IOException, InterruptedException {
        connection.readTimeout(limits.idle());
        connection.writeTimeout(limits.slow());
        try {
            for (Optional<byte[]> line = read(); line.isPresent(); line = read()) {
                answer(line.get());
            }
        } catch (SocketTimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} was silent and is let go", caller);
        } catch (TooLongException e) {
            refuse(
                    connection,
                    unusable("the request has more than " + limits.requestBytes() + " bytes", "make it smaller"),
                    limits.slow());
        }
    }

    private void answer(byte[] line) throws IOException, InterruptedException {
        Request request;
        try {
            request = Lines.readRequest(line);
        } catch (MalformedJsonException e) {
            write(connection, unusable("the request cannot be read: " + e.getMessage(), ""), true);
            return;
        }
        BlockingQueue<Said> sayings = new ArrayBlockingQueue<>(LINES_MAX);
        Thread working = Thread.ofVirtual().name("request of " + caller).start(() -> work(request, sayings));
        try {
            pass(sayings);
        } finally {
            // Ended already, unless the caller has gone or the server closes.
            working.interrupt();
        }
    }

    private void pass(BlockingQueue<Said> sayings) throws IOException, InterruptedException {
        while (true) {
            Said said = sayings.poll(Protocol.STILL_WORKING_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            if (said == null) {
                connection.write(STILL_WORKING);
                continue;
            }
            write(connection, said.reply, said.last);
            if (said.last) {
                return;
            }
        }
    }

    private void work(Request request, BlockingQueue<Said> sayings) {
        try {
            sayings.put(new Said(outcome(request, sayings), true));
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} is gone before its request was answered", caller);
        }
    }

    private Reply.Outcome outcome(Request request, BlockingQueue<Said> sayings) throws InterruptedException {
        try {
            return handler.handle(caller, request, reply -> sayings.put(new Said(reply, false)));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the request of " + caller + " failed: " + request, e);
            return new Reply.NotDone(List.of(Problem.error(
                    Place.NONE, "", "the daemon failed over the request: " + e, "look into its log, and report it")));
        }
    }

    /** @return empty when the caller will ask no more */
    private Optional<byte[]> read() throws IOException, TooLongException {
        var line = new ByteArrayOutputStream();
        while (true) {
            for (int index = next; index < end; index++) {
                if (buffer[index] == '\n') {
                    line.write(buffer, next, index - next);
                    next = index + 1;
                    return Optional.of(line.toByteArray());
                }
            }
            line.write(buffer, next, end - next);
            if (line.size() > limits.requestBytes()) {
                throw new TooLongException();
            }
            next = 0;
            end = Math.max(connection.read(buffer), 0);
            if (end == 0) {
                return Optional.empty();
            }
        }
    }

    private static Reply.Outcome unusable(String text, String remedy) {
        return new Reply.Unusable(List.of(Problem.error(Place.NONE, "", text, remedy)));
    }

    /**
     * Says one thing and no more. What the caller has sent is read and thrown away for a while: closing over bytes that were not
     * read resets the connection, and the caller might not see what was said.
     */
    static void refuse(UnixConnection connection, Reply.Outcome outcome, Duration patience) throws IOException {
        connection.writeTimeout(patience);
        write(connection, outcome, true);
        connection.endOutput();
        byte[] thrownAway = new byte[16 << 10];
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            connection.readTimeout(Duration.ofNanos(Math.max(left, 1_000_000)));
            if (connection.read(thrownAway) < 0) {
                return;
            }
        }
    }

    private static void write(UnixConnection connection, Reply reply, boolean last) throws IOException {
        byte[] line = Lines.write(reply, last);
        byte[] ended = Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        connection.write(ended);
    }
}
