package org.ringfence.demo.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * {@code Responder ADDRESS PORT NAME PIDFILE} says NAME to whoever connects: the demo's service on a machine that has neither
 * Perl nor Python. It starts in a few hundred milliseconds, the others in a few. Writes the file when it listens.
 */
final class Responder {
    private Responder() {}

    public static void main(String[] arguments) throws IOException {
        byte[] name = (arguments[2] + "\n").getBytes(StandardCharsets.UTF_8);
        try (var listening = new ServerSocket()) {
            listening.setReuseAddress(true);
            listening.bind(
                    new InetSocketAddress(InetAddress.ofLiteral(arguments[0]), Integer.parseInt(arguments[1])), 512);
            Path next = Path.of(arguments[3] + ".new");
            Files.writeString(next, ProcessHandle.current().pid() + "\n");
            Files.move(next, Path.of(arguments[3]), StandardCopyOption.ATOMIC_MOVE);
            while (true) {
                greet(listening.accept(), name);
            }
        }
    }

    private static void greet(Socket client, byte[] name) {
        try (client) {
            client.getOutputStream().write(name);
        } catch (IOException gone) {
            // A client that left before its answer is no concern of the service.
        }
    }
}
