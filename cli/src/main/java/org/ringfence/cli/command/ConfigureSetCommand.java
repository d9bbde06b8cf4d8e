package org.ringfence.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.ChangingCommand;
import org.ringfence.cli.Context;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.configuration.Edits;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.PropertyValues;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence configure set NAME=VALUE}. */
@Command(
        name = "set",
        description = {
            "Sets a cluster property, or a meta attribute of a resource; removes it when no value is given.",
            "With --resource: what would stop another resource is refused (exit status 3)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence configure set no-quorum-policy=stop",
            "  ringfence configure set no-quorum-policy=       back to its default",
            "  ringfence configure set --resource db target-role=Stopped --plan"
        })
public final class ConfigureSetCommand extends ChangingCommand {
    @Parameters(paramLabel = "NAME=VALUE", description = "The property, or meta attribute.")
    private String assignment;

    @Option(names = "--resource", paramLabel = "NAME", description = "Of this resource rather than of the cluster.")
    private @Nullable String resource;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private String reason = "";

    public ConfigureSetCommand(Context context) {
        super(context);
    }

    private record Assignment(String name, String value) {}

    private Assignment assignment() throws UnusableInputException {
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            throw new UnusableInputException(Problem.error(
                    Place.NONE,
                    "'" + assignment + "'",
                    "is not NAME=VALUE",
                    "write for example no-quorum-policy=stop"));
        }
        return new Assignment(assignment.substring(0, equals), assignment.substring(equals + 1));
    }

    @Override
    protected Request request() throws UnusableInputException {
        Assignment set = assignment();
        Optional<String> wanted =
                set.value().isEmpty() ? Optional.empty() : PropertyValues.refusal(set.name(), set.value());
        if (wanted.isPresent()) {
            throw new UnusableInputException(Problem.error(
                    Place.NONE,
                    "property " + set.name(),
                    "cannot be '" + set.value() + "'",
                    "set it to " + wanted.get()));
        }
        return new Request.SetProperty(
                set.name(), set.value().isEmpty() ? Optional.empty() : Optional.of(set.value()), reason, planOnly());
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        if (resource == null) {
            return super.run();
        }
        Assignment set = assignment();
        Reply.Outcome outcome = conversation().call(new Request.ConfigureShow());
        if (!(outcome instanceof Reply.Configuration current)) {
            return conversation().show(outcome, this::show);
        }
        Cib former = Cib.read(current.cib(), "configuration");
        Cib changed = Edits.apply(former, List.of(new Edit.SetMeta(resource, set.name(), set.value())));
        var accepted = new TreeSet<>(Edits.resources(former, resource));
        String why = reason.isEmpty() ? "set " + assignment + " of " + resource : reason;
        return new SafeChange(conversation(), "configure set", why, accepted, planOnly(), false)
                .make(current, former, changed);
    }
}
