package org.ringfence.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointsInTimeTest {
    private final PointsInTime points =
            new PointsInTime(Instant.parse("2026-03-01T14:05:00Z"), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "10m, 2026-03-01T13:55:00Z",
        "15:00, 2026-03-01T14:00:00Z",
        "15:30, 2026-02-28T14:30:00Z",
        "2026-02-01, 2026-01-31T23:00:00Z",
        "2026-02-01 10:00, 2026-02-01T09:00:00Z",
        "2026-02-01T10:00:30, 2026-02-01T09:00:30Z",
        "2026-02-01T10:00:00Z, 2026-02-01T10:00:00Z",
        "2026-02-01 10:00:00+02:00, 2026-02-01T08:00:00Z",
        "@1000000000, 2001-09-09T01:46:40Z"
    })
    void readsWhatPeopleWrite(String text, Instant expected) {
        assertThat(points.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "25:00", "2026-13-01", "10"})
    void refusesTheRest(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> points.parse(text))
                .withMessageContaining("'" + text + "' is not a point in time");
    }
}
