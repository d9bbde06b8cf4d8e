package org.ringfence.language;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;

/** Reads a text: every statement is tried, so that one reading finds several mistakes. */
final class TextReader {
    /** Longer than any configuration that a person keeps as text, in characters. */
    private static final int LONGEST = 16 << 20;

    private final String text;
    private final String file;
    private final Optional<Definitions> known;
    private final List<Problem> problems = new ArrayList<>();
    private final LinkedHashMap<Definition.Key, Definition> definitions = new LinkedHashMap<>();

    TextReader(String text, String file, Optional<Definitions> known) {
        this.text = text;
        this.file = file;
        this.known = known;
    }

    Reading read() {
        if (text.length() > LONGEST) {
            problems.add(Problem.error(
                    Place.NONE,
                    file,
                    "is longer than any configuration: " + text.length() / (1 << 20) + " million characters",
                    "see whether it is the right file"));
            return reading();
        }
        var lexer = new Lexer(text, file, problems);
        List<Statement> statements = new ArrayList<>();
        for (Optional<Statement> next = lexer.next(); next.isPresent(); next = lexer.next()) {
            statements.add(next.get());
        }
        var reader = new Statements(new Ids(given(statements)), nodes(statements));
        for (Statement statement : statements) {
            if (problems.size() >= Reading.MOST) {
                problems.add(Problem.error(statement.place(), "", "there were too many mistakes to go on", ""));
                break;
            }
            try {
                define(reader, statement);
            } catch (UnusableInputException unusable) {
                problems.add(unusable.problem());
            }
        }
        keep(lexer.trailingComments());
        return reading();
    }

    private Reading reading() {
        return new Reading(
                Definitions.of(definitions.values()), problems.subList(0, Math.min(problems.size(), Reading.MOST + 1)));
    }

    private void define(Statements reader, Statement statement) throws UnusableInputException {
        if (statement.keyword().is("monitor")) {
            monitor(reader.monitor(statement));
            return;
        }
        List<Element> comments = comments(statement.comments(), statement.place());
        List<Definition> read = reader.read(statement);
        for (Definition definition : read) {
            // A container comes last of what is inside it, and has the comments.
            Definition commented = definition.equals(read.getLast()) ? definition.withComments(comments) : definition;
            Definition former = definitions.get(definition.key());
            if (former == null) {
                definitions.put(commented.key(), commented);
            } else if (isSet(definition)) {
                definitions.put(former.key(), Merging.joined(former, commented));
            } else {
                throw new UnusableInputException(Problem.error(
                        definition.element().place(),
                        definition.label(),
                        "is defined a second time",
                        former.element().place().line() > 0
                                ? "the first is in line "
                                        + former.element().place().line()
                                : ""));
            }
        }
    }

    private static boolean isSet(Definition definition) {
        return switch (definition.kind()) {
            case PROPERTY, RESOURCE_DEFAULTS, OPERATION_DEFAULTS, OTHER -> true;
            default -> false;
        };
    }

    private void monitor(Element monitor) throws UnusableInputException {
        var key = new Definition.Key("resources", monitor.id());
        Definition primitive = definitions.get(key);
        if (primitive == null) {
            primitive = known.flatMap(all -> all.get(key))
                    .orElseThrow(() -> new UnusableInputException(Problem.error(
                            monitor.place(),
                            "monitor",
                            "there is no primitive '" + monitor.id() + "'",
                            "define it before its monitor")));
        }
        definitions.put(key, Merging.withOperation(primitive, monitor.children().getFirst()));
    }

    private void keep(List<String> comments) {
        if (!comments.isEmpty() && !definitions.isEmpty()) {
            Definition last = definitions.lastEntry().getValue();
            definitions.put(
                    last.key(),
                    last.withComments(comments(comments, last.element().place())));
        }
    }

    private static List<Element> comments(List<String> lines, Place place) {
        return lines.stream().map(line -> Draft.comment(line, place).element()).toList();
    }

    /** The ids that the text itself gives. */
    private static Set<String> given(List<Statement> statements) {
        var given = new HashSet<String>();
        for (Statement statement : statements) {
            List<Word> words = statement.words();
            for (int index = 1; index < words.size(); index++) {
                Word word = words.get(index);
                if (word.isPair() && word.name().equals("$id")) {
                    given.add(word.value().orElse(""));
                } else if (word.text().startsWith("$")) {
                    given.add(word.name().substring(1).split(":", 2)[0]);
                } else if (index == 1) {
                    given.add(word.text());
                }
            }
        }
        return given;
    }

    private List<String> nodes(List<Statement> statements) {
        var nodes = new ArrayList<String>();
        known.ifPresent(all -> nodes.addAll(all.nodes()));
        for (Statement statement : statements) {
            if (statement.keyword().is("node")) {
                statement.words().stream()
                        .skip(1)
                        .filter(word -> !word.isPair() && !Scores.standsIn(word))
                        .findFirst()
                        .map(word -> word.text().split(":", 2)[0])
                        .filter(name -> !nodes.contains(name))
                        .ifPresent(nodes::add);
            }
        }
        return nodes;
    }
}
