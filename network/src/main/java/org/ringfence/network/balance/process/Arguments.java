package org.ringfence.network.balance.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

/**
 * The words after {@code ringfence balance WORD}.
 *
 * @param words   those that are no options
 * @param options what follows each {@code --name}; empty text for one that takes nothing
 */
record Arguments(List<String> words, Map<String, String> options) {

    /**
     * @param flags  options that take nothing
     * @param valued options that take a value, after a blank or an equals sign
     */
    static Arguments parse(List<String> arguments, Set<String> flags, Set<String> valued)
            throws UnusableInputException {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!word.startsWith("--")) {
                words.add(word);
            } else if (flags.contains(word)) {
                options.put(word, "");
            } else if (valued.contains(name) && equals > 0) {
                options.put(name, word.substring(equals + 1));
            } else if (valued.contains(word) && i + 1 < arguments.size()) {
                i++;
                options.put(word, arguments.get(i));
            } else {
                throw unusable(word, "is not understood", "see ringfence balance --help");
            }
        }
        return new Arguments(List.copyOf(words), options);
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /** The one word that is wanted. */
    String only(String what) throws UnusableInputException {
        if (words.size() != 1) {
            throw unusable(
                    what, words.isEmpty() ? "is missing" : "is one, not several", "see ringfence balance --help");
        }
        return words.getFirst();
    }

    Path path(String option, Path otherwise) {
        return value(option).map(Path::of).orElse(otherwise);
    }

    static UnusableInputException unusable(String element, String text, String remedy) {
        return new UnusableInputException(Problem.error(Place.NONE, element, text, remedy));
    }
}
