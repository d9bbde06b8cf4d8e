package org.ringfence.simulator.world;

import org.ringfence.controller.Controller;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Event;
import org.ringfence.controller.Now;
import org.ringfence.controller.Step;

/** What drives a node: the production machine, or one with a planted fault around it. */
@FunctionalInterface
public interface Machine {
    Machine PRODUCTION = Controller::step;

    Step<ControllerState> step(ControllerState state, Now now, Event event);
}
