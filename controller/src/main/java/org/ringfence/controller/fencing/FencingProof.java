package org.ringfence.controller.fencing;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.ringfence.model.NodeId;

/**
 * What was last shown of a path: that this device can be used against this node from that one. Kept as a fact of the node that
 * is to be fenced, on every member's disk.
 *
 * @param when   by the clock of the DC that noted it
 * @param proven whether all that was looked at was as it should be
 * @param text   what was shown or what was wrong, one line
 */
public record FencingProof(Instant when, boolean proven, String text) {
    private static final String PROVEN = "proven";
    private static final String BROKEN = "broken";

    /** The name of the fact. */
    public static String name(String device, NodeId executor) {
        return device + "@" + executor;
    }

    /** The device in the name of a fact. */
    public static String device(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('@')));
    }

    /** The executing node in the name of a fact. */
    public static String executor(String name) {
        return name.substring(name.lastIndexOf('@') + 1);
    }

    /** The value of the fact. */
    public String value() {
        return when + " " + (proven ? PROVEN : BROKEN) + " " + text;
    }

    /** Empty for what a release wrote that knows better. */
    public static Optional<FencingProof> parse(String value) {
        String[] parts = value.split(" ", 3);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FencingProof(Instant.parse(parts[0]), parts[1].equals(PROVEN), parts[2]));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
