package org.ringfence.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/** Lines over a channel, with a bound on silence that a blocking channel does not have. For one thread. */
final class LineReader implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final long patienceMs;
    private final ByteBuffer received = ByteBuffer.allocate(64 << 10).flip();

    /** @param patience how long the other side may neither give nor take a byte */
    LineReader(SocketChannel channel, Duration patience) throws IOException {
        this.channel = channel;
        this.patienceMs = patience.toMillis();
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** The other side was silent for too long. */
    static final class SilenceException extends IOException {
        private static final long serialVersionUID = 1;
    }

    void write(byte[] line) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(line.length + 1);
        out.put(line).put((byte) '\n').flip();
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    /** Whether something has been sent to us; for when nothing can be sent any more. */
    boolean hasAnswer() throws IOException {
        if (!received.hasRemaining()) {
            received.clear();
            int count = channel.read(received);
            received.flip();
            return count > 0;
        }
        return true;
    }

    /** The next line without its end; empty when the other side closed. */
    Optional<byte[]> read() throws IOException {
        var line = new ByteArrayOutputStream(1024);
        while (true) {
            int begin = received.position();
            for (int index = begin; index < received.limit(); index++) {
                if (received.get(index) == '\n') {
                    line.write(received.array(), begin, index - begin);
                    received.position(index + 1);
                    return Optional.of(line.toByteArray());
                }
            }
            line.write(received.array(), begin, received.remaining());
            received.clear();
            int count = channel.read(received);
            received.flip();
            if (count < 0) {
                return Optional.empty();
            }
            if (count == 0) {
                await(SelectionKey.OP_READ);
            }
        }
    }

    private void await(int operation) throws IOException {
        key.interestOps(operation);
        long deadline = System.nanoTime() + patienceMs * 1_000_000;
        long leftMs = patienceMs;
        while (selector.select(leftMs) == 0) {
            leftMs = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new SilenceException();
            }
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
