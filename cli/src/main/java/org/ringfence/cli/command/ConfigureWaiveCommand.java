package org.ringfence.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ringfence.api.Request;
import org.ringfence.cli.ChangingCommand;
import org.ringfence.cli.Context;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence configure waive RESOURCE...}. */
@Command(
        name = "waive",
        description = {
            "Lets the named resources run without fencing for a while. If a node is then lost, they may run twice",
            "and damage their data. Your name, the reason and the end are shown by 'status' as long as it lasts."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence configure waive web --for 2h --reason 'fence device is being replaced'",
            "  ringfence configure waive --withdraw web",
            "  ringfence configure waive --withdraw                 all of them"
        })
public final class ConfigureWaiveCommand extends ChangingCommand {
    @Parameters(arity = "0..*", paramLabel = "RESOURCE", description = "The resources that it covers.")
    private List<String> resources = new ArrayList<>();

    @Option(names = "--for", paramLabel = "DURATION", description = "When it ends by itself. Default: 1h.")
    private Duration lasts = Duration.ofHours(1);

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why that is acceptable.")
    private String reason = "";

    @Option(names = "--withdraw", description = "Take waivers back.")
    private boolean withdraw;

    public ConfigureWaiveCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() throws UnusableInputException {
        if (withdraw) {
            return new Request.WithdrawWaiver(resources, planOnly());
        }
        if (resources.isEmpty()) {
            throw missing("RESOURCE is missing: a waiver names the resources that it covers");
        }
        if (reason.isBlank()) {
            throw missing("--reason is missing: a waiver says why it is acceptable");
        }
        return new Request.Waive(resources, lasts, reason, planOnly());
    }

    private static UnusableInputException missing(String what) {
        return new UnusableInputException(
                Problem.error(Place.NONE, "configure waive", what, "see 'ringfence configure waive --help'"));
    }
}
