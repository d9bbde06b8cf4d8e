package org.ringfence.network.balance.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Asks a balancer of this host. */
final class ControlClient {
    private ControlClient() {}

    /** What it answered. */
    record Reply(boolean done, String text) {}

    /** @throws IOException when none answers there */
    static Reply ask(Path path, String question) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap((question + "\n").getBytes(UTF_8)));
            var all = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
            while (channel.read(buffer) >= 0) {
                all.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            String[] parts = all.toString(UTF_8).split("\n", 2);
            return new Reply(parts[0].equals("ok"), parts.length > 1 ? parts[1] : "");
        } catch (IOException absent) {
            throw new IOException(
                    "no balancer answers at " + path + " (" + absent.getMessage()
                            + "); is one running, and as whom? --socket names another place",
                    absent);
        }
    }

    static boolean isAnswered(Path path) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException absent) {
            return false;
        }
    }
}
