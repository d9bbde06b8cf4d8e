package org.ringfence.cli.foresee;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.ringfence.api.json.RecordJson;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.NodeId;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.foresee.Change;
import org.ringfence.scheduler.foresee.Remedy;
import org.ringfence.scheduler.foresee.Why;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Explanation;
import org.ringfence.scheduler.reason.Explanation.Decision;
import org.ringfence.scheduler.reason.Explanation.NodeScore;

/** Why a resource is where it is, for its reader. */
final class WhyScreen {
    private static final RecordJson<Answer> JSON = RecordJson.of(Answer.class).build();

    private final Terminal terminal;
    private final Why why;
    private final Optional<NodeId> not;

    /** @param not the node that it was asked about; empty when it was asked about all */
    WhyScreen(Terminal terminal, Why why, Optional<NodeId> not) {
        this.terminal = terminal;
        this.why = why;
        this.not = not;
    }

    /**
     * For programs.
     *
     * @param wanted   whether it is where it was asked for, or is about to be
     * @param behind   other resources that its reasons lead to
     * @param remedies lightest first
     */
    record Answer(
            String resource,
            Optional<NodeId> node,
            boolean wanted,
            List<Explanation> instances,
            List<Explanation> behind,
            List<Suggested> remedies) {}

    /** Changes to be made together. */
    record Suggested(List<Step> changes, String effect, List<String> stops) {}

    /** @param command empty when it is not done by a command */
    record Step(String text, String command) {}

    void json() {
        List<Suggested> remedies = why.remedies().stream()
                .map(remedy -> new Suggested(
                        remedy.changes().stream()
                                .map(change -> new Step(change.text(), change.command()))
                                .toList(),
                        remedy.effect(),
                        remedy.stops()))
                .toList();
        var answer = new Answer(why.resource(), not, why.wanted(), why.instances(), why.behind(), remedies);
        terminal.line(new String(JSON.write(answer), StandardCharsets.UTF_8));
        terminal.flush();
    }

    void show() {
        decisions(why.instances());
        not.ifPresentOrElse(this::against, this::nodes);
        behind();
        remedies();
        terminal.flush();
    }

    /** Instances of which the same is to be said are said together. */
    private void decisions(List<Explanation> explanations) {
        Map<String, SequencedSet<String>> reasons = new LinkedHashMap<>();
        Map<String, SequencedSet<String>> subjects = new LinkedHashMap<>();
        for (Explanation explanation : explanations) {
            String decision = decision(explanation);
            subjects.computeIfAbsent(decision, _ -> new LinkedHashSet<>()).add(explanation.resource());
            SequencedSet<String> lines = reasons.computeIfAbsent(decision, _ -> new LinkedHashSet<>());
            explanation.because().forEach(cause -> lines.add(cause.text() + source(cause)));
        }
        subjects.forEach((decision, names) -> {
            terminal.line(terminal.paint(Style.STRONG, String.join(", ", names)) + " " + decision);
            reasons.getOrDefault(decision, new LinkedHashSet<>()).forEach(line -> terminal.line("  - " + line));
        });
    }

    private static String decision(Explanation explained) {
        String on = String.join(" and ", explained.on());
        String to = explained.to().orElse("nowhere");
        String role = explained.now().toLowerCase(Locale.ROOT);
        return switch (explained.decision()) {
            case STARTS -> "is about to start on " + to + ", because";
            case STOPS -> "is about to stop on " + on + ", because";
            case RESTARTS -> "is about to be restarted on " + to + ", because";
            case MOVES, MIGRATES -> "is about to move from " + on + " to " + to + ", because";
            case RELOADS -> "runs on " + to + " and is about to be reloaded, because";
            case PROMOTED -> "is about to be promoted on " + to + ", because";
            case DEMOTED -> "is about to be demoted on " + to + ", because";
            case STAYS -> "is " + role + " on " + on + ", because";
            case STAYS_STOPPED -> "is nowhere, because";
            case BLOCKED -> "is " + role + (on.isEmpty() ? "" : " on " + on) + " and is left so, because";
        };
    }

    static String source(Cause cause) {
        String source = cause.source().toString();
        String id = cause.source().id();
        String name = cause.source().name();
        boolean said = source.isEmpty()
                || (cause.source().element().equals("resource") && name.isEmpty())
                || (!id.isEmpty() && cause.text().contains(id))
                || (id.isEmpty() && cause.text().contains(name));
        return said ? "" : " [" + source + "]";
    }

    /** Of the first instance that is down, else of the first. */
    private void nodes() {
        Explanation shown = why.instances().stream()
                .filter(instance ->
                        instance.decision() == Decision.STAYS_STOPPED || instance.decision() == Decision.STOPS)
                .findFirst()
                .orElse(why.instances().getFirst());
        terminal.line("");
        terminal.line("Nodes for " + shown.resource() + " (* where it is to be)");
        var table = new Table(2);
        for (NodeScore score : shown.scores()) {
            boolean open = score.unusable().isEmpty() && score.score() >= 0;
            table.row(List.of(
                    Cell.of(score.node()),
                    new Cell(
                            Score.text(score.score()) + (score.chosen() ? " *" : ""),
                            score.chosen() ? Style.GOOD : open ? Style.PLAIN : Style.WARNING),
                    Cell.of(String.join(
                            "; ",
                            Why.against(score).stream()
                                    .map(cause -> cause.text() + source(cause))
                                    .toList()))));
        }
        table.printTo(terminal);
    }

    private void against(NodeId node) {
        terminal.line("");
        if (why.wanted()) {
            terminal.line("It is on " + node + ", or about to be.");
            return;
        }
        List<Cause> causes = why.against(node.name());
        if (causes.isEmpty()) {
            terminal.line("Nothing speaks against " + node + "; another node has a higher score, or as high a one:");
            nodes();
            return;
        }
        terminal.line("Against " + node + ":");
        causes.forEach(cause -> terminal.line("  - " + cause.text() + source(cause)));
    }

    private void behind() {
        List<Explanation> down = why.behind().stream()
                .filter(one -> switch (one.decision()) {
                    case STAYS_STOPPED, STOPS, BLOCKED -> true;
                    case STARTS, RESTARTS, MOVES, MIGRATES, RELOADS, PROMOTED, DEMOTED, STAYS -> false;
                })
                .toList();
        if (!why.wanted() && !down.isEmpty()) {
            terminal.line("");
            decisions(down);
        }
    }

    private void remedies() {
        if (why.wanted()) {
            return;
        }
        String where = not.map(node -> "bring it to " + node).orElse("bring it back");
        terminal.line("");
        if (why.remedies().isEmpty()) {
            terminal.line("No small change was found that would " + where + ".");
            return;
        }
        terminal.line(terminal.paint(Style.STRONG, "Each of these would " + where + "; it was tried on a copy:"));
        why.remedies().forEach(this::remedy);
    }

    private void remedy(Remedy remedy) {
        String together = remedy.changes().size() > 1 ? " (together)" : "";
        boolean first = true;
        for (Change change : remedy.changes()) {
            terminal.line((first ? "  * " : "    ") + change.text() + (first ? together : ""));
            if (!change.command().isEmpty()) {
                terminal.line("      " + terminal.paint(Style.STRONG, change.command()));
            }
            first = false;
        }
        terminal.line("      then " + remedy.effect());
        if (!remedy.stops().isEmpty()) {
            terminal.line("      "
                    + terminal.paint(Style.WARNING, "but these would stop: " + String.join(", ", remedy.stops())));
        }
    }
}
