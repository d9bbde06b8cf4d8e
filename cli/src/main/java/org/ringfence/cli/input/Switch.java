package org.ringfence.cli.input;

/** Something that is on or off. */
public enum Switch {
    ON,
    OFF;

    /** @throws IllegalArgumentException when it is another word; the message is for the person who wrote it */
    public static Switch parse(String text) {
        return switch (text) {
            case "on" -> ON;
            case "off" -> OFF;
            default -> throw new IllegalArgumentException("'" + text + "' is neither on nor off");
        };
    }
}
