package org.ringfence.network.balance.dialogue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Texts of dialogues. */
final class Text {
    private static final int SHOWN_MAX = 80;

    private Text() {}

    /** A text from outside as one short line that a terminal can show. */
    static String shown(String text) {
        String line = text.lines()
                .findFirst()
                .orElse("")
                .replaceAll("\\p{Cntrl}", "?")
                .strip();
        return line.length() <= SHOWN_MAX ? line : line.substring(0, SHOWN_MAX) + "...";
    }

    /**
     * Looks for a regular expression; an empty one is found in everything.
     *
     * @return what is shown of the text
     * @throws FailedCheckException when it is not there
     */
    static String require(String pattern, String text) throws FailedCheckException {
        if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
            throw new FailedCheckException("answers without /" + pattern + "/: '" + shown(text) + "'");
        }
        return shown(text);
    }

    /** How this host calls itself. */
    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
