package org.ringfence.demo.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * One run of a cluster of hosts on this machine: its name, which is part of the name of everything it makes, its folder, and
 * the process that owns it. A run whose owner is gone is abandoned, and the next run removes it.
 *
 * @param id     four letters and digits, unique among the runs of this machine's user
 * @param folder holds everything that the run writes
 */
public record Run(String id, Path folder) {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final String OWNER = "owner";

    /** In the environment of every process of the run. */
    static final String VARIABLE = "RINGFENCE_DEMO_RUN";

    /** Where this user's runs are kept: for root below {@code /var/lib}, so that state is on a real disk. */
    public static Path base() {
        return isRoot()
                ? Path.of("/var/lib/ringfence-demo")
                : Path.of(System.getProperty("java.io.tmpdir"), "ringfence-demo-" + System.getProperty("user.name"));
    }

    static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid && uid == 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Removes what abandoned runs have left, then begins a new one, owned by this process. */
    public static Run begin(Path base) throws IOException {
        makePrivate(base);
        for (Run run : all(base)) {
            if (!run.isOwned()) {
                new Leftovers(run).remove();
            }
        }
        RandomGenerator random = new SecureRandom();
        while (true) {
            var id = new StringBuilder();
            random.ints(4, 0, LETTERS.length()).forEach(index -> id.append(LETTERS.charAt(index)));
            Path folder = base.resolve(id.toString());
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException taken) {
                continue;
            }
            var run = new Run(id.toString(), folder);
            run.handOver(ProcessHandle.current().pid());
            return run;
        }
    }

    /** Every run of this user, those of other processes and abandoned ones too, by name. */
    public static List<Run> all(Path base) throws IOException {
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(base)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(folder -> new Run(folder.getFileName().toString(), folder))
                    .toList();
        }
    }

    /** Makes another process the owner: the run lives as long as that does. */
    public void handOver(long pid) throws IOException {
        long start = Processes.startTicks(pid).orElseThrow(() -> new IOException("no process " + pid));
        Path next = folder.resolve(OWNER + ".new");
        Files.writeString(next, pid + " " + start + "\n");
        Files.move(next, folder.resolve(OWNER), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** The process that owns it, if that still lives. */
    public Optional<Long> owner() throws IOException {
        try {
            String[] words = Files.readString(folder.resolve(OWNER)).strip().split(" ");
            long pid = Long.parseLong(words[0]);
            return words.length == 2
                            && Processes.startTicks(pid)
                                    .filter(start -> start == Long.parseLong(words[1]))
                                    .isPresent()
                    ? Optional.of(pid)
                    : Optional.empty();
        } catch (NoSuchFileException unfinished) {
            return Optional.empty();
        }
    }

    /** A folder without an owner is taken for owned for a moment: its run may be about to begin. */
    private boolean isOwned() throws IOException {
        if (Files.exists(folder.resolve(OWNER))) {
            return owner().isPresent();
        }
        long age =
                System.currentTimeMillis() - Files.getLastModifiedTime(folder).toMillis();
        return age < 5_000;
    }

    /** Ends every process of the run and removes all that it made. May be called again, and for the runs of others. */
    public void remove() throws IOException {
        new Leftovers(this).remove();
    }

    String network(String host) {
        return "ringfence-" + id + "-" + host;
    }

    private static void makePrivate(Path base) throws IOException {
        try {
            Files.createDirectory(
                    base, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException exists) {
            Object owner = Files.getAttribute(base, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            Object me = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            if (!owner.equals(me) || !Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(base + " belongs to somebody else; remove it");
            }
        }
    }
}
