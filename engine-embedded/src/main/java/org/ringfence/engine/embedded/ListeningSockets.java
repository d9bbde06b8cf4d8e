package org.ringfence.engine.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Listening sockets with a long backlog, and TLS on what they accept. While a daemon is stopped, nobody accepts, but its
 * kernel goes on to answer its peers' probes; with the usual backlog of 50 it would soon fall silent.
 */
final class ListeningSockets extends ServerSocketFactory {
    /** The kernel lowers it to net.core.somaxconn, 4096 unless changed. */
    private static final int BACKLOG = 4_096;

    /** When accepting fails (no file descriptors left, say), it is not tried again at full speed. */
    private static final int REST_MILLIS = 50;

    private final @Nullable SSLSocketFactory tls;

    /** @param tls null for plain sockets */
    ListeningSockets(@Nullable SSLSocketFactory tls) {
        this.tls = tls;
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Listening();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, BACKLOG, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address) throws IOException {
        ServerSocket socket = createServerSocket();
        socket.bind(new java.net.InetSocketAddress(address, port), backlog);
        return socket;
    }

    private final class Listening extends ServerSocket {
        Listening() throws IOException {}

        @Override
        public void bind(SocketAddress endpoint, int backlog) throws IOException {
            super.bind(endpoint, BACKLOG);
        }

        @Override
        public Socket accept() throws IOException {
            Socket accepted = acceptOrRest();
            if (tls == null) {
                return accepted;
            }
            try {
                // This form makes a TLS server of it; the handshake takes place at the first read.
                SSLSocket secured = (SSLSocket) tls.createSocket(accepted, null, true);
                secured.setEnabledProtocols(ClusterServer.TLS_PROTOCOLS);
                secured.setNeedClientAuth(true);
                return secured;
            } catch (IOException e) {
                accepted.close();
                throw e;
            }
        }

        private Socket acceptOrRest() throws IOException {
            try {
                return super.accept();
            } catch (IOException e) {
                if (!isClosed()) {
                    try {
                        Thread.sleep(REST_MILLIS);
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
                throw e;
            }
        }
    }
}
