package org.ringfence.daemon.agents;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.ringfence.daemon.process.ControlGroup;
import org.ringfence.daemon.process.ControlGroups;
import org.ringfence.daemon.process.ProcessTable;
import org.ringfence.daemon.process.ProcessTree;
import org.ringfence.daemon.process.Processes;
import org.ringfence.linux.Pidfd;

/**
 * Notices when a process of a started resource ends that nothing of the resource looks after: one whose parent is not itself a
 * process of the resource. A worker that its own master replaces is none of our business; the master is, and so is the last of all.
 *
 * <p>What it reports is a reason to ask the agent, not a verdict: some agents leave a helper that ends by itself. While an
 * operation changes the resource, and once it was stopped, nothing is reported. Safe from any thread.
 */
final class ResourceWatch {
    /** A resource whose processes come and go is asked about once in this time, not each time. */
    static final Duration CALM = Duration.ofMillis(300);

    /** Masters beyond this many are left to the monitor. */
    private static final int MASTERS = 64;

    private static final int ATTEMPTS = 5;
    /** For trees of an earlier daemon: known by their control group only. */
    private static final String NO_MARK = Processes.MARK + "=-";

    private final Processes processes;
    private final Optional<ControlGroups> groups;
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private volatile Consumer<String> listener = resource -> {};

    ResourceWatch(Processes processes, Optional<ControlGroups> groups) {
        this.processes = processes;
        this.groups = groups;
    }

    void tell(Consumer<String> told) {
        listener = told;
    }

    /** An agent's run is over, and this may be left of it. */
    void ran(String name, ProcessTree tree, boolean onlyLooked) {
        boolean nothingLeft = tree.group()
                .map(ControlGroup::remove)
                .orElseGet(() -> onlyLooked || tree.processes().isEmpty());
        if (!nothingLeft) {
            of(name).keep(tree);
        }
    }

    /** A process that is the resource's although no agent's run left it: a unit's main process. */
    void mainProcess(String name, int pid) {
        of(name).keep(pid);
    }

    /** From now on the resource is being changed: whatever ends is meant to. */
    void beginChange(String name) {
        of(name).disarm();
    }

    /** The resource is active: watch what there is of it. */
    void settled(String name) {
        of(name).arm();
    }

    /** The resource was seen active. One that was started before this daemon was is watched from now on. */
    void seenActive(String name) {
        Resource resource = of(name);
        if (resource.isNew()) {
            groups.ifPresent(present ->
                    present.of(name).forEach(group -> resource.keep(new ProcessTree(Optional.of(group), NO_MARK))));
            resource.arm();
        }
    }

    /** The resource is stopped; what its operations left is not looked after any more. */
    void stopped(String name) {
        synchronized (resources) {
            Optional.ofNullable(resources.remove(name)).ifPresent(Resource::disarm);
        }
        groups.ifPresent(present -> present.forget(name));
    }

    /** How many processes of a resource are watched; 0 for one that has none, or is not started. */
    int watched(String name) {
        synchronized (resources) {
            Resource resource = resources.get(name);
            return resource == null ? 0 : resource.watched();
        }
    }

    private Resource of(String name) {
        synchronized (resources) {
            return resources.computeIfAbsent(name, Resource::new);
        }
    }

    /** What is known of one resource. */
    private final class Resource {
        private final String name;
        private final List<ProcessTree> trees = new ArrayList<>();
        private final Set<Integer> mainProcesses = new TreeSet<>();
        private final List<Processes.Watch> watches = new ArrayList<>();
        private boolean isNew = true;
        /** One further with each change of the resource: what was noticed before a change is not told after it. */
        private int change;

        /** Whether there were processes when it was last looked: then there being none is news. */
        private boolean hadProcesses;

        private long lastTold = System.nanoTime() - CALM.toNanos();

        Resource(String name) {
            this.name = name;
        }

        synchronized boolean isNew() {
            boolean was = isNew;
            isNew = false;
            return was;
        }

        synchronized void keep(ProcessTree tree) {
            trees.add(tree);
            hadProcesses = true;
        }

        synchronized void keep(int pid) {
            mainProcesses.add(pid);
            hadProcesses = true;
        }

        synchronized int watched() {
            return watches.size();
        }

        synchronized void disarm() {
            isNew = false;
            change++;
            endWatches();
            notifyAll();
        }

        private void endWatches() {
            watches.forEach(Processes.Watch::end);
            watches.clear();
        }

        void arm() {
            if (!Pidfd.supported()) {
                return;
            }
            boolean gone;
            synchronized (this) {
                gone = watchMasters();
            }
            if (gone) {
                tellOf(name);
            }
        }

        /** @return whether all have ended since they were last seen */
        private boolean watchMasters() {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                endWatches();
                Set<Integer> masters = masters();
                if (masters.isEmpty()) {
                    boolean gone = hadProcesses;
                    hadProcesses = false;
                    return gone;
                }
                for (int master : masters) {
                    processes.watch(master, this::masterEnded).ifPresent(watches::add);
                }
                if (watches.size() == masters.size()) {
                    return false;
                }
                // One ended between being found and being watched: look again.
            }
            return false;
        }

        private Set<Integer> masters() {
            Set<Integer> all = new TreeSet<>();
            trees.removeIf(tree -> {
                Set<Integer> found = tree.processesByGroup();
                all.addAll(found);
                return found.isEmpty() && tree.group().map(ControlGroup::remove).orElse(true);
            });
            mainProcesses.removeIf(pid -> ProcessTable.parent(pid).isEmpty());
            all.addAll(mainProcesses);
            Set<Integer> masters = new TreeSet<>();
            for (int pid : all) {
                boolean lookedAfter =
                        ProcessTable.parent(pid).filter(all::contains).isPresent();
                if (!lookedAfter && masters.size() < MASTERS) {
                    masters.add(pid);
                }
            }
            return masters;
        }

        /** Called on the thread that serves all programs: what follows reads files, and so happens elsewhere. */
        private void masterEnded() {
            Thread.ofVirtual().name("watch " + name).start(this::tellAndGoOn);
        }

        private void tellAndGoOn() {
            synchronized (this) {
                if (watches.isEmpty()) {
                    // Being changed, or another master's end is being dealt with.
                    return;
                }
                endWatches();
                if (!calmDown(change)) {
                    return;
                }
                lastTold = System.nanoTime();
                watchMasters();
            }
            tellOf(name);
        }

        /** Waits until it is time to tell again. @return false when the resource was changed meanwhile */
        private boolean calmDown(int noticedAt) {
            long end = lastTold + CALM.toNanos();
            try {
                for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                    wait(left / 1_000_000 + 1);
                    if (change != noticedAt) {
                        return false;
                    }
                }
                return true;
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts this thread", e);
            }
        }
    }

    private void tellOf(String name) {
        listener.accept(name);
    }
}
