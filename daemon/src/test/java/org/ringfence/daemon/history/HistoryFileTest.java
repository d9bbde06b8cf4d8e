package org.ringfence.daemon.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.model.NodeId;

class HistoryFileTest {
    @TempDir
    Path folder;

    private static Line line(int number) {
        var details = new LinkedHashMap<String, String>();
        details.put("number", Integer.toString(number));
        var entry = new HistoryEntry(
                Instant.parse("2026-11-27T06:15:03.123456Z").plusSeconds(number),
                new NodeId("n2"),
                HistoryEntry.Kind.ACTION_ENDED,
                "web",
                "line\n\"" + number + "\"",
                details);
        return new Line(entry, Duration.ofMillis(-7));
    }

    private void write(List<Line> lines) throws IOException {
        try (var file = new HistoryFile(folder)) {
            lines.forEach(file::add);
        }
    }

    private HistoryFile.Loaded load() throws IOException {
        try (var file = new HistoryFile(folder)) {
            return file.loaded();
        }
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() throws IOException {
        write(List.of(line(1), line(2)));
        write(List.of(line(3)));
        assertEquals(new HistoryFile.Loaded(List.of(line(1), line(2), line(3)), true), load());
    }

    @Test
    void aTornLineIsPassedOverAndSpoilsNoOther() throws IOException {
        write(List.of(line(1)));
        Files.writeString(folder.resolve("current.jsonl"), "{\"when\":\"2026-", StandardOpenOption.APPEND);
        write(List.of(line(2)));
        HistoryFile.Loaded loaded = load();
        assertEquals(List.of(line(1), line(2)), loaded.lines());
        assertFalse(loaded.complete());
    }

    @Test
    void itIsBounded() throws IOException {
        for (int round = 0; round < 25; round++) {
            int first = round * 1_000;
            write(IntStream.range(first, first + 1_000)
                    .mapToObj(HistoryFileTest::line)
                    .toList());
        }
        List<Line> kept = load().lines();
        assertTrue(
                kept.size() >= HistoryFile.LINES_MAX && kept.size() <= 2 * HistoryFile.LINES_MAX + 2_000,
                "" + kept.size());
        assertEquals(line(24_999), kept.getLast());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }
}
