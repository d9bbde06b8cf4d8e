package org.ringfence.daemon.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The scripts on the agents' PATH, as a checkout has them: programs of their own, whatever carried them here. */
class HelperScriptsTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("ringfence.root", "..")).resolve("helpers");

    @Test
    void eachIsAProgramAndNoLink() throws IOException {
        try (Stream<Path> scripts = Files.list(FOLDER)) {
            assertThat(scripts).hasSizeGreaterThan(9).allSatisfy(script -> {
                assertThat(Files.isRegularFile(script, LinkOption.NOFOLLOW_LINKS))
                        .as("%s", script)
                        .isTrue();
                assertThat(Files.isExecutable(script)).as("%s", script).isTrue();
                assertThat(Files.readString(script)).startsWith("#!");
            });
        }
    }

    @Test
    void eachAnswersUnderItsOwnName() throws IOException, InterruptedException {
        for (String name : List.of("attrd_updater", "cibadmin", "crm_attribute", "crm_master", "crm_mon", "crm_node")) {
            var builder = new ProcessBuilder(FOLDER.resolve(name).toString(), "-Q").redirectErrorStream(true);
            builder.environment().put("RINGFENCE_SOCKET", "/nowhere/socket");
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("%s said: %s", name, said).isEqualTo(102);
            assertThat(said).startsWith(name + ": cannot connect");
        }
    }
}
