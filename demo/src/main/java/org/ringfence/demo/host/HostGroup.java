package org.ringfence.demo.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The control group (cgroup v2) that all processes of one host are in, so that daemons on different hosts find groups of their
 * own, as on real hosts. Where there is no such tree, or it may not be written, hosts go without.
 */
record HostGroup(Path folder) {

    /** Makes the group of a host, or finds it. */
    static Optional<HostGroup> of(Run run, String host) {
        Optional<Path> top = top(run);
        if (top.isEmpty()) {
            return Optional.empty();
        }
        Path folder = top.get().resolve(host);
        try {
            Files.createDirectories(folder);
        } catch (IOException refused) {
            return Optional.empty();
        }
        return Files.isWritable(folder.resolve("cgroup.procs")) ? Optional.of(new HostGroup(folder)) : Optional.empty();
    }

    /** Words to put before a command so that it and all that it starts are in the group. */
    List<String> enter() {
        return List.of(
                "sh",
                "-c",
                "echo $$ >\"$0\" && exec \"$@\"",
                folder.resolve("cgroup.procs").toString());
    }

    List<Long> processes() {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path group : below.filter(Files::isDirectory).toList()) {
                Files.readAllLines(group.resolve("cgroup.procs")).stream()
                        .map(Long::parseLong)
                        .filter(pid -> Processes.startTicks(pid).isPresent())
                        .forEach(found::add);
            }
        } catch (IOException | java.io.UncheckedIOException removedMeanwhile) {
            return found;
        }
        return found;
    }

    /** Removes the groups of all hosts of a run; their processes must be gone. */
    static void remove(Run run) throws IOException {
        Optional<Path> top = top(run);
        if (top.isEmpty() || !Files.isDirectory(top.get())) {
            return;
        }
        try (Stream<Path> below = Files.walk(top.get())) {
            for (Path group : below.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                removeOne(group);
            }
        }
    }

    /** A group stays busy for a moment after its last process has gone. */
    private static void removeOne(Path group) throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            if (group.toFile().delete() || Files.notExists(group)) {
                return;
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        throw new IOException("the control group " + group + " cannot be removed");
    }

    private static Optional<Path> top(Run run) {
        try {
            return Files.readString(Path.of("/proc/self/mounts"))
                    .lines()
                    .map(line -> line.split(" "))
                    .filter(fields -> fields.length > 2 && fields[2].equals("cgroup2"))
                    .map(fields -> Path.of(fields[1], "ringfence-demo-" + run.id()))
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
