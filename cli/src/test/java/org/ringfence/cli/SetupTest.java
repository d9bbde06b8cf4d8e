package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.cli.testing.CommandRun;

/** A cluster is set up on one host, and another joins from a copy of its folder. */
class SetupTest {
    @TempDir
    Path folder;

    private CommandRun run = new CommandRun();

    private int run(String... arguments) {
        run = new CommandRun();
        return new CommandLines(run.context()).run(arguments);
    }

    private int init(Path to, String... more) {
        var arguments = new ArrayList<>(List.of("init", "--cluster", "shop", "--folder", to.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private static List<String> files(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void initWritesSettingsAndKeyAndSaysWhatComesNext() throws IOException {
        Path alpha = folder.resolve("alpha");
        assertThat(init(alpha, "--node", "alpha", "alpha=10.0.0.1", "beta=10.0.0.2"))
                .as(run.err())
                .isZero();
        assertThat(files(alpha)).containsExactly("cluster.p12", "cluster.password", "ringfence.conf");
        assertThat(Files.readString(alpha.resolve("ringfence.conf")))
                .contains("cluster = shop\nnode = alpha\nbind = 10.0.0.1\nport = 7788\n")
                .contains("peer.alpha = 10.0.0.1:7788\npeer.beta = 10.0.0.2:7788\n");
        for (String secret : List.of("cluster.p12", "cluster.password")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(alpha.resolve(secret))))
                    .isEqualTo("rw-------");
        }
        assertThat(run.out()).contains("ringfence join beta --from").contains("docs/fencing.md");
    }

    @Test
    void joinAdaptsWhatDiffersFromNodeToNode() throws IOException {
        Path alpha = folder.resolve("alpha");
        Path beta = folder.resolve("beta");
        init(alpha, "--node", "alpha", "alpha=10.0.0.1", "beta=10.0.0.2");
        assertThat(run("join", "beta", "--from", alpha.toString(), "--folder", beta.toString()))
                .as(run.err())
                .isZero();
        assertThat(Files.readString(beta.resolve("ringfence.conf")))
                .contains("node = beta\nbind = 10.0.0.2\n")
                .contains("key-store = " + beta.resolve("cluster.p12"))
                .contains("peer.alpha = 10.0.0.1:7788\npeer.beta = 10.0.0.2:7788\n");
        assertThat(beta.resolve("cluster.p12")).hasSameBinaryContentAs(alpha.resolve("cluster.p12"));
        assertThat(beta.resolve("cluster.password")).hasSameTextualContentAs(alpha.resolve("cluster.password"));
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path alpha = folder.resolve("alpha");
        init(alpha, "--node", "alpha", "alpha=10.0.0.1");
        String before = Files.readString(alpha.resolve("ringfence.conf"));
        assertThat(init(alpha, "--node", "beta", "beta=10.0.0.9")).isEqualTo(2);
        assertThat(run.err()).contains("exists; this host is set up already");
        assertThat(Files.readString(alpha.resolve("ringfence.conf"))).isEqualTo(before);
    }

    @Test
    void aPlanWritesNothing() {
        Path alpha = folder.resolve("alpha");
        assertThat(init(alpha, "--plan", "--node", "alpha", "alpha=10.0.0.1")).isZero();
        assertThat(run.out()).contains("node = alpha");
        assertThat(alpha).doesNotExist();
    }

    @Test
    void mistakesAreNamedAndNothingIsWritten() {
        Path alpha = folder.resolve("alpha");
        assertThat(init(alpha, "--node", "gamma", "alpha=10.0.0.1")).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("ringfence: init: this host is gamma, which is none of the nodes;"
                        + " say which it is with --node NAME\n");
        assertThat(init(alpha, "--node", "alpha", "alpha")).isEqualTo(2);
        assertThat(run.err()).contains("'alpha' is not NAME=ADDRESS");
        assertThat(init(alpha, "--node", "alpha", "alpha=10.0.0.1", "alpha=10.0.0.2"))
                .isEqualTo(2);
        assertThat(run.err()).contains("node alpha stands twice");
        assertThat(init(alpha, "--port", "99999", "--node", "alpha", "alpha=10.0.0.1"))
                .isEqualTo(2);
        assertThat(run.err()).contains("99999 is not a port");
        assertThat(alpha).doesNotExist();
    }

    @Test
    void joiningUnderANameThatIsNotKnownSaysWhichAre() {
        Path alpha = folder.resolve("alpha");
        init(alpha, "--node", "alpha", "alpha=10.0.0.1", "beta=10.0.0.2");
        assertThat(run(
                        "join",
                        "gamma",
                        "--from",
                        alpha.toString(),
                        "--folder",
                        folder.resolve("g").toString()))
                .isEqualTo(2);
        assertThat(run.err()).contains("has no line peer.gamma; it knows alpha, beta");
        assertThat(folder.resolve("g")).doesNotExist();
    }
}
