package org.ringfence.network.balance.configuration;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Values of directives, of a virtual service or else of the whole file. A value that cannot be used is a problem, and the default goes on. */
final class Values {
    private final Section own;
    private final Section global;
    private final Problems problems;

    Values(Section own, Section global, Problems problems) {
        this.own = own;
        this.global = global;
        this.problems = problems;
    }

    Optional<Directive> find(String name) {
        Optional<Directive> here = own.find(name);
        return here.isEmpty() && Vocabulary.SHARED.contains(name) ? global.find(name) : here;
    }

    int number(String name, int least, int most, int otherwise) {
        return find(name)
                .map(directive -> number(directive, least, most))
                .orElse(OptionalInt.empty())
                .orElse(otherwise);
    }

    OptionalInt number(Directive directive, int least, int most) {
        OptionalInt number = Numbers.parse(directive.text(), least, most);
        if (number.isEmpty()) {
            String range = most == Integer.MAX_VALUE ? "from " + least + " on" : "from " + least + " to " + most;
            wrong(directive, "'" + directive.value() + "' is not a whole number " + range, "");
        }
        return number;
    }

    /** Seconds: the service's own one or other, else the whole file's one or other, else the default. Each stands in for the other. */
    int seconds(String name, String standIn, int otherwise) {
        for (Section section : new Section[] {own, global}) {
            for (String each : new String[] {name, standIn}) {
                Optional<Directive> directive = section.find(each);
                if (directive.isPresent()) {
                    return number(directive.get(), 1, Integer.MAX_VALUE).orElse(otherwise);
                }
            }
        }
        return otherwise;
    }

    boolean yes(String name, boolean otherwise) {
        return word(
                        name,
                        text -> switch (text) {
                            case "yes" -> Optional.of(true);
                            case "no" -> Optional.of(false);
                            default -> Optional.empty();
                        },
                        "write yes or no")
                .orElse(otherwise);
    }

    /** @param meaning empty for a text that means nothing */
    <T> Optional<T> word(String name, Function<String, Optional<T>> meaning, String remedy) {
        Optional<Directive> directive = find(name);
        Optional<T> value = directive.flatMap(found -> meaning.apply(found.text()));
        if (value.isEmpty()) {
            directive.ifPresent(found -> wrong(found, "'" + found.value() + "' is not known", remedy));
        }
        return value;
    }

    /** Without its quotes; never empty. */
    Optional<String> text(String name) {
        Optional<Directive> directive = find(name);
        if (directive.isPresent() && directive.get().text().isEmpty()) {
            wrong(directive.get(), "has no value", "");
            return Optional.empty();
        }
        return directive.map(Directive::text);
    }

    /** A text that the grammar wants in quotes. */
    Optional<String> quoted(String name) {
        Optional<Directive> directive = find(name);
        if (directive.isPresent() && !directive.get().isQuoted()) {
            wrong(
                    directive.get(),
                    "'" + directive.get().value() + "' is not in quotes",
                    "write " + name + " = \"...\"");
            return Optional.empty();
        }
        return text(name);
    }

    /** A regular expression, as it was written. */
    String pattern(String name) {
        Optional<String> text = quoted(name);
        text.ifPresent(pattern -> checkPattern(find(name).orElseThrow(), 1, pattern));
        return text.orElse("");
    }

    /** @param start where in the directive's value the expression begins */
    void checkPattern(Directive directive, int start, String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException malformed) {
            problems.error(
                    directive.at(start + Math.max(0, malformed.getIndex())),
                    directive.name(),
                    "\"" + pattern + "\" is not a regular expression: " + malformed.getDescription(),
                    "a character that means itself is written with \\ before it");
        }
    }

    void wrong(Directive directive, String text, String remedy) {
        problems.error(directive.valuePlace(), directive.name(), text, remedy);
    }
}
