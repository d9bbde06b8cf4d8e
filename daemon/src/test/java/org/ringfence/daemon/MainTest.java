package org.ringfence.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a node from starting is one line and an exit status, and nothing is left behind. */
class MainTest {
    private static final long SECONDS_MAX = 60;

    @TempDir
    private Path folder;

    private record Ended(int status, String errors) {}

    @Test
    void aPortInUseLeavesNothingBehind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = node(taken.getLocalPort());
            assertThat(ended.errors())
                    .isEqualTo("ringfence node: cannot listen on TCP 127.0.0.1:" + taken.getLocalPort()
                            + ": the port is in use, or the address is not this host's\n");
            assertThat(ended.status()).isEqualTo(1);
        }
        assertThat(folder.resolve("state")).doesNotExist();
    }

    /** The daemon as a process of its own, since it ends its process. */
    private Ended node(int port) throws Exception {
        Path configuration = folder.resolve("node.conf");
        Files.writeString(configuration, """
            cluster = test
            node = a
            peer.a = 127.0.0.1:%1$d
            bind = 127.0.0.1
            port = %1$d
            state = %2$s/state
            socket = %2$s/socket
            security = plain
            """.formatted(port, folder));
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--config",
                        configuration.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(errors, StandardCharsets.UTF_8));
    }
}
