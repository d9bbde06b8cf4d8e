package org.ringfence.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that can do its work no more ends, rather than to seem a member. */
class BrokenPulseTest {
    /** Without {@code jdk.net}, which the pulse needs as soon as it dials a peer. */
    private static final String TOO_FEW_MODULES =
            "--limit-modules java.base,java.logging,java.management,java.naming,java.xml,"
                    + "jdk.management,jdk.unsupported,jdk.crypto.ec";

    @TempDir
    private Path folder;

    private int ringfence(Path said, String... words) throws Exception {
        List<String> command = new ArrayList<>(SystemTest.settings(1).launcher());
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("RINGFENCE_JAVA_OPTS", words[0].equals("node") ? TOO_FEW_MODULES : "");
        Process process = builder.start();
        boolean ended = process.waitFor(1, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("%s ends: %s", command, Files.readString(said)).isTrue();
        return process.exitValue();
    }

    @Test
    void aNodeWhosePulseBreaksEndsAndSaysWhy() throws Exception {
        Path said = folder.resolve("said.txt");
        Path home = folder.resolve("node");
        assertThat(ringfence(
                        said,
                        "init",
                        "--cluster",
                        "pulse",
                        "--folder",
                        home.toString(),
                        "--node",
                        "n1",
                        "--port",
                        "17431",
                        "n1=127.0.0.1",
                        "n2=127.0.0.2"))
                .as(Files.readString(said))
                .isZero();
        Path configuration = home.resolve("ringfence.conf");
        Files.writeString(
                configuration,
                Files.readString(configuration) + "\nstate = " + home.resolve("state") + "\nsocket = "
                        + home.resolve("run/socket") + "\n");
        int status = ringfence(said, "node", "run", "--config", configuration.toString());
        assertThat(Files.readString(said)).contains("the thread 'pulse n1' has broken; this node ends and is fenced");
        assertThat(status).isEqualTo(70);
    }
}
