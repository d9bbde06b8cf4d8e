package org.ringfence.demo.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everything that a run has made outside of its own process, found by the run's name alone: so the way a run ends in order is
 * also the way another cleans up behind one that was killed.
 */
record Leftovers(Run run) {
    private static final Path NETWORKS = Path.of("/run/netns");

    void remove() throws IOException {
        endProcesses();
        for (Path network : networks()) {
            Command.attempt("", "ip", "netns", "delete", network.getFileName().toString());
        }
        HostGroup.remove(run);
        unmount();
        deleteTree(run.folder());
    }

    /** Kills until nobody is left: a process that is being killed may have started another just before. */
    private void endProcesses() throws IOException {
        for (int round = 0; round < 50; round++) {
            var pids = new TreeSet<>(Processes.withEnvironment(Run.VARIABLE + "=" + run.id()));
            for (Path network : networks()) {
                pids.addAll(Processes.linkedTo("ns/net", "net:[" + Files.getAttribute(network, "unix:ino") + "]"));
            }
            run.owner().filter(owner -> owner != ProcessHandle.current().pid()).ifPresent(pids::add);
            pids.remove(ProcessHandle.current().pid());
            if (pids.isEmpty()) {
                return;
            }
            for (long pid : pids) {
                Kernel.killAndAwait(pid, Duration.ofMillis(200));
            }
        }
        throw new IOException("processes of the run " + run.id() + " cannot be ended");
    }

    private List<Path> networks() throws IOException {
        if (!Files.isDirectory(NETWORKS)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(NETWORKS)) {
            return all.filter(network -> network.getFileName().toString().startsWith(run.network("")))
                    .sorted()
                    .toList();
        }
    }

    private void unmount() throws IOException {
        List<String> below = Files.readString(Path.of("/proc/self/mounts"))
                .lines()
                .map(line -> line.split(" ")[1])
                .filter(place -> place.startsWith(run.folder() + "/"))
                .toList();
        for (String place : below.reversed()) {
            Command.run("", "umount", "--lazy", place);
        }
    }

    static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException gone) {
            // Removed before, or by another run that found it abandoned.
        }
    }
}
