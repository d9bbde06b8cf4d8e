package org.ringfence.linux.watchdog;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which processes have a watchdog open, from the descriptors in {@code /proc}. */
public final class WatchdogHolders {
    private final Path proc;

    private WatchdogHolders(Path proc) {
        this.proc = proc;
    }

    public static WatchdogHolders ofThisHost() {
        return new WatchdogHolders(Path.of("/proc"));
    }

    /** Those that this process may see, by number; also those that opened it by another name. */
    public List<WatchdogHolder> of(String path) throws IOException {
        Optional<String> wanted = Watchdogs.ofThisHost().name(path);
        List<WatchdogHolder> holders = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, path, wanted)) {
                    holders.add(
                            new WatchdogHolder(Long.parseLong(String.valueOf(process.getFileName())), name(process)));
                }
            }
        }
        holders.sort(Comparator.comparingLong(WatchdogHolder::pid));
        return holders;
    }

    private static boolean holds(Path process, String path, Optional<String> wanted) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (leadsTo(descriptor, path, wanted)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // It has ended meanwhile, or belongs to another user.
            return false;
        }
    }

    private static boolean leadsTo(Path descriptor, String path, Optional<String> wanted) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.equals(path)
                    || (target.startsWith("/dev/")
                            && wanted.isPresent()
                            && Watchdogs.ofThisHost().name(target).equals(wanted));
        } catch (IOException e) {
            return false;
        }
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException e) {
            return "a process that has ended meanwhile";
        }
    }
}
