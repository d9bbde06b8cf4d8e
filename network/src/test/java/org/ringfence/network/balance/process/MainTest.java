package org.ringfence.network.balance.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

    @Test
    void aGoodFileIsSaidToBeGood() throws IOException {
        Path file = Files.writeString(folder.resolve("a.cf"), "virtual=192.0.2.1:80\n\treal=192.0.2.2 gate\n");
        assertThat(run("verify", file.toString())).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo(file + ": can be used; virtual services: 1, real servers: 1\n");
    }

    @Test
    void whatIsWrongIsOneLineEach() throws IOException {
        Path file = Files.writeString(folder.resolve("a.cf"), "virtual=192.0.2.1:80\n\treal=192.0.2.2\nx=1\n");
        assertThat(run("verify", file.toString())).isEqualTo(2);
        assertThat(complaints.toString(UTF_8).lines()).hasSize(2).allMatch(line -> line.contains("a.cf:"));
        assertThat(run("show", file.toString())).isEqualTo(2);
    }

    @Test
    void whatIsNotUnderstoodIsSaid() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("juggle")).isEqualTo(2);
        assertThat(run("verify")).isEqualTo(2);
        assertThat(run("verify", "/nowhere/at/all")).isEqualTo(2);
        assertThat(run("show", "--jsn", "x")).isEqualTo(2);
        assertThat(complaints.toString(UTF_8).lines()).hasSize(5);
        assertThat(out.size()).isZero();
    }

    @Test
    void aConfigurationIsShownWithoutItsSecrets() throws IOException {
        Path file = Files.writeString(folder.resolve("a.cf"), """
            virtual=192.0.2.1:21
            \treal=192.0.2.2 gate
            \tlogin="me"
            \tpasswd="hidden"
            \tsecret="hidden"
            """);
        assertThat(run("show", "--json", file.toString())).isZero();
        assertThat(run("show", file.toString())).isZero();
        assertThat(out.toString(UTF_8)).contains("\"login\":\"me\"").doesNotContain("hidden");
    }

    private int run(String... words) {
        return new Main(new PrintStream(out, true, UTF_8), new PrintStream(complaints, true, UTF_8))
                .run(List.of(words));
    }
}
