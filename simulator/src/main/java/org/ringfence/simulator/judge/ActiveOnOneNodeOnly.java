package org.ringfence.simulator.judge;

import org.ringfence.simulator.world.Host;
import org.ringfence.simulator.world.World;

/** A resource is never active, or being started, on two hosts that both have power. */
public final class ActiveOnOneNodeOnly implements Invariant {
    @Override
    public void agentBegan(World world, Host host, String resource, String operation) {
        if (operation.equals("start")) {
            check(world, host, resource);
        }
    }

    @Override
    public void resourceChanged(World world, Host host, String resource, boolean active) {
        if (active) {
            check(world, host, resource);
        }
    }

    private void check(World world, Host host, String resource) {
        for (Host other : world.hosts()) {
            if (other != host && other.isPowered() && other.agents().mayTouchData(resource)) {
                throw violated(resource + " is on " + host + " while " + other + " can still touch its data");
            }
        }
    }
}
