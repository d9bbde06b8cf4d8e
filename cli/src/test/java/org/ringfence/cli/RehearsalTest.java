package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** A rehearsal that fails leaves commands slow, and nobody would know why. */
class RehearsalTest {
    @Test
    void everyCommandOfTheRehearsalSucceeds() {
        assertThatCode(() -> CommandRehearsal.main(new String[0])).doesNotThrowAnyException();
    }

    @Test
    void theStatusOfTheRehearsalSucceeds() {
        assertThatCode(() -> StatusRehearsal.main(new String[0])).doesNotThrowAnyException();
    }
}
