package org.ringfence.language.foreign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A line of a text in which indentation says what belongs to what, with what belongs to it. */
record Outline(int number, String text, List<Outline> below) {

    /** The lines of a text; blank ones are passed over. The first is above all and says nothing. */
    static Outline of(String text) {
        var root = new Outline(0, "", new ArrayList<>());
        List<Outline> open = new ArrayList<>(List.of(root));
        List<Integer> indents = new ArrayList<>(List.of(-1));
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            int indent = line.length() - line.stripLeading().length();
            while (indents.getLast() >= indent) {
                indents.removeLast();
                open.removeLast();
            }
            var one = new Outline(number, line.strip(), new ArrayList<>());
            open.getLast().below.add(one);
            open.add(one);
            indents.add(indent);
        }
        return root;
    }

    /** What stands before the first colon; all of it when there is none. */
    String key() {
        int colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon).strip();
    }

    /** What stands after the first colon. */
    String value() {
        int colon = text.indexOf(':');
        return colon < 0 ? "" : text.substring(colon + 1).strip();
    }

    /** The words of a line; quotes hold one together. What stands in parentheses at the end is about the line, and left out. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        var word = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (char letter : line.replaceAll("\\s\\((id:)?[^()=\\s]+\\)$", "").toCharArray()) {
            if (letter == '"' || letter == '\'') {
                quoted = !quoted;
                any = true;
            } else if (Character.isWhitespace(letter) && !quoted) {
                if (any || !word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(letter);
            }
        }
        if (any || !word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** The words {@code name=value} of this line's value and of all lines below it. */
    SequencedMap<String, String> pairs() {
        var pairs = new LinkedHashMap<String, String>();
        addPairs(value(), pairs);
        below.forEach(line -> addAll(line, pairs));
        return pairs;
    }

    private static void addAll(Outline line, SequencedMap<String, String> pairs) {
        addPairs(line.text, pairs);
        line.below.forEach(inner -> addAll(inner, pairs));
    }

    private static void addPairs(String text, SequencedMap<String, String> pairs) {
        for (String word : words(text)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                pairs.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
    }
}
