package org.ringfence.simulator.judge;

import org.ringfence.simulator.world.Witness;

/** Something that must hold at every moment. Throws {@link ViolationException} as soon as it does not. */
public interface Invariant extends Witness {

    /** Ends the simulation. */
    default ViolationException violated(String what) {
        return new ViolationException(getClass().getSimpleName(), what);
    }
}
