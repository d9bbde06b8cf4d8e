package org.ringfence.guard.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.ringfence.model.watchdog.WatchdogFact;

/** What the last questioning of this host's watchdog found, kept for the daemon: it tells its cluster. */
public final class ProbeFile {
    private static final String NAME = "watchdog-range";

    private ProbeFile() {}

    public static WatchdogFact fact(Finding finding) {
        return new WatchdogFact(
                finding.answers().flatMap(Finding.Answers::range),
                finding.quality(),
                finding.driver().or(finding::identity).orElse("unknown"));
    }

    public static void write(Path folder, WatchdogFact fact) throws IOException {
        Files.createDirectories(folder);
        Path written = folder.resolve(NAME + ".new");
        Files.writeString(written, fact + "\n");
        Files.move(written, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    }

    /** @return empty when it was never questioned */
    public static Optional<WatchdogFact> read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        return Files.exists(file) ? WatchdogFact.parse(Files.readString(file)) : Optional.empty();
    }
}
