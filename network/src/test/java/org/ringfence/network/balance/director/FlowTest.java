package org.ringfence.network.balance.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over the loopback interface, whose sockets take everything at once. */
@Timeout(60)
class FlowTest {
    private static final int ROOM = 1 << 20;
    private static final InetSocketAddress HOST = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    /** Two ends of one connection. */
    private record Ends(SocketChannel one, SocketChannel other) implements AutoCloseable {
        static Ends open() throws IOException {
            try (ServerSocketChannel listener = ServerSocketChannel.open()) {
                listener.setOption(StandardSocketOptions.SO_RCVBUF, ROOM);
                listener.bind(HOST);
                SocketChannel one = SocketChannel.open();
                one.setOption(StandardSocketOptions.SO_SNDBUF, ROOM);
                one.connect(listener.getLocalAddress());
                return new Ends(one, listener.accept());
            }
        }

        @Override
        public void close() throws IOException {
            one.close();
            other.close();
        }
    }

    /** However much goes before it: what waits for nothing is never looked at again. */
    @Test
    void theEndIsPassedOnWhateverGoesBeforeIt() throws Exception {
        for (int buffers = 0; buffers <= 9; buffers++) {
            for (int more : new int[] {0, 1}) {
                passes(buffers * Buffers.BYTES + more);
            }
        }
    }

    private static void passes(int size) throws Exception {
        try (Ends giver = Ends.open();
                Ends taker = Ends.open()) {
            giver.one().write(ByteBuffer.allocate(size));
            giver.one().shutdownOutput();
            giver.other().configureBlocking(false);
            taker.one().configureBlocking(false);
            var bytes = new LongAdder();
            Flow flow = new Flow(giver.other(), taker.one(), new Buffers(2), bytes, ByteBuffer.allocate(0));
            while (!flow.isOver()) {
                flow.move();
                assertThat(flow.isOver() || flow.wantsToRead() || flow.wantsToWrite())
                        .as("waits for something after %s of %s bytes", bytes, size)
                        .isTrue();
            }
            assertThat(bytes.sum()).isEqualTo(size);
            long arrived = 0;
            ByteBuffer buffer = ByteBuffer.allocate(Buffers.BYTES);
            for (int count = taker.other().read(buffer);
                    count >= 0;
                    count = taker.other().read(buffer.clear())) {
                arrived += count;
            }
            assertThat(arrived).isEqualTo(size);
        }
    }
}
