package org.ringfence.scheduler.resource;

import java.util.Locale;

/** What a resource is or is to be on a node, from least to most. */
public enum Role {
    UNKNOWN,
    STOPPED,
    STARTED,
    UNPROMOTED,
    PROMOTED;

    /** A role as a configuration writes it; {@link #UNKNOWN} for anything else. */
    public static Role parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "stopped" -> STOPPED;
            case "started" -> STARTED;
            case "unpromoted", "slave" -> UNPROMOTED;
            case "promoted", "master" -> PROMOTED;
            default -> UNKNOWN;
        };
    }

    /** As a configuration writes it. */
    public String text() {
        return switch (this) {
            case UNKNOWN -> "Unknown";
            case STOPPED -> "Stopped";
            case STARTED -> "Started";
            case UNPROMOTED -> "Unpromoted";
            case PROMOTED -> "Promoted";
        };
    }

    public boolean isActive() {
        return compareTo(STOPPED) > 0;
    }
}
