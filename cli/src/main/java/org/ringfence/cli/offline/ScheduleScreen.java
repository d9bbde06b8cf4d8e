package org.ringfence.cli.offline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ringfence.api.json.RecordJson;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.problem.Problem;
import org.ringfence.scheduler.Scheduler.Schedule;

/** What the scheduler decided: real actions in the graph's order, and what is wrong. */
final class ScheduleScreen {
    private static final RecordJson<Summary> JSON = RecordJson.of(Summary.class).build();

    private final Terminal terminal;
    private final Summary summary;

    ScheduleScreen(Terminal terminal, List<Problem> read, Schedule schedule) {
        this.terminal = terminal;
        List<Problem> problems = new ArrayList<>(read);
        problems.addAll(schedule.problems());
        List<Action> actions = new ArrayList<>();
        for (Synapse synapse : schedule.graph().synapses()) {
            action(synapse.action(), actions);
        }
        this.summary = new Summary(actions, problems);
    }

    /** For programs; places in the input are part of each problem. */
    record Summary(List<Action> actions, List<Problem> problems) {
        Summary {
            actions = List.copyOf(actions);
            problems = List.copyOf(problems);
        }
    }

    /** @param subject the resource; empty for what is done to the node itself */
    record Action(String operation, String subject, String node) {}

    private static void action(GraphAction action, List<Action> actions) {
        switch (action) {
            case GraphAction.ResourceAction resource -> {
                String interval = resource.attributes().getOrDefault("CRM_meta_interval", "0");
                String operation = interval.equals("0")
                        ? resource.operation()
                        : resource.operation() + " every " + interval + " ms";
                actions.add(new Action(
                        operation,
                        resource.resource().instance(),
                        resource.node().name()));
            }
            case GraphAction.ClusterAction cluster ->
                actions.add(new Action(
                        cluster.operation().equals("stonith")
                                ? "fence (" + cluster.attributes().getOrDefault("stonith_action", "reboot") + ")"
                                : cluster.operation(),
                        "",
                        cluster.node().name()));
            case GraphAction.PseudoAction _ -> {}
        }
    }

    void show() {
        summary.problems().forEach(problem -> terminal.complain(problem.toString()));
        if (summary.actions().isEmpty()) {
            terminal.line("Nothing to do.");
        }
        var table = new Table(0);
        for (Action action : summary.actions()) {
            boolean fencing = action.operation().startsWith("fence");
            table.row(List.of(
                    new Cell(action.operation(), fencing ? Style.BAD : Style.PLAIN),
                    Cell.of(action.subject()),
                    Cell.of(action.node())));
        }
        table.printTo(terminal);
        terminal.flush();
    }

    void json() {
        terminal.line(new String(JSON.write(summary), StandardCharsets.UTF_8));
        terminal.flush();
    }
}
