package org.ringfence.simulator.fault;

import java.time.Duration;
import java.util.List;
import org.ringfence.simulator.world.ClusterText;
import org.ringfence.simulator.world.FenceDevices.Behaviour;
import org.ringfence.simulator.world.Host;
import org.ringfence.simulator.world.World;

/** Puts the world right: from now on everything works, and what was stopped is started. */
public final class Repair {
    private Repair() {}

    public static void everything(World world) {
        world.note("faults stop");
        world.network().repair();
        ClusterText.FENCE_AGENTS.forEach(agent -> world.fencing().behave(agent, Behaviour.WORKS));
        world.disks().repair();
        world.frozen().forEach(world::thaw);
        for (Host host : world.hosts()) {
            world.goOn(host.node());
            world.clockRate(host.node(), 1);
            host.disk().full(false);
            host.disk().lies(false);
            host.disk().slowest(Duration.ofMillis(8));
            host.agents().behave();
            host.watchdog().takes(Duration.ZERO);
            host.guard().goOn();
            host.startsByItself(true);
        }
        keepRunning(world);
    }

    /** Whoever runs a host switches it on, and service supervision starts a daemon that has ended. */
    private static void keepRunning(World world) {
        for (Host host : List.copyOf(world.hosts())) {
            host.powerOn();
        }
        world.clock().after(Duration.ofSeconds(15), () -> {
            world.hosts().forEach(host -> {
                host.guard().start();
                host.startDaemon();
            });
            keepRunning(world);
        });
    }
}
