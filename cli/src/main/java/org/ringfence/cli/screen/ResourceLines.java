package org.ringfence.cli.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ringfence.api.status.FailCount;
import org.ringfence.api.status.ResourcePlace;
import org.ringfence.api.status.ResourceStatus;
import org.ringfence.api.status.Role;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/** Resources as a tree: what each is, where it runs, and below it why it does not. */
public final class ResourceLines {
    private final Terminal terminal;
    private final Moments moments;

    public ResourceLines(Terminal terminal, Moments moments) {
        this.terminal = terminal;
        this.moments = moments;
    }

    /** One line of the table, or one that stands between two of its lines. */
    private sealed interface Line {
        record Row(List<Cell> cells) implements Line {}

        record Note(int indent, Problem problem) implements Line {}
    }

    public void print(List<ResourceStatus> resources) {
        var lines = new ArrayList<Line>();
        for (ResourceStatus resource : resources) {
            add(resource, 0, lines);
        }
        var table = new Table(2);
        for (Line line : lines) {
            if (line instanceof Line.Row(List<Cell> cells)) {
                table.row(cells);
            }
        }
        List<String> rows = table.lines(terminal);
        int next = 0;
        for (Line line : lines) {
            if (line instanceof Line.Note(int indent, Problem problem)) {
                ProblemLines.print(terminal, indent, problem);
            } else {
                terminal.line(rows.get(next++));
            }
        }
    }

    private void add(ResourceStatus resource, int depth, List<Line> lines) {
        String indent = "  ".repeat(depth);
        List<ResourcePlace> places = resource.places();
        if (places.isEmpty()) {
            lines.add(row(indent + resource.id(), resource, where(resource), new Cell("", Style.PLAIN)));
        }
        for (int index = 0; index < places.size(); index++) {
            ResourcePlace place = places.get(index);
            String name = index == 0 ? indent + resource.id() : "";
            lines.add(row(name, resource, role(place), Cell.of(note(place))));
        }
        for (FailCount count : resource.failCounts()) {
            String clears =
                    count.clears().map(at -> ", clears " + moments.at(at)).orElse("");
            String last = count.last().isEmpty() ? "" : ": " + count.last();
            lines.add(new Line.Note(
                    4 + 2 * depth,
                    Problem.warning(
                            Place.NONE,
                            "",
                            "failed " + count + " on " + count.node() + clears + last,
                            "ringfence cleanup " + resource.id() + " --node " + count.node())));
        }
        for (Problem why : resource.whyNot()) {
            lines.add(new Line.Note(4 + 2 * depth, withoutName(why, resource.id())));
        }
        for (ResourceStatus member : resource.members()) {
            add(member, depth + 1, lines);
        }
    }

    /** Below a resource's own line its name would be said twice. */
    private static Problem withoutName(Problem problem, String id) {
        boolean named = problem.element().equals(id) || problem.element().endsWith(" \"" + id + "\"");
        return named ? new Problem(problem.severity(), problem.place(), "", problem.text(), problem.remedy()) : problem;
    }

    private static Line row(String name, ResourceStatus resource, Cell state, Cell note) {
        String kind = resource.agent().map(Object::toString).orElseGet(() -> word(resource.kind()));
        String unmanaged = resource.managed() ? "" : "unmanaged";
        String together =
                note.text().isEmpty() || unmanaged.isEmpty() ? note.text() + unmanaged : note.text() + ", " + unmanaged;
        return new Line.Row(
                List.of(Cell.of(name), new Cell(name.isEmpty() ? "" : kind, Style.FAINT), state, Cell.of(together)));
    }

    /** Of a resource that is active nowhere, or has its places inside its members. */
    private static Cell where(ResourceStatus resource) {
        if (!resource.members().isEmpty()) {
            return Cell.of("");
        }
        return resource.wanted() == Role.STOPPED
                ? new Cell("stopped, as configured", Style.FAINT)
                : new Cell("STOPPED", Style.BAD);
    }

    private static Cell role(ResourcePlace place) {
        String text = place.role().name().toLowerCase(Locale.ROOT) + " on " + place.node();
        if (place.failed()) {
            return new Cell("FAILED, " + text, Style.BAD);
        }
        return new Cell(text, place.role() == Role.STOPPED ? Style.WARNING : Style.GOOD);
    }

    private static String note(ResourcePlace place) {
        return place.pending().isEmpty() ? "" : place.pending() + " under way";
    }

    private static String word(ResourceStatus.Kind kind) {
        return switch (kind) {
            case PRIMITIVE, GROUP, CLONE, BUNDLE -> kind.name().toLowerCase(Locale.ROOT);
            case PROMOTABLE -> "promotable clone";
            case OTHER -> "";
        };
    }
}
