package org.ringfence.daemon.agents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringfence.controller.port.ResourceAgents.Result;
import org.ringfence.model.AgentName;
import org.ringfence.model.agent.AgentMetadata;

/** The director's agent, with a real balancer on loopback that is told by parameters what to balance. */
class DirectorAgentTest extends AgentTest {
    private static final AgentName DIRECTOR = new AgentName("ocf", "ringfence", "director");
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int PATIENCE_MS = 10_000;

    private Path binary = Path.of("/");

    @BeforeEach
    void aCommand() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        binary = Files.writeString(
                folder.resolve("ringfence"),
                "#!/bin/sh\nshift\nexec " + java + " --enable-native-access=ALL-UNNAMED -cp '" + classes
                        + "' org.ringfence.network.balance.process.Main \"$@\"\n");
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void whatIsBalancedCanBeSaidByParametersAndChangedWhileConnectionsLive() throws Exception {
        int port = freePort();
        try (var first = new Greeter('a');
                var second = new Greeter('b')) {
            String[] before = parameters(port, first, "passwd", "hidden");
            try {
                assertThat(bench.run(DIRECTOR, "monitor", before).exitCode()).isEqualTo(7);
                ok(bench.run(DIRECTOR, "validate-all", before));
                ok(bench.run(DIRECTOR, "start", before));
                ok(bench.run(DIRECTOR, "monitor", before));
                try (Socket open = connect(port, 'a')) {
                    String[] after = parameters(port, second, "passwd", "hidden");
                    ok(bench.run(DIRECTOR, "reload-agent", after));
                    connect(port, 'b').close();
                    open.getOutputStream().write('x');
                    assertThat(open.getInputStream().read())
                            .as("of the connection from before")
                            .isEqualTo('x');
                    String[] broken = parameters(port, second, "passwd", "hidden", "receive", "(");
                    ok(bench.run(DIRECTOR, "reload-agent", broken));
                    Result degraded = bench.run(DIRECTOR, "monitor", broken);
                    assertThat(degraded.exitCode()).isEqualTo(190);
                    assertThat(degraded.reason()).contains("goes on as before: receive: \"(\" is not a regular");
                    connect(port, 'b').close();
                    ok(bench.run(DIRECTOR, "reload-agent", after));
                    ok(bench.run(DIRECTOR, "monitor", after));
                }
                assertThatOnlyItsUserReads(folder.resolve("run/ringfence-director-db.parameters"));
                assertThat(commandLine()).contains("--parameters").doesNotContain("hidden");
            } finally {
                ok(bench.run(DIRECTOR, "stop", before));
            }
            assertThat(bench.run(DIRECTOR, "monitor", before).exitCode()).isEqualTo(7);
            assertThat(folder.resolve("run/ringfence-director-db.parameters")).doesNotExist();
        }
    }

    private String[] parameters(int port, Greeter greeter, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "virtual",
                "127.0.0.1:" + port,
                "real",
                "127.0.0.1:" + greeter.port() + ",3",
                "service",
                "simpletcp",
                "request",
                "?",
                "receive",
                ".",
                "checkinterval",
                "1",
                "binary",
                binary.toString(),
                "log",
                folder.resolve("log").toString()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static void ok(Result result) {
        assertThat(result.exitCode()).as(result.reason()).isZero();
    }

    /** Again and again, as a server is down until its first check. */
    private static Socket connect(int port, char greeting) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        while (System.nanoTime() < end) {
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(LOOPBACK, port), PATIENCE_MS);
                socket.setSoTimeout(PATIENCE_MS);
                if (socket.getInputStream().read() == greeting) {
                    return socket;
                }
            } catch (IOException notYet) {
                // Nobody behind it yet.
            }
            socket.close();
            Thread.sleep(50);
        }
        throw new AssertionError("nobody says " + greeting);
    }

    private static void assertThatOnlyItsUserReads(Path file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains("passwd=hidden\0").doesNotContain("binary=");
    }

    private String commandLine() throws IOException {
        String noted = Files.readString(folder.resolve("run/ringfence-director-db.pid"));
        return Files.readString(Path.of("/proc", noted.substring(0, noted.indexOf(' ')), "cmdline"), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "real~127.0.0.1:9~x~y~neither config nor virtual is set",
                "config~/etc/hostname~virtual~127.0.0.1:80~config names a file, and beside it stands virtual",
                "config~web.cf~log~/dev/null~'web.cf' is no absolute path",
                "virtual~127.0.0.1:0~real~127.0.0.1:9~virtual: port 0 is none",
                "virtual~127.0.0.1:9~reel~127.0.0.1:9~reel: is no directive; is real meant?",
            })
    void whatCannotBeIsAConfigurationErrorThatNamesTheParameter(
            String name, String value, String other, String otherValue, String reason) {
        for (String action : List.of("start", "validate-all")) {
            Result result = bench.run(DIRECTOR, action, name, value, other, otherValue, "binary", binary.toString());
            assertThat(result.exitCode()).as(action).isEqualTo(6);
            assertThat(result.reason()).as(action).contains(reason);
        }
    }

    @Test
    void aChangeOfADirectiveNeedsNoRestartAndSecretsAreHidden() {
        AgentMetadata metadata =
                bench.agents().catalog().metadata(DIRECTOR, AgentBench.TIMEOUT).orElseThrow();
        for (String directive : List.of("virtual", "real", "checktype", "receive", "maintenancedir")) {
            assertThat(metadata.parameter(directive).orElseThrow().reloadable())
                    .as(directive)
                    .isTrue();
        }
        assertThat(metadata.parameter("config").orElseThrow().reloadable()).isFalse();
        for (String secret : List.of("passwd", "secret")) {
            assertThat(metadata.parameter(secret).orElseThrow().hidden())
                    .as(secret)
                    .isTrue();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    /** A server that greets with a letter, then says again what it is told. */
    private static final class Greeter implements AutoCloseable {
        private final char letter;
        private final ServerSocket server = new ServerSocket(0, 50, LOOPBACK);

        Greeter(char letter) throws IOException {
            this.letter = letter;
            Thread.ofVirtual().start(this::accept);
        }

        int port() {
            return server.getLocalPort();
        }

        private void accept() {
            try {
                while (true) {
                    Socket client = server.accept();
                    Thread.ofVirtual().start(() -> serve(client));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private void serve(Socket client) {
            try (client) {
                client.getOutputStream().write(letter);
                client.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException gone) {
                // So is the client.
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
