package org.ringfence.cli.command;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.cli.screen.OutcomeScreen;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence fence test [NODE]}. */
@Command(
        name = "test",
        description = {
            "Shows whether nodes could be fenced: every device, from every node that may use it, against every node"
                    + " that it",
            "covers. Fences nobody, except with --for-real. What is found is on record with its date; see 'ringfence"
                    + " status'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence fence test",
            "  ringfence fence test beta --device power --json",
            "  ringfence fence test --for-real beta"
        })
public final class FenceTestCommand extends NodeCommand {
    @Parameters(arity = "0..1", paramLabel = "NODE", description = "Only paths to this node.")
    private @Nullable NodeId node;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only with this fence device.")
    private @Nullable String device;

    @Option(
            names = "--for-real",
            paramLabel = "NODE",
            description =
                    "Empty this node, fence it, watch that it is gone, wait until it is back, and let it work again.")
    private @Nullable NodeId forReal;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "With --for-real: how long emptying, and coming back, may take. Default: 10m.")
    private Duration timeout = Duration.ofMinutes(10);

    public FenceTestCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() throws UnusableInputException {
        if (forReal != null) {
            throw new UnusableInputException(Problem.error(
                    Place.NONE,
                    "fence test",
                    "--for-real names the node itself and goes with no other NODE and no --device",
                    "see 'ringfence fence test --help'"));
        }
        return new Request.FenceTest(Optional.ofNullable(node), Optional.ofNullable(device));
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        if (forReal == null || node != null || device != null) {
            return super.run();
        }
        return conversation()
                .show(
                        new FencingForReal(conversation(), forReal, timeout).run(),
                        outcome -> new OutcomeScreen(terminal()).show(outcome));
    }
}
