package org.ringfence.guard.disk;

import java.util.ArrayList;
import java.util.List;

/**
 * Something done on one to three disks. It counts when it was done on more than half of them: any two that count share a disk.
 */
public final class Majority {
    public static final int DISKS_MAX = 3;

    private final int disks;
    private final List<DiskException> failures = new ArrayList<>();

    /** What is done on one of them. */
    @FunctionalInterface
    public interface Task {
        void on(String path) throws DiskException, InterruptedException;
    }

    private Majority(int disks) {
        this.disks = disks;
    }

    /** Does it on each in turn, whatever becomes of the others. */
    public static Majority of(List<String> paths, Task task) throws InterruptedException {
        var majority = new Majority(paths.size());
        for (String path : paths) {
            try {
                task.on(path);
            } catch (DiskException e) {
                majority.failures.add(e);
            }
        }
        return majority;
    }

    public boolean reached() {
        return 2 * (disks - failures.size()) > disks;
    }

    /** One for each disk on which it was not done. */
    public List<DiskException> failures() {
        return List.copyOf(failures);
    }
}
