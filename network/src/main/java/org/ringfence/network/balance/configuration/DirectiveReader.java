package org.ringfence.network.balance.configuration;

import java.util.Optional;
import org.ringfence.model.problem.Place;

/** Cuts one line into a directive. */
final class DirectiveReader {
    /** ldirectord(8), "Section virtual": four spaces or a tab. */
    private static final int INDENT_MIN = 4;

    private final String file;
    private final Problems problems;

    DirectiveReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** @param indented whether it belongs to the virtual service above it */
    record Line(Directive directive, boolean indented) {}

    /** @return empty for a line without a directive, and for one that is wrong, which is a problem then */
    Optional<Line> read(String line, int number) {
        String text = withoutComment(line).stripTrailing();
        int start = 0;
        int depth = 0;
        while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
            depth += text.charAt(start) == '\t' ? INDENT_MIN : 1;
            start++;
        }
        if (start == text.length()) {
            return Optional.empty();
        }
        var place = new Place(file, number, start + 1);
        if (depth > 0 && depth < INDENT_MIN) {
            problems.error(
                    place,
                    text.strip(),
                    "is indented by less than four spaces",
                    "indent it by four spaces or a tab when it belongs to the virtual service above, else not at all");
            return Optional.empty();
        }
        int equals = text.indexOf('=', start);
        String name = text.substring(start, equals < 0 ? text.length() : equals).strip();
        if (equals < 0 && name.equals("supervised")) {
            problems.warning(place, name, "stands without a value and is taken for yes", "write supervised = yes");
            return Optional.of(new Line(new Directive(name, "yes", place, place), depth > 0));
        }
        if (equals < 0 || name.isEmpty()) {
            problems.error(place, text.strip(), "is not NAME = VALUE", "");
            return Optional.empty();
        }
        int value = equals + 1;
        while (value < text.length() && Character.isWhitespace(text.charAt(value))) {
            value++;
        }
        var valuePlace = new Place(file, number, value + 1);
        return Optional.of(new Line(new Directive(name, text.substring(value), place, valuePlace), depth > 0));
    }

    /** A # within quotes is no comment. A quote that is never closed protects nothing. */
    private static String withoutComment(String line) {
        int from = 0;
        while (true) {
            int hash = line.indexOf('#', from);
            if (hash < 0) {
                return line;
            }
            long before = line.substring(0, hash).chars().filter(c -> c == '"').count();
            if (before % 2 == 0 || line.indexOf('"', hash) < 0) {
                return line.substring(0, hash);
            }
            from = hash + 1;
        }
    }
}
