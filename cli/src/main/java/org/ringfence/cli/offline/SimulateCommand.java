package org.ringfence.cli.offline;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import org.ringfence.cli.input.CibFile;
import org.ringfence.cli.input.TextFile;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphXml;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.BatchTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ringfence simulate}: what the cluster would do, from a file. */
@Command(
        name = "simulate",
        description = {
            "Computes what a cluster would do with a configuration and status from a file, and the status that it would"
                    + " have then. No node is asked, nothing is changed.",
            "With --batch, only the transition, for every file of a folder."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence simulate --cib saved.xml",
            "  ringfence simulate --cib saved.xml --at '2026-03-01 14:05' --save-graph graph.xml --save-dot graph.dot",
            "  ringfence simulate --cib saved.xml --node-fail beta --save-cib next.xml    then with --cib next.xml",
            "  ringfence simulate --cib saved.xml --op-inject web_monitor_10000@alpha=7 --scores",
            "  ringfence simulate --cib saved.xml --explain web",
            "  ringfence simulate --cib saved.xml --node-down beta --op-fail web_start_0@alpha=1",
            "  ringfence simulate --batch cases --times times.tsv --save-graphs graphs"
        })
public final class SimulateCommand extends LocalCommand {
    @Option(names = "--cib", paramLabel = "FILE", description = "The CIB, in XML; - is standard input.")
    private @Nullable Path cib;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "As of when, ISO 8601. Default: the file's execution-date, or now.")
    private @Nullable String at;

    @Option(names = "--save-graph", paramLabel = "FILE", description = "Write the transition graph as XML.")
    private @Nullable Path saveGraph;

    @Option(names = "--save-dot", paramLabel = "FILE", description = "Write the transition graph for Graphviz.")
    private @Nullable Path saveDot;

    @Option(names = "--save-cib", paramLabel = "FILE", description = "Write the CIB with the status after.")
    private @Nullable Path saveCib;

    @Option(
            names = "--scores",
            description = {
                "Show each resource's score on each node, and promotion scores. With --batch: write them beside each"
                        + " graph, as NAME.scores."
            })
    private boolean scores;

    @Option(
            names = "--explain",
            paramLabel = "RESOURCE",
            description =
                    "Why it is going to be what and where it is: what its scores are made of, what makes each action"
                            + " necessary, or impossible. Can be repeated.")
    private List<String> explain = new ArrayList<>();

    @Option(names = "--utilization", description = "Show what nodes offer, what resources take, and what is left.")
    private boolean utilization;

    @Mixin
    private InjectionOptions injected = new InjectionOptions();

    @Option(names = "--batch", paramLabel = "FOLDER", description = "Every NAME.xml in this folder.")
    private @Nullable Path batch;

    @Option(
            names = "--save-graphs",
            paramLabel = "FOLDER",
            description = "With --batch: where each NAME.xml graph goes.")
    private @Nullable Path saveGraphs;

    @Option(names = "--times", paramLabel = "FILE", description = "With --batch: lines NAME<tab>TIME, as --at.")
    private @Nullable Path times;

    @Option(names = "--json", description = "Answer with one line of JSON.")
    private boolean json;

    public SimulateCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException {
        if (cib != null && batch == null) {
            // A large file's text is not kept while its meaning is at work.
            return simulate(CibFile.read(cib).cib());
        }
        if (cib != null || batch == null) {
            throw unusable("one of --cib FILE and --batch FOLDER is needed");
        }
        if (saveGraphs == null) {
            throw unusable("--batch needs --save-graphs FOLDER");
        }
        return new Batch(terminal(), context().clock().instant(), scores).run(batch, saveGraphs, times);
    }

    private ExitStatus simulate(Cib base) throws UnusableInputException {
        return simulate(base, BatchTime.of(base, asked(), context().clock().instant()));
    }

    private @Nullable String asked() throws UnusableInputException {
        if (at != null && BatchTime.parse(at).isEmpty()) {
            throw unusable("--at: '" + at + "' is not a time; write for example 2026-03-01T14:05:00Z");
        }
        return at;
    }

    private ExitStatus simulate(Cib base, Instant now) throws UnusableInputException {
        Simulation simulation =
                Simulation.of(base, injected.injections(), injected.failures(), Set.copyOf(explain), now);
        if (saveGraph != null) {
            TextFile.write(saveGraph, taker -> GraphXml.write(simulation.graph(), taker));
        }
        if (saveDot != null) {
            TextFile.write(saveDot, Dot.write(simulation.graph()));
        }
        if (saveCib != null) {
            TextFile.write(saveCib, simulation.result().cib().write());
        }
        simulation
                .result()
                .unmet()
                .forEach(failure -> terminal()
                        .complain("--op-fail " + failure + ": the transition did not come to such an operation"));
        var screen = new SimulationScreen(terminal(), context().zone(), simulation, scores, utilization);
        if (json) {
            screen.json();
        } else {
            screen.show();
        }
        boolean stuck =
                !simulation.result().failed() && !simulation.result().notDone().isEmpty();
        return stuck ? ExitStatus.NOT_DONE : ExitStatus.DONE;
    }

    private static UnusableInputException unusable(String what) {
        return new UnusableInputException(
                Problem.error(Place.NONE, "simulate", what, "see 'ringfence simulate --help'"));
    }
}
