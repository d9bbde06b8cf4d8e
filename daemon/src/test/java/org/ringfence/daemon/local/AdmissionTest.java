package org.ringfence.daemon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.api.Reply;

/** Callers that are other users, which only root can begin. */
@Timeout(60)
class AdmissionTest {
    private static final int NOBODY = 65534;
    private static final int DAEMON_GROUP = 1;
    private static final Limits LIMITS = new Limits(4, 100_000, Duration.ofSeconds(20), Duration.ofSeconds(2));
    private static final RequestHandler ECHO = (caller, _, _) -> new Reply.Done(caller.toString(), List.of());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void root() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can begin a process as another user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void whoeverIsNoAdministratorCannotEvenOpenTheSocket() throws Exception {
        try (LocalServer _ = server(Optional.of("daemon"))) {
            assertThat(ask(NOBODY, List.of())).endsWith("Exception: Permission denied");
        }
    }

    @Test
    void whoeverOpensItAllTheSameIsRefusedInOneLine() throws Exception {
        try (LocalServer _ = server(Optional.of("daemon"))) {
            Files.setPosixFilePermissions(socket(), PosixFilePermissions.fromString("rw-rw-rw-"));
            assertThat(ask(NOBODY, List.of()))
                    .contains("\"type\":\"NotDone\"", "nobody may not ask anything of this node's daemon")
                    .contains("ask as root, or become a member of the group daemon");
        }
        try (LocalServer _ = server(Optional.empty())) {
            Files.setPosixFilePermissions(socket(), PosixFilePermissions.fromString("rw-rw-rw-"));
            assertThat(ask(NOBODY, List.of())).contains("\"type\":\"NotDone\"").contains("\"remedy\":\"ask as root\"");
        }
    }

    @Test
    void whoeverRunsInTheGroupIsLetIn() throws Exception {
        try (LocalServer _ = server(Optional.of("daemon"))) {
            assertThat(ask(DAEMON_GROUP, List.of())).contains("\"type\":\"Done\"", "nobody (process ");
        }
    }

    @Test
    void supplementaryGroupsAreTakenFromTheUserDatabaseNotFromTheCaller() throws Exception {
        try (LocalServer _ = server(Optional.of("daemon"))) {
            // The kernel opens the socket for the process's supplementary group; the user database does not know of it.
            assertThat(ask(NOBODY, List.of(DAEMON_GROUP))).contains("\"type\":\"NotDone\"");
        }
    }

    private LocalServer server(Optional<String> group) throws IOException {
        return LocalServer.open(socket(), group, ECHO, LIMITS);
    }

    private Path socket() {
        return folder.resolve("ringfence.sock");
    }

    /** What a process of {@code nobody} with these groups is answered. */
    private String ask(int gid, List<Integer> supplementary) throws IOException, InterruptedException {
        Path copy = folder.resolve("classes/org/ringfence/daemon/local/AdmissionTest$Asking.class");
        Files.createDirectories(copy.getParent());
        try (var code = AdmissionTest.class.getResourceAsStream("AdmissionTest$Asking.class")) {
            Files.write(copy, code.readAllBytes());
        }
        String groups = supplementary.isEmpty()
                ? "--clear-groups"
                : "--groups="
                        + String.join(
                                ",", supplementary.stream().map(String::valueOf).toList());
        Process process = new ProcessBuilder(
                        "setpriv",
                        "--reuid=" + NOBODY,
                        "--regid=" + gid,
                        groups,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        folder.resolve("classes").toString(),
                        "org.ringfence.daemon.local.AdmissionTest$Asking",
                        socket().toString())
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        process.waitFor();
        return answer;
    }

    /** A caller of its own; it has nothing but the JDK. */
    static final class Asking {
        private Asking() {}

        public static void main(String[] arguments) {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]))) {
                channel.write(ByteBuffer.wrap("{\"protocol\":1,\"request\":{\"type\":\"Status\"}}\n".getBytes(UTF_8)));
                channel.shutdownOutput();
                System.out.write(Channels.newInputStream(channel).readAllBytes());
                System.out.flush();
            } catch (IOException e) {
                System.out.println(e);
            }
        }
    }
}
