package org.ringfence.guard.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The file that {@code sbd} is configured with ({@code /etc/default/sbd}, {@code /etc/sysconfig/sbd}): shell assignments,
 * one a line, with or without quotes. Variables are not expanded.
 */
public final class SbdOptions {
    private final SequencedMap<String, String> values;

    private SbdOptions(SequencedMap<String, String> values) {
        this.values = Collections.unmodifiableSequencedMap(values);
    }

    public static SbdOptions none() {
        return new SbdOptions(new LinkedHashMap<>());
    }

    /** Reads it; what is no assignment is passed over, as a shell would run it and {@code sbd} never sees it. */
    public static SbdOptions read(List<String> lines) {
        var values = new LinkedHashMap<String, String>();
        for (String line : lines) {
            String text = line.strip();
            int equals = text.indexOf('=');
            if (!text.startsWith("#") && equals > 0) {
                String name = text.substring(0, equals).strip();
                values.put(
                        name.startsWith("export ")
                                ? name.substring("export ".length()).strip()
                                : name,
                        value(text.substring(equals + 1).strip()));
            }
        }
        return new SbdOptions(values);
    }

    private static String value(String text) {
        if (text.isEmpty()) {
            return text;
        }
        char quote = text.charAt(0);
        if (quote == '"' || quote == '\'') {
            int end = text.indexOf(quote, 1);
            return end < 0 ? text.substring(1) : text.substring(1, end);
        }
        int comment = text.indexOf(" #");
        return comment < 0 ? text : text.substring(0, comment).strip();
    }

    /** Empty also when nothing stands behind it. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }
}
