package org.ringfence.cli.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import org.ringfence.cli.input.Victim;
import org.ringfence.demo.Demo;
import org.ringfence.demo.DemoOptions;
import org.ringfence.demo.cluster.Fencing;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringfence demo}. */
@Command(
        name = "demo",
        description = {
            "Shows the main job on this machine: nodes, a service, a killed node, and the timeline until the service"
                    + " answers again.",
            "As root each node is a host of its own; nothing is left behind, also after Ctrl-C."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence demo",
            "  ringfence demo --kill dc --nodes 5",
            "  ringfence demo --fencing sbd     no power switch: a shared disk, and a guard on each host",
            "  ringfence demo --no-fencing      the refusal, exit status 3",
            "  ringfence demo --keep            and try commands on it"
        })
public final class DemoCommand extends LocalCommand {
    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes. Default: 3.")
    private int nodes = 3;

    @Option(names = "--kill", paramLabel = "dc|other", description = "Which node the fault strikes. Default: other.")
    private Victim victim = Victim.OTHER;

    @Option(names = "--cut", description = "Cut the node off from the network, rather than its power.")
    private boolean cut;

    @Option(names = "--no-fencing", description = "Without a fence device: what is refused, and why.")
    private boolean noFencing;

    @Option(
            names = "--fencing",
            paramLabel = "switch|sbd|watchdog",
            description =
                    "How a lost node is known to be dead: a power switch, a message on a shared disk, or its watchdog"
                            + " alone. Default: switch.")
    private Fencing fencing = Fencing.SWITCH;

    @Option(names = "--keep", description = "Leave the cluster running, and print commands to try.")
    private boolean keep;

    @Option(names = "--down", description = "End what --keep left running, and nothing else.")
    private boolean down;

    @Option(names = "--json", description = "Print one JSON object with downtime_ms and phases.")
    private boolean json;

    public DemoCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException {
        DemoOptions options;
        try {
            options = new DemoOptions(
                    nodes,
                    switch (victim) {
                        case DC -> DemoOptions.Victim.DC;
                        case OTHER -> DemoOptions.Victim.OTHER;
                    },
                    cut,
                    !noFencing,
                    fencing,
                    keep,
                    json,
                    down,
                    terminal().colour());
        } catch (IllegalArgumentException e) {
            throw new UnusableInputException(
                    Problem.error(Place.NONE, "demo", String.valueOf(e.getMessage()), "see 'ringfence demo --help'"));
        }
        // Not closed: it is the process's own standard output.
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        ExitStatus status = Demo.run(options, out);
        out.flush();
        return status;
    }
}
