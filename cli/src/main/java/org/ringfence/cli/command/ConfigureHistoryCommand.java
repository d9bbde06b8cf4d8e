package org.ringfence.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.cli.screen.DifferenceScreen;
import org.ringfence.language.Difference;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringfence configure history [NUMBER]}. */
@Command(
        name = "history",
        description = {
            "Lists the last 100 configurations of the node that is asked, newest first: number, when, who, version,"
                    + " why.",
            "With a number, shows what that one changed. 'ringfence rollback' goes back to one."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence configure history", "  ringfence configure history 41"})
public final class ConfigureHistoryCommand extends NodeCommand {
    @Parameters(arity = "0..1", paramLabel = "NUMBER", description = "The one whose changes are shown.")
    private @Nullable Integer number;

    public ConfigureHistoryCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.ConfigureHistory();
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        if (number == null) {
            return super.run();
        }
        Reply.Outcome outcome = conversation().call(new Request.ConfigureShowKept(number));
        if (!(outcome instanceof Reply.Configuration kept)) {
            return conversation().show(outcome, this::show);
        }
        // The first of all, or the oldest that is kept, is compared with nothing.
        Reply.Outcome before = conversation().call(new Request.ConfigureShowKept(number - 1));
        Cib former = before instanceof Reply.Configuration older ? Cib.read(older.cib(), "configuration") : Cib.EMPTY;
        Cib now = Cib.read(kept.cib(), "configuration");
        List<Difference> differences = Difference.between(former.configurationElement(), now.configurationElement());
        new DifferenceScreen(terminal(), json()).show(differences);
        return ExitStatus.DONE;
    }
}
