package org.ringfence.network.balance.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.ringfence.linux.UnixConnection;
import org.ringfence.linux.UnixServer;

/**
 * The balancer's local socket, which only its own user may open. A question is one line; the answer is {@code ok} or {@code error},
 * a line's end, and text.
 */
final class ControlServer implements AutoCloseable {
    private static final int WAITING = 8;
    private static final int AT_ONCE = 8;
    private static final int QUESTION_BYTES_MAX = 4_096;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path path;
    private final UnixServer server;
    private final UnaryOperator<String> answer;
    private final Semaphore places = new Semaphore(AT_ONCE);

    private ControlServer(Path path, UnixServer server, UnaryOperator<String> answer) {
        this.path = path;
        this.server = server;
        this.answer = answer;
    }

    /**
     * Listens; what a balancer that was killed left behind is removed first.
     *
     * @param answer called on a thread for each question
     * @throws IOException when another balancer answers there
     */
    static ControlServer open(Path path, UnaryOperator<String> answer) throws IOException {
        if (Files.exists(path)) {
            if (ControlClient.isAnswered(path)) {
                throw new IOException(
                        "another balancer answers at " + path + "; end it, or name another place with --socket");
            }
            Files.delete(path);
        }
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var server = new ControlServer(path, UnixServer.listen(path, WAITING), answer);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        Thread.ofPlatform().daemon().name("control").start(server::accept);
        return server;
    }

    Path path() {
        return path;
    }

    private void accept() {
        while (true) {
            try {
                places.acquire();
                UnixConnection connection = server.accept();
                Thread.ofPlatform().daemon().name("question").start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void serve(UnixConnection connection) {
        try (connection) {
            connection.readTimeout(PATIENCE);
            connection.writeTimeout(PATIENCE);
            var question = new StringBuilder();
            byte[] bytes = new byte[QUESTION_BYTES_MAX];
            while (question.indexOf("\n") < 0 && question.length() < QUESTION_BYTES_MAX) {
                int count = connection.read(bytes);
                if (count < 0) {
                    return;
                }
                question.append(new String(bytes, 0, count, UTF_8));
            }
            connection.write(answer.apply(question.toString().strip()).getBytes(UTF_8));
        } catch (IOException gone) {
            System.getLogger(ControlServer.class.getName())
                    .log(System.Logger.Level.DEBUG, "a question was not heard to its end: {0}", gone.getMessage());
        } finally {
            places.release();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }
}
