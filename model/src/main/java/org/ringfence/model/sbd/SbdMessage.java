package org.ringfence.model.sbd;

import java.util.Arrays;
import java.util.Optional;

/** What a node may be told through its slot. */
public enum SbdMessage {
    /** Nothing, or what was there has been done. */
    CLEAR(0, "clear"),
    /** To show that the node reads; it clears it. */
    TEST(1, "test"),
    /** Reset at once. */
    RESET(2, "reset"),
    /** Power off at once. */
    OFF(3, "off"),
    /** End the watching without fencing. */
    EXIT(4, "exit"),
    /** Leave a dump of the kernel, then reset. */
    CRASHDUMP(5, "crashdump");

    private final int code;
    private final String word;

    SbdMessage(int code, String word) {
        this.code = code;
        this.word = word;
    }

    /** The byte on the disk. */
    public int code() {
        return code;
    }

    /** As commands and listings have it. */
    public String word() {
        return word;
    }

    /** Whether the node is gone, or about to be, once it has read this. */
    public boolean stops() {
        return this == RESET || this == OFF || this == CRASHDUMP;
    }

    public static Optional<SbdMessage> named(String word) {
        return Arrays.stream(values())
                .filter(message -> message.word.equalsIgnoreCase(word))
                .findFirst();
    }

    /** Empty for a byte that no message has. */
    public static Optional<SbdMessage> ofCode(int code) {
        return Arrays.stream(values()).filter(message -> message.code == code).findFirst();
    }
}
