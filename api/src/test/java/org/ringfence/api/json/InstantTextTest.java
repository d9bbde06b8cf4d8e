package org.ringfence.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {
    @Test
    void whatIsWrittenIsReadBack() {
        var random = new Random(7);
        long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
        long beyond = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() + 1;
        int[] steps = {1_000_000_000, 1_000_000, 1_000, 1};
        for (int round = 0; round < 20_000; round++) {
            int step = steps[round % steps.length];
            int nanos = random.nextInt(1_000_000_000) / step * step;
            Instant instant = Instant.ofEpochSecond(random.nextLong(first, beyond), nanos);
            assertThat(InstantText.parse(instant.toString())).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T14:05:09Z",
                "2026-03-01T14:05:09.5Z",
                "2026-03-01T14:05:09.123456789Z",
                "2024-02-29T00:00:00Z",
                "2026-03-01T14:05:09+01:00",
                "+12026-03-01T14:05:09Z",
                "-0001-03-01T14:05:09Z",
                "2026-03-01T14:05:09.Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01t14:05:09z"
            })
    void everyFormIsReadAsTheLibraryReadsIt(String text) {
        assertThat(InstantText.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-03-01",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-03-32T00:00:00Z",
                "2026-03-00T00:00:00Z",
                "2026-03-01T25:00:00Z",
                "2026-03-01T14:60:09Z",
                "2026-03-01T14:05Z",
                "2026-03-01T14:05:61Z",
                "2026-03-01T14:05:09.1234567890Z",
                "2026-03-01T14:05:09.12x4Z",
                "2026-03-01T14:05:09,5Z",
                "2026/03/01T14:05:09Z",
                "٢026-03-01T14:05:09Z"
            })
    void whatIsNoPointInTimeIsNone(String text) {
        assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeParseException.class);
        assertThatThrownBy(() -> InstantText.parse(text)).isInstanceOf(DateTimeParseException.class);
    }
}
