package org.ringfence.daemon.helpers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Which options a helper has, and how a command line is read by them: short ones together or apart, long ones whole or begun,
 * values attached or following, as {@code getopt_long} does it.
 */
final class Grammar {
    private enum Value {
        NONE,
        NEEDED,
        /** Taken from the next word unless that is an option. */
        POSSIBLE
    }

    private final Map<Character, String> letters = new TreeMap<>();
    private final SequencedMap<String, Value> options = new LinkedHashMap<>();
    private final Map<String, String> meaning = new TreeMap<>();

    /**
     * Options as words {@code LETTER:NAME}, or {@code :NAME} without a letter; {@code NAME=} takes a value and {@code NAME=?} may.
     * {@code LETTER:NAME>OTHER} is another way to write {@code OTHER}.
     */
    static Grammar of(String... words) {
        var grammar = new Grammar();
        for (String word : words) {
            grammar.add(word);
        }
        return grammar;
    }

    private void add(String word) {
        int colon = word.indexOf(':');
        String rest = word.substring(colon + 1);
        int same = rest.indexOf('>');
        String other = same < 0 ? "" : rest.substring(same + 1);
        String own = same < 0 ? rest : rest.substring(0, same);
        Value value = own.endsWith("=?") ? Value.POSSIBLE : own.endsWith("=") ? Value.NEEDED : Value.NONE;
        String name = own.replaceAll("=\\??$", "");
        options.put(name, value);
        meaning.put(name, other.isEmpty() ? name : other);
        if (colon == 1) {
            letters.put(word.charAt(0), name);
        }
    }

    /** A command line: options by their names with their values ("" for those without), and what are no options. */
    record Line(SequencedMap<String, String> options, List<String> operands) {
        boolean has(String name) {
            return options.containsKey(name);
        }

        Optional<String> value(String name) {
            return Optional.ofNullable(options.get(name));
        }
    }

    Line read(List<String> arguments) throws UsageException {
        SequencedMap<String, String> found = new LinkedHashMap<>();
        List<String> operands = new ArrayList<>();
        for (int at = 0; at < arguments.size(); at++) {
            String word = arguments.get(at);
            if (word.equals("--")) {
                operands.addAll(arguments.subList(at + 1, arguments.size()));
                break;
            } else if (word.startsWith("--")) {
                at = readLong(arguments, at, found);
            } else if (word.length() > 1 && word.charAt(0) == '-') {
                at = readShort(arguments, at, found);
            } else {
                operands.add(word);
            }
        }
        return new Line(found, operands);
    }

    private int readLong(List<String> arguments, int at, SequencedMap<String, String> found) throws UsageException {
        String word = arguments.get(at).substring(2);
        int equals = word.indexOf('=');
        String name = option(equals < 0 ? word : word.substring(0, equals));
        return take(arguments, at, name, equals < 0 ? "" : word.substring(equals + 1), equals >= 0, found);
    }

    private String option(String begun) throws UsageException {
        if (options.containsKey(begun)) {
            return begun;
        }
        List<String> possible =
                options.keySet().stream().filter(name -> name.startsWith(begun)).toList();
        if (possible.size() != 1) {
            throw new UsageException(
                    "unknown option --" + begun + (possible.isEmpty() ? "" : "; it could be " + possible));
        }
        return possible.getFirst();
    }

    private int readShort(List<String> arguments, int at, SequencedMap<String, String> found) throws UsageException {
        String word = arguments.get(at);
        for (int index = 1; index < word.length(); index++) {
            String name = letters.get(word.charAt(index));
            if (name == null) {
                throw new UsageException("unknown option -" + word.charAt(index));
            }
            if (options.get(name) != Value.NONE) {
                String attached = word.substring(index + 1);
                return take(arguments, at, name, attached, !attached.isEmpty(), found);
            }
            found.put(meaningOf(name), "");
        }
        return at;
    }

    /** @return the place of the last word that was used */
    private int take(
            List<String> arguments,
            int at,
            String name,
            String attached,
            boolean isAttached,
            SequencedMap<String, String> found)
            throws UsageException {
        Value value = options.getOrDefault(name, Value.NONE);
        boolean follows = at + 1 < arguments.size();
        boolean takesNext = !isAttached
                && (value == Value.NEEDED
                        || (value == Value.POSSIBLE
                                && follows
                                && !arguments.get(at + 1).startsWith("-")));
        if (takesNext && !follows) {
            throw new UsageException("option --" + name + " needs a value");
        }
        if (value == Value.NONE && isAttached) {
            throw new UsageException("option --" + name + " takes no value");
        }
        found.put(meaningOf(name), takesNext ? arguments.get(at + 1) : attached);
        return takesNext ? at + 1 : at;
    }

    private String meaningOf(String name) {
        return meaning.getOrDefault(name, name);
    }
}
