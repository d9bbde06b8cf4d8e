package org.ringfence.api.status;

import java.util.List;

/**
 * Whether resources may start at all.
 *
 * @param reason   one sentence, as the log says it
 * @param commands what would set fencing up, ready to be typed; empty when nothing needs to be done
 */
public record Interlock(State state, String reason, List<String> commands) {
    public Interlock {
        commands = List.copyOf(commands);
    }

    /** How far the interlock lets resources start. */
    public enum State {
        /** There is usable fencing: resources start. */
        RELEASED,
        /** There is none, and waivers let those start that they name. */
        WAIVED,
        /** There is none: nothing starts. */
        ENGAGED
    }
}
