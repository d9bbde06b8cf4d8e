package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class RehearsalTest {
    /** A rehearsal that fails leaves commands slow, and nobody would know why. */
    @Test
    void everyCommandOfTheRehearsalSucceeds() {
        assertThatCode(() -> Rehearsal.main(new String[0])).doesNotThrowAnyException();
    }
}
