package org.ringfence.model.problem;

/**
 * One thing that is wrong, said so that its reader can mend it.
 *
 * @param element what it is about, as the configuration names it: {@code primitive "db"}; empty when it is about the whole
 * @param text    the reason, one sentence without a full stop
 * @param remedy  the smallest change that would lift it; empty when none is known
 */
public record Problem(Severity severity, Place place, String element, String text, String remedy) {

    /** How much a problem matters, most serious first. */
    public enum Severity {
        /** What was read cannot be used. */
        ERROR,
        /** Usable, but part of it was left out of account. */
        WARNING,
        /** Worth knowing. */
        NOTE
    }

    public static Problem error(Place place, String element, String text, String remedy) {
        return new Problem(Severity.ERROR, place, element, text, remedy);
    }

    public static Problem warning(Place place, String element, String text, String remedy) {
        return new Problem(Severity.WARNING, place, element, text, remedy);
    }

    /** One line: place, element, reason and remedy. */
    @Override
    public String toString() {
        var line = new StringBuilder();
        if (place.line() > 0) {
            line.append(place).append(": ");
        }
        if (!element.isEmpty()) {
            line.append(element).append(": ");
        }
        line.append(text);
        if (!remedy.isEmpty()) {
            line.append("; ").append(remedy);
        }
        return line.toString();
    }
}
