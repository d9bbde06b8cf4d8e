package org.ringfence.daemon.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ringfence.linux.Pidfd;

/**
 * The processes that come from one run, wherever they went: those in its control group, and those that carry its mark in their
 * environment. Forking twice, changing the session and closing descriptors do not lead out of it; without a control group, a
 * cleaned environment does.
 *
 * @param mark {@code NAME=value} in the environment that the run was started with
 */
public record ProcessTree(Optional<ControlGroup> group, String mark) {
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;
    private static final int NAMED = 5;
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** After this long a killed process that is still there waits in the kernel, and nothing here will help. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Those living now, by number. Reads the environment of every process: some milliseconds on a large host. */
    public Set<Integer> processes() {
        Set<Integer> found = new TreeSet<>(ProcessTable.withEnvironment(mark));
        group.ifPresent(present -> found.addAll(present.processes()));
        return found;
    }

    /** Those living now as far as the control group knows; without one, the same as {@link #processes}. */
    public Set<Integer> processesByGroup() {
        return group.<Set<Integer>>map(present -> new TreeSet<>(present.processes()))
                .orElseGet(this::processes);
    }

    /**
     * Ends all of them: SIGTERM, the grace, then SIGKILL until none is left. Blocks until then, or until patience is over.
     *
     * @return one line on what was ended and how; empty when nothing was there
     */
    String end(Duration grace) throws InterruptedException {
        Set<Integer> processes = processes();
        if (processes.isEmpty()) {
            return "";
        }
        String names = describe(processes);
        if (!grace.isZero()) {
            signal(processes, SIGTERM);
            processes = awaitNone(System.nanoTime() + grace.toNanos(), 0);
            if (processes.isEmpty()) {
                return "ended " + names;
            }
        }
        names = describe(processes);
        processes = awaitNone(System.nanoTime() + PATIENCE.toNanos(), SIGKILL);
        return processes.isEmpty()
                ? "killed " + names
                : "could not be ended, stuck in the kernel: " + describe(processes);
    }

    /** Waits until none is left or the deadline, giving all a signal again and again unless it is 0; returns who is left. */
    private Set<Integer> awaitNone(long deadline, int signal) throws InterruptedException {
        while (true) {
            if (signal == SIGKILL) {
                group.ifPresent(ControlGroup::kill);
            }
            Set<Integer> left = processes();
            if (signal != 0) {
                signal(left, signal);
            }
            if (left.isEmpty() || System.nanoTime() - deadline > 0) {
                return left;
            }
            Thread.sleep(PAUSE);
        }
    }

    private static void signal(Set<Integer> processes, int signal) {
        processes.forEach(pid -> Pidfd.signal(pid, signal));
    }

    private static String describe(Set<Integer> processes) {
        List<String> names = new ArrayList<>(
                processes.stream().limit(NAMED).map(ProcessTable::describe).toList());
        if (processes.size() > NAMED) {
            names.add("and " + (processes.size() - NAMED) + " more");
        }
        return names.stream().collect(Collectors.joining(", "));
    }
}
