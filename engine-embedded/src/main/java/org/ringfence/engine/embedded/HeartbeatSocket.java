package org.ringfence.engine.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.port.Engine.EngineException;

/** The UDP socket for heartbeats; never waits. Used by one thread. */
final class HeartbeatSocket implements AutoCloseable {
    /** Read at one go at most, so that a flood cannot hold up our own heartbeats. */
    private static final int DRAIN_MAX = 2_048;

    private final DatagramChannel channel;
    private final HeartbeatCodec codec;
    private final long self;
    private final ByteBuffer incoming = ByteBuffer.allocate(2 * HeartbeatCodec.BYTES);
    private final ByteBuffer outgoing = ByteBuffer.allocate(HeartbeatCodec.BYTES);

    private HeartbeatSocket(DatagramChannel channel, SecretKey key, long self) {
        this.channel = channel;
        this.codec = new HeartbeatCodec(key);
        this.self = self;
    }

    /** @param self the key of this node: what is meant for others is not read */
    static HeartbeatSocket open(Endpoint listen, SecretKey key, long self) throws EngineException {
        try {
            DatagramChannel channel = DatagramChannel.open();
            try {
                channel.configureBlocking(false);
                channel.bind(listen.resolve());
                return new HeartbeatSocket(channel, key, self);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw cannotListen(listen, e);
        }
    }

    static EngineException cannotListen(Endpoint listen, IOException why) {
        return new EngineException(
                "cannot listen on UDP " + listen + ": "
                        + (why instanceof BindException
                                ? "the port is in use, or the address is not this host's"
                                : why.getMessage()),
                why);
    }

    /** Gives everything that waits to {@code heard}. */
    void drain(Consumer<Heartbeat> heard) throws IOException {
        for (int i = 0; i < DRAIN_MAX; i++) {
            incoming.clear();
            if (channel.receive(incoming) == null) {
                return;
            }
            incoming.flip();
            @Nullable Heartbeat heartbeat = codec.read(incoming, self);
            if (heartbeat != null) {
                heard.accept(heartbeat);
            }
        }
    }

    /** @throws IOException when the kernel refuses: no route, a firewall, no memory; the peer will miss it */
    void send(Heartbeat heartbeat, InetSocketAddress to) throws IOException {
        codec.write(heartbeat, outgoing);
        channel.send(outgoing, to);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
