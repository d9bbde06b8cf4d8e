package org.ringfence.cli.input;

/** Something that is so or not. */
public enum YesOrNo {
    YES,
    NO;

    /** @throws IllegalArgumentException when it is another word; the message is for the person who wrote it */
    public static YesOrNo parse(String text) {
        return switch (text) {
            case "yes" -> YES;
            case "no" -> NO;
            default -> throw new IllegalArgumentException("'" + text + "' is neither yes nor no");
        };
    }
}
