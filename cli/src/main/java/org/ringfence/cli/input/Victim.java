package org.ringfence.cli.input;

/** Which node a demonstration's fault strikes. */
public enum Victim {
    DC,
    OTHER;

    /** @throws IllegalArgumentException when it is another word; the message is for the person who wrote it */
    public static Victim parse(String text) {
        return switch (text) {
            case "dc" -> DC;
            case "other" -> OTHER;
            default -> throw new IllegalArgumentException("'" + text + "' is neither dc nor other");
        };
    }
}
