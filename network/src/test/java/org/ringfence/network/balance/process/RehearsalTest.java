package org.ringfence.network.balance.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One that fails leaves directors slow to start, and nobody would know why. */
class RehearsalTest {
    @Test
    @Timeout(60)
    void theDirectorOfTheRehearsalStartsAndEnds() throws Exception {
        var said = new ByteArrayOutputStream();
        Rehearsal.play(new PrintStream(said, true, UTF_8));
        assertThat(said.toString(UTF_8)).contains(" is up: HTTP/1.1 200 OK").endsWith("ringfence balance: ends\n");
    }
}
