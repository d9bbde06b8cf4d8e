package org.ringfence.model.problem;

/**
 * Where something stands in a text: the file as its reader named it, line and column counted from 1.
 *
 * @param line 0 when the element was not read from a text
 */
public record Place(String file, int line, int column) {
    public static final Place NONE = new Place("", 0, 0);

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
