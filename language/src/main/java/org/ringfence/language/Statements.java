package org.ringfence.language;

import java.util.List;
import java.util.Optional;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.Suggestion;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlReader;

/** Reads one statement of any kind. */
final class Statements {
    private final Ids ids;
    private final List<String> nodes;

    /** @param nodes those that a fencing topology without nodes is for */
    Statements(Ids ids, List<String> nodes) {
        this.ids = ids;
        this.nodes = nodes;
    }

    /** What it defines: one definition, or for raw XML also those that are inside it. A {@code monitor} is in {@link #monitor}. */
    List<Definition> read(Statement statement) throws UnusableInputException {
        Word keyword = statement.keyword();
        Place place = keyword.place();
        Kind kind = Kind.ofKeyword(keyword.text())
                .orElseThrow(() -> new UnusableInputException(Problem.error(
                        place,
                        "",
                        "expected a statement such as primitive or property, found '" + keyword.text() + "'",
                        Suggestion.nearest(keyword.text(), Kind.keywords())
                                .map(one -> "did you mean '" + one + "'?")
                                .orElse(""))));
        if (kind == Kind.OTHER) {
            return raw(statement.raw().orElseThrow());
        }
        var cursor = new Cursor(statement);
        Draft draft = draft(kind, cursor, place);
        if (!cursor.atEnd()) {
            throw cursor.unexpected("nothing more", List.of());
        }
        return List.of(new Definition(kind, draft.element()));
    }

    /** Reads a {@code monitor} statement: an element {@link Definitions#MONITOR} with the operation in it. */
    Element monitor(Statement statement) throws UnusableInputException {
        return new ResourceStatements(new Cursor(statement), ids)
                .monitor(statement.place())
                .element();
    }

    private Draft draft(Kind kind, Cursor cursor, Place place) throws UnusableInputException {
        return switch (kind) {
            case NODE -> new ClusterStatements(cursor, ids).node(place);
            case TEMPLATE, PRIMITIVE -> new ResourceStatements(cursor, ids).primitive(kind.element(), place);
            case GROUP -> new ResourceStatements(cursor, ids).group(place);
            case CLONE, MASTER -> new ResourceStatements(cursor, ids).clone(kind.element(), place);
            case BUNDLE -> new BundleStatement(cursor, ids).read(place);
            case TAG -> new ClusterStatements(cursor, ids).tag(place);
            case LOCATION -> new ConstraintStatements(cursor, ids).location(place);
            case COLOCATION -> new ConstraintStatements(cursor, ids).colocation(place);
            case ORDER -> new ConstraintStatements(cursor, ids).order(place);
            case TICKET -> new ConstraintStatements(cursor, ids).ticket(place);
            case FENCING_TOPOLOGY -> new ClusterStatements(cursor, ids).fencingTopology(nodes, place);
            case PROPERTY -> new ClusterStatements(cursor, ids).set(kind.element(), "cib-bootstrap-options", place);
            case RESOURCE_DEFAULTS -> new ClusterStatements(cursor, ids).set(kind.element(), "rsc-options", place);
            case OPERATION_DEFAULTS -> new ClusterStatements(cursor, ids).set(kind.element(), "op-options", place);
            case ROLE -> new AccessStatements(cursor, ids).role(place);
            case USER -> new AccessStatements(cursor, ids).user(place);
            case TARGET, ACL_GROUP -> new AccessStatements(cursor, ids).target(kind.element(), place);
            case ALERT -> new AlertStatement(cursor, ids).read(place);
            case OTHER -> throw new IllegalStateException("raw XML has no words");
        };
    }

    private static List<Definition> raw(Statement.Raw raw) throws UnusableInputException {
        Element read;
        try {
            read = relocated(XmlReader.read(raw.text(), raw.place().file()), raw.place());
        } catch (UnusableInputException unusable) {
            Problem problem = unusable.problem();
            throw new UnusableInputException(Problem.error(
                    relocated(problem.place(), raw.place()), problem.element(), problem.text(), problem.remedy()));
        }
        if (read.name().equals("configuration") || read.name().equals("cib")) {
            throw new UnusableInputException(Problem.error(
                    read.place(),
                    "xml",
                    "a whole CIB is not a statement",
                    "put it in a file of its own and load that"));
        }
        Optional<String> section = section(read);
        if (section.isPresent()) {
            return Taken.apart(read, section.get());
        }
        return Taken.apart(Element.of("configuration", Attributes.NONE, List.of(read)));
    }

    /** The section that an object belongs to. A set of meta attributes alone is one of defaults, and its id says of which. */
    private static Optional<String> section(Element element) {
        if (element.name().equals("meta_attributes")) {
            return Optional.of(element.id().startsWith("op") ? "op_defaults" : "rsc_defaults");
        }
        return Kind.SECTIONS.stream()
                .filter(section -> Kind.of(section, element.name()).isPresent())
                .findFirst();
    }

    private static Element relocated(Element element, Place start) {
        return new Element(
                element.name(),
                element.attributes(),
                element.children().stream()
                        .map(child -> relocated(child, start))
                        .toList(),
                element.text(),
                relocated(element.place(), start));
    }

    private static Place relocated(Place place, Place start) {
        int column = place.line() == 1 ? place.column() + start.column() - 1 : place.column();
        return new Place(start.file(), place.line() + start.line() - 1, column);
    }
}
