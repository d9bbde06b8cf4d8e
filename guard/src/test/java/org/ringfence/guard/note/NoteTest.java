package org.ringfence.guard.note;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoteTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void whatWasWrittenIsRead() throws Exception {
        Path file = folder.resolve("state/guard-note");
        var note = new Note(
                Instant.parse("2026-03-01T10:00:00Z"),
                "boot/1",
                "no = quorum",
                "watchdog",
                "beat 3 s ago,\nlease never");
        note.write(file);
        assertThat(Note.read(file))
                .contains(new Note(note.at(), "boot/1", "no = quorum", "watchdog", "beat 3 s ago, lease never"));
        var later = new Note(note.at().plusSeconds(1), "boot/1", "other", "reset", "");
        later.write(file);
        assertThat(Note.read(file)).contains(later);
        assertThat(folder.resolve("state/guard-note.new")).doesNotExist();
    }

    @Test
    void noneOrADamagedOneIsNone() throws Exception {
        Path file = folder.resolve("guard-note");
        assertThat(Note.read(file)).isEmpty();
        Files.writeString(file, "at = yesterday\nboot = x\nwhy = y\nhow = z\nseen = \n");
        assertThat(Note.read(file)).isEmpty();
        Files.writeString(file, "why = half of it");
        assertThat(Note.read(file)).isEmpty();
    }
}
