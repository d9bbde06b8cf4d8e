package org.ringfence.cli.command;

import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringfence rollback [NUMBER]}. */
@Command(
        name = "rollback",
        description = {
            "Goes back to an earlier configuration: the one before the last change, or the one with this number in"
                    + " 'configure",
            "history'. That is a change like any other, and can be rolled back.",
            "What would stop a resource without asking for it is refused (exit status 3) until --accept-stops names it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence rollback --plan", "  ringfence rollback 41 --reason 'the new disks are slow'"})
public final class RollbackCommand extends ConfigurationChange {
    @Parameters(arity = "0..1", paramLabel = "NUMBER", description = "The configuration to go back to.")
    private @Nullable Integer number;

    public RollbackCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus change(Reply.Configuration current, Cib former)
            throws UnusableInputException, DaemonUnavailableException {
        if (number != null && number < 1) {
            throw new UnusableInputException(Problem.error(
                    Place.NONE,
                    "rollback",
                    "there is no configuration " + number,
                    "they are listed by 'ringfence configure history'"));
        }
        Reply.Outcome history = conversation().call(new Request.ConfigureHistory());
        if (!(history instanceof Reply.KeptConfigurations kept)) {
            return conversation().show(history, this::show);
        }
        int target = number == null ? before(kept) : number;
        Reply.Outcome then = conversation().call(new Request.ConfigureShowKept(target));
        if (!(then instanceof Reply.Configuration old)) {
            return conversation().show(then, this::show);
        }
        Cib back = Cib.read(old.cib(), "configuration " + target);
        Cib changed = former.withConfiguration(_ -> back.configurationElement());
        return safely("configuration " + target, "back to configuration " + target)
                .make(current, former, changed);
    }

    private static int before(Reply.KeptConfigurations kept) throws UnusableInputException {
        if (kept.newestFirst().size() < 2) {
            throw new UnusableInputException(Problem.error(
                    Place.NONE, "rollback", "there is no earlier configuration on this node", "ask another node"));
        }
        return kept.newestFirst().get(1).number();
    }
}
