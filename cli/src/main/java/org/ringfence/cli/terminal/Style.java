package org.ringfence.cli.terminal;

/** What a piece of text means to its reader; a terminal with colour shows it, any other leaves the text as it is. */
public enum Style {
    PLAIN(""),
    GOOD("32"),
    WARNING("33"),
    BAD("1;31"),
    STRONG("1"),
    FAINT("2");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** {@code text} between the SGR sequences (ECMA-48, 8.3.117) that turn this style on and off. */
    String paint(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
