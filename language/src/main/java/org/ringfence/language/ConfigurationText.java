package org.ringfence.language;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ringfence.model.xml.Element;

/**
 * The way in: a configuration as text, and back.
 *
 * <p>What was written from a configuration reads as that configuration, but for ids that nothing refers to, which are made anew.
 * Written again, it is the same text.
 */
public final class ConfigurationText {
    private ConfigurationText() {}

    /** The whole configuration: one statement after the other, ended by a line feed; empty for one that says nothing. */
    public static String write(Element configuration) {
        var text = new StringBuilder();
        for (Written written : statements(configuration)) {
            text.append(written.text()).append('\n');
        }
        return text.toString();
    }

    /** The statements one by one. */
    public static List<Written> statements(Element configuration) {
        return new StatementsWritten(configuration).all();
    }

    /**
     * One statement.
     *
     * @param covers the ids of what the statement defines: its own, and for raw XML of all that is inside
     * @param text   with its comments, without a line feed at the end
     */
    public record Written(Definition definition, Set<String> covers, String text) {
        public Written {
            covers = Ordered.copy(covers);
        }
    }

    /**
     * Reads a whole text.
     *
     * @param file  how problems call it
     * @param known what is configured already, which the text may name without defining it
     */
    public static Reading read(String text, String file, Optional<Definitions> known) {
        return new TextReader(text, file, known).read();
    }
}
