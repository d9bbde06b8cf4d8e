package org.ringfence.cli.offline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.ringfence.api.json.RecordJson;
import org.ringfence.cli.screen.Moments;
import org.ringfence.cli.screen.NodeLines;
import org.ringfence.cli.screen.ResourceLines;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.problem.Problem;
import org.ringfence.scheduler.reason.Explanation;

/** A simulation for its reader: the status before, the transition, the status after. */
final class SimulationScreen {
    private static final RecordJson<Summary> JSON = RecordJson.of(Summary.class).build();

    private final Terminal terminal;
    private final Moments moments;
    private final Simulation simulation;
    private final boolean scores;
    private final boolean utilization;

    /**
     * @param scores      whether the scores that decided are shown
     * @param utilization whether capacities and what is taken from them are shown
     */
    SimulationScreen(Terminal terminal, TimeZone zone, Simulation simulation, boolean scores, boolean utilization) {
        this.terminal = terminal;
        this.moments = new Moments(simulation.at(), zone);
        this.simulation = simulation;
        this.scores = scores;
        this.utilization = utilization;
    }

    /**
     * For programs; places in the input are part of each problem.
     *
     * @param next what would be done in the status after
     */
    record Summary(
            Instant at,
            Picture before,
            List<SimulatedAction> actions,
            Picture after,
            List<SimulatedAction> next,
            List<Placement.ResourceScores> scores,
            List<Placement.PromotionScore> promotionScores,
            List<Placement.Capacity> capacities,
            List<Placement.Use> uses,
            List<Explanation> explanations,
            List<Problem> problems) {}

    void json() {
        Placement placement = simulation.placement();
        var summary = new Summary(
                simulation.at(),
                simulation.before(),
                simulation.actions(),
                simulation.after(),
                simulation.later(),
                scores ? placement.scores() : List.of(),
                scores ? placement.promotion() : List.of(),
                utilization ? placement.capacities() : List.of(),
                utilization ? placement.uses() : List.of(),
                simulation.explanations(),
                simulation.problems());
        terminal.line(new String(JSON.write(summary), StandardCharsets.UTF_8));
        terminal.flush();
    }

    void show() {
        simulation.problems().forEach(problem -> terminal.complain(problem.toString()));
        picture("Status before", simulation.before());
        var placement = new PlacementLines(terminal, simulation.placement());
        if (scores) {
            placement.scores();
        }
        if (utilization) {
            placement.utilization();
        }
        if (!simulation.explanations().isEmpty()) {
            heading("Explanation (* where it is to be)");
            var lines = new ExplanationLines(terminal);
            simulation.explanations().forEach(lines::show);
        }
        heading("Transition");
        List<SimulatedAction> actions = simulation.actions();
        if (actions.isEmpty()) {
            terminal.line("  Nothing to do.");
        }
        actions(actions);
        if (!actions.isEmpty()) {
            terminal.line("");
            picture("Status after", simulation.after());
        }
        List<SimulatedAction> later = simulation.later();
        if (!later.isEmpty() && !actions.isEmpty()) {
            heading("What would be done next");
            actions(later);
        }
        terminal.flush();
    }

    private void picture(String title, Picture picture) {
        terminal.line(terminal.paint(Style.STRONG, title) + ", as of " + moments.at(simulation.at())
                + (picture.quorate() ? "" : ", " + terminal.paint(Style.BAD, "WITHOUT QUORUM")));
        new NodeLines(terminal, moments).print(picture.nodes(), picture.dc());
        if (!picture.resources().isEmpty()) {
            terminal.line("");
            new ResourceLines(terminal, moments).print(picture.resources());
        }
    }

    private void actions(List<SimulatedAction> actions) {
        var table = new Table(2);
        for (SimulatedAction action : actions) {
            table.row(List.of(
                    new Cell(action.operation(), action.isFencing() ? Style.BAD : Style.PLAIN),
                    Cell.of(action.subject()),
                    Cell.of(action.node()),
                    outcome(action)));
        }
        table.printTo(terminal);
    }

    private static Cell outcome(SimulatedAction action) {
        Optional<Integer> exitCode = action.exitCode();
        return switch (action.outcome()) {
            case DONE, LATER -> Cell.of("");
            case FAILED ->
                new Cell("FAILED" + exitCode.map(code -> ", exit code " + code).orElse(""), Style.BAD);
            case NOT_DONE -> new Cell("not done", Style.WARNING);
        };
    }

    private void heading(String text) {
        terminal.line("");
        terminal.line(terminal.paint(Style.STRONG, text));
    }
}
