package org.ringfence.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.ringfence.controller.Protocol;
import org.ringfence.simulator.fault.Errands;
import org.ringfence.simulator.fault.Mischief;
import org.ringfence.simulator.fault.Repair;
import org.ringfence.simulator.judge.Converges;
import org.ringfence.simulator.judge.Judge;
import org.ringfence.simulator.judge.ViolationException;
import org.ringfence.simulator.world.Chance;
import org.ringfence.simulator.world.ClusterText;
import org.ringfence.simulator.world.Host;
import org.ringfence.simulator.world.Journal;
import org.ringfence.simulator.world.Protection;
import org.ringfence.simulator.world.World;

/**
 * One random run: a cluster starts, is given resources, suffers faults for a while, and must then find its way back. The
 * same seed gives the same run.
 */
public final class Simulation {
    private static final Duration LOADED = Duration.ofSeconds(45);
    private static final Duration BOUND = Duration.ofMinutes(8);
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration STAYS = Duration.ofSeconds(40);

    private final Setup setup;
    private final Chance chance;
    private final Journal journal;
    private final Judge judge = new Judge();
    private final World world;
    private final List<String> resources;
    private final Errands errands;
    private final Mischief mischief;

    private Simulation(Setup setup) {
        this.setup = setup;
        chance = new Chance(setup.seed());
        journal = new Journal(setup.detailed());
        int drawn =
                chance.oneOf(chance.happens(0.97) ? List.of(2, 2, 3, 3, 3, 4, 5, 5, 6, 7) : List.of(9, 12, 16, 24, 32));
        int count = setup.nodes().orElse(drawn);
        Protection protection = protection(new Chance(setup.seed() * 31 + 7), count);
        world = new World(
                count,
                protection,
                chance.split(),
                setup.scheduling(),
                setup.machine().get(),
                judge,
                journal);
        olderReleases(new Chance(~setup.seed()));
        resources = ClusterText.resources(chance.between(1, 4));
        errands = new Errands(world, chance.split());
        mischief = new Mischief(world, chance.split(), resources, errands, setup.without());
    }

    /** Half of all clusters have power switches alone; two nodes cannot do with their watchdogs. */
    private static Protection protection(Chance kinds, int nodes) {
        if (kinds.happens(0.5)) {
            return Protection.DEVICES;
        }
        List<Protection> guarded =
                List.of(Protection.GUARDED_DEVICES, Protection.ONE_DISK, Protection.THREE_DISKS, Protection.DISKLESS);
        Protection drawn = kinds.oneOf(guarded);
        return drawn == Protection.DISKLESS && nodes == 2 ? Protection.THREE_DISKS : drawn;
    }

    /**
     * Some clusters are about to be upgraded: about half of their nodes have an older release. Such a node cannot be counted on to
     * stop itself, so that without power switches nothing would run.
     */
    private void olderReleases(Chance releases) {
        if (releases.happens(0.2) && world.protection().hasDevices()) {
            world.hosts().stream()
                    .filter(host -> releases.happens(0.5))
                    .forEach(host -> host.install(releases.between(Protocol.OLDEST, Protocol.NEWEST - 1)));
        }
    }

    public static Outcome run(Setup setup) {
        return new Simulation(setup).run();
    }

    private Outcome run() {
        Optional<Outcome.Violation> violation = Optional.empty();
        try {
            live();
        } catch (ViolationException violated) {
            violation = Optional.of(new Outcome.Violation(violated.invariant(), String.valueOf(violated.getMessage())));
        } catch (IllegalStateException | IllegalArgumentException | NoSuchElementException thrown) {
            String where = Arrays.stream(thrown.getStackTrace())
                    .limit(4)
                    .map(StackTraceElement::toString)
                    .toList()
                    .toString();
            violation = Optional.of(new Outcome.Violation("NothingIsThrown", thrown + " at " + where));
        }
        return new Outcome(
                setup.seed(),
                world.nodes().size(),
                violation,
                journal.digest(),
                journal.events(),
                world.clock().now(),
                mischief.counts(),
                mischief.drawn(),
                violation.isPresent() ? journal.lines() : List.of());
    }

    private void live() {
        for (Host host : world.hosts()) {
            Duration late = chance.happens(0.8) ? chance.millis(0, 4_000) : chance.millis(0, 60_000);
            world.clock().after(late, host::powerOn);
        }
        world.clock()
                .after(
                        chance.millis(5_000, 30_000),
                        () -> errands.load(ClusterText.edits(
                                world.nodes(), resources.size(), chance.between(1, 2), world.protection())));
        world.clock().runUntil(LOADED);
        mischief.begin();
        world.clock().runUntil(LOADED.plus(chance.millis(30_000, 240_000)));
        mischief.end();
        // What was to end by itself does, before everything is put right.
        world.clock().runUntil(world.clock().now().plusSeconds(chance.between(0, 60)));
        Repair.everything(world);
        // What was asked of a node in the last moment is not to undo what is put right.
        world.clock().runUntil(world.clock().now().plus(LAST_REQUESTS));
        errands.restore(resources);
        converge();
    }

    private void converge() {
        var converges = new Converges(world, resources, judge.changes());
        Duration end = world.clock().now().plus(BOUND);
        Duration since = world.clock().now();
        while (world.clock().now().minus(since).compareTo(STAYS) < 0) {
            world.clock().runUntil(world.clock().now().plus(STEP));
            Optional<String> missing = converges.missing();
            if (missing.isPresent()) {
                since = world.clock().now();
                if (since.compareTo(end) > 0) {
                    throw new ViolationException("Converges", missing.get());
                }
            }
        }
    }
}
