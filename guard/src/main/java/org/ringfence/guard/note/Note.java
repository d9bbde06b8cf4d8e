package org.ringfence.guard.note;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a guard had its host reset, and what it last saw: lines {@code key = value} in the state folder. It is on the disk
 * before the reset, and the node shows it after the boot.
 *
 * @param at      when it was written, by the host's clock
 * @param boot    the boot that it ended
 * @param why     one sentence
 * @param how     what ends the host: {@code reset}, {@code off}, {@code crashdump}, or {@code watchdog} while that is left to it
 * @param seen    one sentence: ages of the last beat and lease, disks, the last message
 */
public record Note(Instant at, String boot, String why, String how, String seen) {
    private static final List<String> KEYS = List.of("at", "boot", "why", "how", "seen");

    private String text() {
        return "at = " + at + "\nboot = " + boot + "\nwhy = " + oneLine(why) + "\nhow = " + oneLine(how) + "\nseen = "
                + oneLine(seen) + "\n";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }

    /** Returns when it is on the disk. What was there before is replaced as a whole. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is in no folder");
        }
        // As the daemon makes it: configurations in it hold passwords of fence devices.
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path fresh = folder.resolve(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }

    /** Empty when there is none, or one that cannot be read: then there is nothing to show. */
    public static Optional<Note> read(Path file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf(" = ");
                if (equals > 0) {
                    values.put(line.substring(0, equals), line.substring(equals + 3));
                }
            }
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        if (!values.keySet().containsAll(KEYS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Note(
                    Instant.parse(value(values, "at")),
                    value(values, "boot"),
                    value(values, "why"),
                    value(values, "how"),
                    value(values, "seen")));
        } catch (DateTimeException damaged) {
            return Optional.empty();
        }
    }

    private static String value(Map<String, String> values, String key) {
        return values.getOrDefault(key, "");
    }
}
