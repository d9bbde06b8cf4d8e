package org.ringfence.simulator;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.ringfence.controller.port.Scheduling;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.simulator.world.Machine;

/**
 * What is to be simulated. Equal set-ups give equal runs.
 *
 * @param nodes    how many; drawn from the seed when empty
 * @param machine  makes what drives every node of one run
 * @param without  numbers of faults that are drawn and do not happen
 * @param detailed whether the story has every event and effect in it
 */
public record Setup(
        long seed,
        Optional<Integer> nodes,
        Scheduling scheduling,
        Supplier<Machine> machine,
        SortedSet<Integer> without,
        boolean detailed) {
    public Setup {
        without = Collections.unmodifiableSortedSet(new TreeSet<>(without));
    }

    /** The production machines and scheduler, and whatever the seed draws. */
    public static Setup of(long seed) {
        return new Setup(seed, Optional.empty(), Scheduler::schedule, () -> Machine.PRODUCTION, new TreeSet<>(), false);
    }

    /** With so many nodes, whatever the seed draws. */
    public Setup withNodes(int count) {
        return new Setup(seed, Optional.of(count), scheduling, machine, without, detailed);
    }

    /** With something around the production machine. */
    public Setup withMachine(Supplier<Machine> other) {
        return new Setup(seed, nodes, scheduling, other, without, detailed);
    }

    /** Without these faults. */
    public Setup withoutFaults(SortedSet<Integer> faults) {
        return new Setup(seed, nodes, scheduling, machine, faults, detailed);
    }

    /** With every event and effect in the story. */
    public Setup inDetail() {
        return new Setup(seed, nodes, scheduling, machine, without, true);
    }
}
