package org.ringfence.simulator.judge;

import java.util.Optional;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Event;
import org.ringfence.controller.Step;
import org.ringfence.controller.membership.View;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.World;

/** A node that has become a member of a later view is no longer the DC of an earlier one: no partition has two. */
public final class OneDesignatedController implements Invariant {
    @Override
    public void stepped(World world, Daemon daemon, ControllerState before, Event event, Step<ControllerState> step) {
        Optional<View> mine = view(daemon);
        if (mine.isEmpty()) {
            return;
        }
        for (Daemon other : world.daemons()) {
            Optional<View> theirs = other == daemon ? Optional.empty() : view(other);
            if (theirs.isPresent()) {
                boolean later = mine.get().number().isAfter(theirs.get().number());
                View high = later ? mine.get() : theirs.get();
                View low = later ? theirs.get() : mine.get();
                if (high.has(low.dc())) {
                    throw violated(
                            low.dc() + " is DC of view " + low.number() + " and a member of view " + high.number());
                }
            }
        }
    }

    private static Optional<View> view(Daemon daemon) {
        return daemon.state().dc().isPresent()
                ? daemon.state().membership().view().filter(View::quorate)
                : Optional.empty();
    }
}
