package org.ringfence.guard.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is written before a watchdog is let loose on this host, and again and again until it bites, each time to the disk: what
 * stands in it after the boot is how long the host lived unfed.
 *
 * @param boot      the boot in which it was begun: {@code /proc/sys/kernel/random/boot_id}
 * @param timeout   in seconds, as the driver named it
 * @param fedAt     when it was fed last
 * @param aliveMs   the latest known sign of life, in milliseconds after that
 * @param survived  that the watchdog did not bite, in its time and well beyond it
 */
public record BiteRecord(
        String device, String identity, String boot, int timeout, Instant fedAt, long aliveMs, boolean survived) {
    private static final String FILE = "watchdog-bite";

    /** Whether the host was reset since, in the time of the watchdog. */
    public boolean bit(String currentBoot) {
        return !survived && !boot.equals(currentBoot);
    }

    BiteRecord alive(long ms) {
        return new BiteRecord(device, identity, boot, timeout, fedAt, ms, survived);
    }

    BiteRecord withSurvival() {
        return new BiteRecord(device, identity, boot, timeout, fedAt, aliveMs, true);
    }

    /** This boot's name, which no other has. */
    public static String currentBoot() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }

    /** Returns once the disk has it. */
    void writeTo(Path folder) throws IOException {
        String text = "device=" + device + "\nidentity=" + identity + "\nboot=" + boot + "\ntimeout=" + timeout
                + "\nfed-at=" + fedAt + "\nalive-ms=" + aliveMs + "\nsurvived=" + survived + "\nend\n";
        Files.createDirectories(folder);
        // In place: the file keeps its blocks, so that each sign of life costs one write.
        try (FileChannel file = FileChannel.open(
                folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DSYNC)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes, bytes.position());
            }
            file.force(true);
        }
    }

    /** @return empty when none was ever begun here, or what is there was torn by the reset */
    public static Optional<BiteRecord> readFrom(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (line.equals("end")) {
                break;
            }
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        try {
            return Optional.of(new BiteRecord(
                    values.getOrDefault("device", ""),
                    values.getOrDefault("identity", ""),
                    values.getOrDefault("boot", ""),
                    Integer.parseInt(values.getOrDefault("timeout", "")),
                    Instant.parse(values.getOrDefault("fed-at", "")),
                    Long.parseLong(values.getOrDefault("alive-ms", "")),
                    Boolean.parseBoolean(values.getOrDefault("survived", ""))));
        } catch (NumberFormatException | DateTimeParseException torn) {
            return Optional.empty();
        }
    }
}
