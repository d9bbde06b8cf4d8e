package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/**
 * A server for one connection that follows a script: lines that begin with {@code >} are said, others are expected. Line ends are added
 * to both.
 */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Thread thread;
    private volatile String surprise = "";

    ScriptedServer(List<String> script) throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
        thread = Thread.ofVirtual().start(() -> play(script));
    }

    int port() {
        return listener.getLocalPort();
    }

    private void play(List<String> script) {
        try (Socket socket = listener.accept()) {
            InputStream in = socket.getInputStream();
            for (String line : script) {
                if (line.startsWith(">")) {
                    socket.getOutputStream().write((line.substring(1) + "\r\n").getBytes(ISO_8859_1));
                } else {
                    String heard = line(in);
                    if (!heard.equals(line)) {
                        surprise = "heard '" + heard + "' in place of '" + line + "'";
                        return;
                    }
                }
            }
        } catch (IOException gone) {
            surprise = String.valueOf(gone.getMessage());
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** Waits until the script is at its end; what went otherwise, else empty. */
    String surprise() throws InterruptedException {
        thread.join();
        return surprise;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
