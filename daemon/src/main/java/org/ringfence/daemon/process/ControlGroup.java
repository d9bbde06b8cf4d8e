package org.ringfence.daemon.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One control group (cgroup v2, Linux admin guide "Control Group v2"): a folder that lists its processes, and that no
 * process leaves by forking, changing its session or cleaning its environment.
 */
public record ControlGroup(Path folder) {

    /** What a process writes its number to in order to enter. */
    Path entrance() {
        return folder.resolve("cgroup.procs");
    }

    /** The living processes in it and in groups below it; empty when the group is gone. A process that ended is not in it. */
    public List<Integer> processes() {
        List<Integer> found = new ArrayList<>();
        collect(folder, found);
        return found;
    }

    private static void collect(Path folder, List<Integer> found) {
        try {
            for (String line : Files.readAllLines(folder.resolve("cgroup.procs"))) {
                int pid = Integer.parseInt(line);
                // Processes of another pid namespace are listed as 0: nothing that could be signalled from here.
                if (pid > 1) {
                    found.add(pid);
                }
            }
        } catch (IOException e) {
            return;
        }
        for (Path below : foldersIn(folder)) {
            collect(below, found);
        }
    }

    /** Kills every process in it at once, those being forked included. @return false when this kernel (before 5.14) cannot */
    boolean kill() {
        Path kill = folder.resolve("cgroup.kill");
        if (!Files.exists(kill)) {
            return false;
        }
        try {
            Files.writeString(kill, "1");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes the group and groups below it. @return whether it is gone; false while it holds a process */
    public boolean remove() {
        if (folder.toFile().delete()) {
            return true;
        }
        for (Path below : foldersIn(folder)) {
            new ControlGroup(below).remove();
        }
        return folder.toFile().delete() || !Files.exists(folder);
    }

    static List<Path> foldersIn(Path folder) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            entries.forEach(found::add);
        } catch (IOException e) {
            return List.of();
        }
        found.sort(null);
        return found;
    }
}
