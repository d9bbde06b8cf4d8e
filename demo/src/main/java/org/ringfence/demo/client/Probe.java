package org.ringfence.demo.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.ringfence.demo.host.Network;

/**
 * Opens a new connection at fixed times, whether or not the ones before it are answered, and reads one line, the name of the
 * node that answers. So the moment at which the service is back is known to within one interval and one connection. Keeps
 * the latest attempts only.
 */
public final class Probe implements AutoCloseable {
    private static final int KEPT = 200_000;

    private final Network network;
    private final List<InetSocketAddress> addresses;
    private final Duration interval;
    private final Duration patience;
    private final Deque<Attempt> attempts = new ArrayDeque<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile Optional<IOException> failure = Optional.empty();

    /**
     * Begins to ask.
     *
     * @param network   from where
     * @param addresses where the service may be; all are asked each time, and at most one should answer
     * @param patience  after which an attempt without an answer is given up
     */
    public Probe(Network network, List<InetSocketAddress> addresses, Duration interval, Duration patience) {
        this.network = network;
        this.addresses = List.copyOf(addresses);
        this.interval = interval;
        this.patience = patience;
        this.thread = Thread.ofPlatform().daemon().name("client").start(this::run);
    }

    /** Every attempt that ended and that began at or after {@code from}, in the order in which they ended. */
    public List<Attempt> since(Instant from) {
        synchronized (attempts) {
            List<Attempt> found = new ArrayList<>();
            for (var latest = attempts.descendingIterator(); latest.hasNext(); ) {
                Attempt attempt = latest.next();
                if (attempt.ended().isBefore(from)) {
                    break;
                }
                if (!attempt.began().isBefore(from)) {
                    found.addFirst(attempt);
                }
            }
            return List.copyOf(found);
        }
    }

    /** The latest attempt that was answered. */
    public Optional<Attempt> lastAnswer() {
        synchronized (attempts) {
            for (var latest = attempts.descendingIterator(); latest.hasNext(); ) {
                Attempt attempt = latest.next();
                if (attempt.answered()) {
                    return Optional.of(attempt);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Waits for an answer to an attempt that began at or after {@code from}.
     *
     * @return the first that ended and that {@code wanted} accepts; empty when none came in time
     */
    public Optional<Attempt> await(Instant from, Predicate<Attempt> wanted, Duration timeout)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<Attempt> found = since(from).stream()
                    .filter(Attempt::answered)
                    .filter(wanted)
                    .findFirst();
            if (found.isPresent() || System.nanoTime() > end) {
                return found;
            }
            if (failure.isPresent()) {
                throw failure.get();
            }
            Thread.sleep(5);
        }
    }

    private static final class Pending {
        private final Instant began = Instant.now();
        private final long deadline;
        private final ByteBuffer line = ByteBuffer.allocate(128);

        Pending(Duration patience) {
            this.deadline = System.nanoTime() + patience.toNanos();
        }
    }

    private void run() {
        try (Selector selector = Selector.open()) {
            network.enter();
            long next = System.nanoTime();
            while (!closed) {
                long now = System.nanoTime();
                if (now - next >= 0) {
                    for (InetSocketAddress address : addresses) {
                        connect(selector, address);
                    }
                    next = Math.max(next + interval.toNanos(), now);
                    giveUp(selector, now);
                }
                selector.select(this::progress, Math.max(1, (next - System.nanoTime()) / 1_000_000));
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException broken) {
            failure = Optional.of(broken);
        }
    }

    private void connect(Selector selector, InetSocketAddress address) throws IOException {
        var pending = new Pending(patience);
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            boolean connected = channel.connect(address);
            channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, pending);
        } catch (IOException refused) {
            channel.close();
            record(pending, "", String.valueOf(refused.getMessage()));
        }
    }

    private void progress(SelectionKey key) {
        if (!(key.attachment() instanceof Pending pending) || !(key.channel() instanceof SocketChannel channel)) {
            return;
        }
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                return;
            }
            int count = channel.read(pending.line);
            String line = StandardCharsets.UTF_8
                    .decode(pending.line.duplicate().flip())
                    .toString();
            if (count < 0 || line.endsWith("\n") || !pending.line.hasRemaining()) {
                channel.close();
                record(pending, line.strip(), line.isBlank() ? "closed without a word" : "");
            }
        } catch (IOException refused) {
            finish(channel, pending, String.valueOf(refused.getMessage()));
        }
    }

    private void giveUp(Selector selector, long now) {
        for (SelectionKey key : List.copyOf(selector.keys())) {
            if (key.isValid()
                    && key.attachment() instanceof Pending pending
                    && key.channel() instanceof SocketChannel channel
                    && now - pending.deadline > 0) {
                finish(channel, pending, "no answer");
            }
        }
    }

    private void finish(SocketChannel channel, Pending pending, String reason) {
        try {
            channel.close();
        } catch (IOException unclosed) {
            failure = Optional.of(unclosed);
        }
        record(pending, "", reason);
    }

    private void record(Pending pending, String answer, String reason) {
        synchronized (attempts) {
            attempts.addLast(new Attempt(pending.began, Instant.now(), answer, reason));
            if (attempts.size() > KEPT) {
                attempts.removeFirst();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
