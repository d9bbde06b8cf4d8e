package org.ringfence.cli.input;

import java.util.Locale;
import org.ringfence.demo.cluster.Fencing;

/** How a demonstration's nodes are fenced, as it is written. */
public final class DemoFencing {
    private DemoFencing() {}

    public static Fencing parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "switch" -> Fencing.SWITCH;
            case "sbd" -> Fencing.SBD;
            case "watchdog" -> Fencing.WATCHDOG;
            default -> throw new IllegalArgumentException("'" + text + "' is none of switch, sbd and watchdog");
        };
    }
}
