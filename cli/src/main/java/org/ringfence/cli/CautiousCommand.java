package org.ringfence.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Option;

/**
 * A change of which nobody expects that it stops anything: an end of maintenance or of standby, a clean-up. What it would stop is looked at before,
 * and refused until it is accepted by name.
 */
public abstract class CautiousCommand extends ChangingCommand {
    @Option(names = "--accept-stops", paramLabel = "NAME", description = "This resource, and what is in it, may stop.")
    private List<String> accepted = new ArrayList<>();

    protected CautiousCommand(Context context) {
        super(context);
    }

    /** Whether stops are what was asked for, so that nothing has to be looked at. */
    protected abstract boolean mayStop();

    protected abstract Request request(boolean planOnly);

    @Override
    protected final Request request() {
        return request(planOnly());
    }

    /** What would be done. */
    protected Reply.Outcome plan() throws UnusableInputException, DaemonUnavailableException {
        return conversation().call(request(true));
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        if (mayStop()) {
            return super.run();
        }
        Reply.Outcome planned = plan();
        if (!(planned instanceof Reply.Plan plan)) {
            return conversation().show(planned, this::show);
        }
        Reply.Outcome current = conversation().call(new Request.ConfigureShow());
        if (!(current instanceof Reply.Configuration configuration)) {
            return conversation().show(current, this::show);
        }
        List<Problem> stops =
                UnaskedStops.of(plan, Cib.read(configuration.cib(), "configuration"), new TreeSet<>(accepted));
        if (planOnly()) {
            return conversation().show(plan.withUnsafe(stops), this::show);
        }
        return stops.isEmpty() ? carryOut(plan) : conversation().show(new Reply.Refused(stops), this::show);
    }

    /** Does it. */
    protected ExitStatus carryOut(Reply.Plan plan) throws UnusableInputException, DaemonUnavailableException {
        return super.run();
    }
}
