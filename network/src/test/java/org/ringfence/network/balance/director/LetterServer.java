package org.ringfence.network.balance.director;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Says its letter to whoever connects, then all that it hears, until it hears no more. */
final class LetterServer implements AutoCloseable {
    private final ServerSocket listener;

    LetterServer(char letter) throws IOException {
        listener = new ServerSocket(0, 300, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(() -> accept(letter));
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept(char letter) {
        while (true) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket, letter));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(Socket socket, char letter) {
        try (socket) {
            socket.getOutputStream().write(letter);
            InputStream in = socket.getInputStream();
            byte[] bytes = new byte[8 << 10];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                socket.getOutputStream().write(bytes, 0, count);
            }
        } catch (IOException gone) {
            // The client has ended it.
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
