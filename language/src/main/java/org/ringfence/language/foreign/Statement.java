package org.ringfence.language.foreign;

import java.util.Map;
import java.util.SequencedMap;

/** Writes one statement of a configuration's text, with what needs quotes in quotes. */
final class Statement {
    private final StringBuilder text = new StringBuilder();

    Statement(String... words) {
        for (String word : words) {
            add(word);
        }
    }

    Statement add(String word) {
        text.append(text.isEmpty() ? "" : " ").append(word);
        return this;
    }

    /** {@code params name=value ...}; nothing at all when there are none. */
    Statement pairs(String keyword, SequencedMap<String, String> pairs) {
        if (!pairs.isEmpty()) {
            add(keyword);
            for (Map.Entry<String, String> pair : pairs.sequencedEntrySet()) {
                add(pair.getKey() + "=" + quoted(pair.getValue()));
            }
        }
        return this;
    }

    private static String quoted(String value) {
        return value.matches("[A-Za-z0-9_./:@%+-]+")
                ? value
                : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Override
    public String toString() {
        return text.append('\n').toString();
    }
}
