package org.ringfence.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With an address of the loopback network that nobody else uses. The JDK's sockets are those of IPv6 that talk IPv4. */
class TcpConnectionsTest {
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("127.113.7.1");

    @Test
    void establishedConnectionsAreFoundByTheirLocalAddress() throws IOException {
        try (ServerSocket server = new ServerSocket();
                TcpConnections connections = TcpConnections.open()) {
            server.bind(new InetSocketAddress(ADDRESS, 0));
            assertThat(connections.established(ADDRESS, 10)).isEmpty();
            try (Socket client = connected(server);
                    Socket _ = server.accept();
                    Socket _ = connected(server);
                    Socket _ = server.accept()) {
                List<byte[]> found = connections.established(ADDRESS, 10);
                byte[] expected = ByteBuffer.allocate(8)
                        .put(client.getLocalAddress().getAddress())
                        .putShort((short) client.getLocalPort())
                        .putShort((short) server.getLocalPort())
                        .array();
                assertThat(found).hasSize(2).contains(expected);
                assertThat(connections.established(ADDRESS, 1)).hasSize(1);
                assertThat(connections.established(InetAddress.ofLiteral("127.113.7.2"), 10))
                        .isEmpty();
            }
        }
    }

    @Test
    void whoIsAtTheOtherEndOfAnEndedConnectionHearsAtOnce() throws IOException {
        try (ServerSocket server = new ServerSocket();
                TcpConnections connections = TcpConnections.open()) {
            server.bind(new InetSocketAddress(ADDRESS, 0));
            try (Socket client = connected(server);
                    Socket _ = server.accept()) {
                client.setSoTimeout(5_000);
                assertThat(end(connections)).isEqualTo(1);
                assertThatExceptionOfType(SocketException.class)
                        .isThrownBy(() -> client.getInputStream().read())
                        .withMessageContaining("reset");
                assertThat(connections.established(ADDRESS, 10)).isEmpty();
            }
        }
    }

    private static int end(TcpConnections connections) throws IOException {
        try {
            return connections.end(ADDRESS);
        } catch (ErrnoException refused) {
            assertThat(refused.errno()).isIn(Errno.EPERM, Errno.EOPNOTSUPP);
            abort("this host does not allow it: " + refused.getMessage());
            throw refused;
        }
    }

    /** From an address of its own, so that only the server's ends are found by the other. */
    private static Socket connected(ServerSocket server) throws IOException {
        Socket client = new Socket();
        client.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        client.connect(server.getLocalSocketAddress(), 5_000);
        return client;
    }
}
