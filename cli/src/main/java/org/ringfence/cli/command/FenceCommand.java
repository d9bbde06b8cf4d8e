package org.ringfence.cli.command;

import org.jspecify.annotations.Nullable;
import org.ringfence.api.Request;
import org.ringfence.cli.ChangingCommand;
import org.ringfence.cli.Context;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence fence NODE}, and {@code fence confirm NODE} below it. */
@Command(
        name = "fence",
        subcommands = {
            FenceConfirmCommand.class,
            FenceTestCommand.class,
            FenceHistoryCommand.class,
            FenceAdmitCommand.class,
            FenceTrustCommand.class
        },
        description = "Fences a node: makes sure that it can no longer touch data. What it ran starts elsewhere.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence fence beta --reason 'kernel hangs'",
            "  ringfence fence beta --plan",
            "  ringfence fence beta --off",
            "  ringfence fence test",
            "  ringfence fence history beta",
            "  ringfence fence confirm beta --reason 'looked: its power cord is out'"
        })
public final class FenceCommand extends ChangingCommand {
    /** Optional only for the parser, which would ask for it before {@code confirm} as well. */
    @Parameters(arity = "0..1", paramLabel = "NODE", description = "The node.")
    private @Nullable NodeId node;

    @ArgGroup
    private Action action = new Action();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private String reason = "";

    public FenceCommand(Context context) {
        super(context);
    }

    /** At most one of them. */
    static final class Action {
        @SuppressWarnings("UnusedVariable") // what happens without any of them
        @Option(names = "--reboot", description = "Let it come back. This is the default.")
        private boolean reboot;

        @Option(names = "--off", description = "Leave it off.")
        private boolean off;

        @Option(names = "--on", description = "Switch a node on again that was left off.")
        private boolean on;
    }

    @Override
    protected Request request() throws UnusableInputException {
        if (node == null) {
            throw new UnusableInputException(
                    Problem.error(Place.NONE, "fence", "NODE is missing", "see 'ringfence fence --help'"));
        }
        Request.FenceAction asked = Request.FenceAction.REBOOT;
        if (action.off) {
            asked = Request.FenceAction.OFF;
        } else if (action.on) {
            asked = Request.FenceAction.ON;
        }
        return new Request.Fence(node, asked, reason, planOnly());
    }
}
