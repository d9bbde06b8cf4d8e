package org.ringfence.cli.command;

import java.util.Optional;
import org.ringfence.api.Request;
import org.ringfence.cli.ChangingCommand;
import org.ringfence.cli.Context;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence configure set NAME=VALUE}. */
@Command(
        name = "set",
        description = "Sets a cluster property, or removes it when no value is given.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence configure set no-quorum-policy=stop",
            "  ringfence configure set no-quorum-policy=       back to its default"
        })
public final class ConfigureSetCommand extends ChangingCommand {
    @Parameters(paramLabel = "NAME=VALUE", description = "The property.")
    private String assignment;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private String reason = "";

    public ConfigureSetCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() throws UnusableInputException {
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            throw new UnusableInputException(Problem.error(
                    Place.NONE,
                    "'" + assignment + "'",
                    "is not NAME=VALUE",
                    "write for example no-quorum-policy=stop"));
        }
        String value = assignment.substring(equals + 1);
        return new Request.SetProperty(
                assignment.substring(0, equals),
                value.isEmpty() ? Optional.empty() : Optional.of(value),
                reason,
                planOnly());
    }
}
