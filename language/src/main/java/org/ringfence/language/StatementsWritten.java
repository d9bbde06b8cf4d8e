package org.ringfence.language;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ringfence.language.ConfigurationText.Written;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlWriter;

/** Writes the statements of a configuration: each in the language when that says all of it, else as XML. */
final class StatementsWritten {
    private final Definitions definitions;
    private final Normal normal;
    private final Set<String> referenced;

    StatementsWritten(Element configuration) {
        this.definitions = Definitions.of(configuration);
        this.referenced = Normal.references(configuration);
        this.normal = new Normal(referenced);
    }

    List<Written> all() {
        // A container that has to be XML has all that is inside it in its XML.
        var covered = new HashSet<String>();
        for (Definition definition : definitions.all()) {
            if (!definition.members().isEmpty() && said(definition).isEmpty()) {
                cover(definition, covered);
            }
        }
        var all = new ArrayList<Written>();
        for (Kind kind : Kind.values()) {
            // Resources and constraints keep the order in which they stand: decisions can depend on it.
            if (first(kind)) {
                for (Definition definition : definitions.all()) {
                    boolean here = kind.section().isEmpty()
                            ? definition.kind() == kind
                            : definition.kind().section().equals(kind.section());
                    if (here && !covered.contains(definition.id())) {
                        all.add(written(definition));
                    }
                }
            }
        }
        return all;
    }

    private static boolean first(Kind kind) {
        for (Kind other : Kind.values()) {
            if (other.section().equals(kind.section()) && !kind.section().isEmpty()) {
                return other == kind;
            }
        }
        return true;
    }

    private void cover(Definition container, Set<String> covered) {
        for (String member : container.members()) {
            covered.add(member);
            definitions.resource(member).ifPresent(inside -> cover(inside, covered));
        }
    }

    private Written written(Definition definition) {
        var text = new StringBuilder();
        for (String comment : comments(definition.element())) {
            text.append(comment).append('\n');
        }
        Optional<String> said = said(definition);
        var covers = new HashSet<String>(Ordered.set(definition.id()));
        if (said.isPresent()) {
            text.append(said.get());
        } else {
            cover(definition, covers);
            text.append(xml(definition));
        }
        return new Written(definition, covers, text.toString());
    }

    /** The definition as a statement; empty when the statement would say less than the definition, or something else. */
    private Optional<String> said(Definition definition) {
        if (definition.kind() == Kind.OTHER) {
            return Optional.empty();
        }
        String text = new StatementWriter(referenced).write(definition);
        var problems = new ArrayList<Problem>();
        var lexer = new Lexer(text, "", problems);
        Optional<Statement> statement = lexer.next();
        if (statement.isEmpty() || lexer.next().isPresent() || !problems.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<Definition> read = new Statements(new Ids(Ordered.set()), List.of()).read(statement.get());
            boolean same = read.size() == 1
                    && read.getFirst().kind() == definition.kind()
                    && normal.of(read.getFirst().element()).equals(normal.of(definition.element()));
            return same ? Optional.of(text) : Optional.empty();
        } catch (UnusableInputException unsayable) {
            return Optional.empty();
        }
    }

    private String xml(Definition definition) {
        Element whole = withoutComments(definitions.whole(definition));
        boolean defaults = definition.kind() == Kind.RESOURCE_DEFAULTS || definition.kind() == Kind.OPERATION_DEFAULTS;
        Element shown = defaults ? Element.of(definition.kind().section(), Attributes.NONE, List.of(whole)) : whole;
        return "xml " + XmlWriter.write(shown).strip().replace("\n", " \\\n");
    }

    private static Element withoutComments(Element element) {
        return element.withChildren(element.children().stream()
                .filter(child -> !child.name().equals(Element.COMMENT))
                .map(StatementsWritten::withoutComments)
                .toList());
    }

    /** The comment lines of an element and all that is in it, each with its {@code #}. */
    static List<String> comments(Element element) {
        var lines = new ArrayList<String>();
        for (Element child : element.children()) {
            if (child.name().equals(Element.COMMENT)) {
                for (String line : child.text().strip().split("\n", -1)) {
                    String stripped = line.strip();
                    lines.add(stripped.startsWith("#") ? stripped : ("# " + stripped).strip());
                }
            } else {
                lines.addAll(comments(child));
            }
        }
        return lines;
    }
}
