package org.ringfence.network.balance.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.network.balance.director.Limits;

/**
 * Balances for a moment, between a server and clients of its own making on the loopback interface, so that the virtual machine can keep
 * what it loaded (JEP 514). The launcher runs it after a build: while a director starts clients wait.
 */
final class Rehearsal {
    private static final System.Logger LOG = System.getLogger(Rehearsal.class.getName());
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");
    private static final int CLIENTS = 20;
    private static final int PATIENCE_MS = 10_000;
    private static final byte[] QUESTION = "GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".getBytes(US_ASCII);

    private final PrintStream out;

    private Rehearsal(PrintStream out) {
        this.out = out;
    }

    @SuppressWarnings("SystemOut") // where the process that it rehearses for writes too
    public static void main(String[] arguments) throws IOException, InterruptedException {
        play(System.out);
    }

    /** @param out what the balancer says */
    static void play(PrintStream out) throws IOException, InterruptedException {
        new Rehearsal(out).play();
    }

    private void play() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ringfence");
        Path file = folder.resolve("balance.cf");
        Path socket = folder.resolve("socket");
        try (ServerSocket server = new ServerSocket(0, CLIENTS, HOST)) {
            int port = freePort();
            Files.writeString(file, """
                checkinterval = 1
                virtual = 127.0.0.1:%d
                    real = 127.0.0.1:%d masq
                    service = http
                    request = "/"
                    receive = "ok"
                """.formatted(port, server.getLocalPort()));
            done("verify", file.toString());
            Thread.ofVirtual().start(() -> serve(server));
            var end = new CountDownLatch(1);
            Thread balancing = Thread.ofPlatform().start(() -> balance(end, file, socket));
            try {
                ask(socket);
                for (int i = 0; i < CLIENTS; i++) {
                    visit(port);
                }
            } finally {
                end.countDown();
                balancing.join();
            }
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static int freePort() throws IOException {
        try (var unused = new ServerSocket(0, 1, HOST)) {
            return unused.getLocalPort();
        }
    }

    private void done(String... words) {
        int status = new Main(out, out).run(List.of(words));
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", words) + " ended with status " + status);
        }
    }

    private void balance(CountDownLatch end, Path file, Path socket) {
        var notices = new Notices(out, InstantSource.system(), new Commands(Duration.ofSeconds(1)));
        try {
            Run.until(end, new ConfigurationFile(file, false), socket, PathChoice.BUILT_IN, Limits.DEFAULT, notices);
        } catch (UnusableInputException | IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Path socket) throws InterruptedException {
        for (int waited = 0; !ControlClient.isAnswered(socket); waited += 10) {
            if (waited >= PATIENCE_MS) {
                throw new IllegalStateException("the balancer does not answer");
            }
            Thread.sleep(10);
        }
        done("status", "--socket", socket.toString());
    }

    private static void visit(int port) throws IOException {
        try (var client = new Socket(HOST, port)) {
            client.setSoTimeout(PATIENCE_MS);
            client.getOutputStream().write(QUESTION);
            if (client.getInputStream().readAllBytes().length != ANSWER.length) {
                throw new IOException("the balancer has not brought the answer");
            }
        }
    }

    /** Until the listener is closed. */
    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
                String line = in.readLine();
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                client.getOutputStream().write(ANSWER);
            } catch (IOException gone) {
                // As it ends; a client who misses an answer says so.
                LOG.log(System.Logger.Level.DEBUG, "a connection has ended: {0}", gone.getMessage());
            }
        }
    }
}
