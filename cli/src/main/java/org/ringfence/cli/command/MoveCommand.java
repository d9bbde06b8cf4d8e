package org.ringfence.cli.command;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.Request;
import org.ringfence.cli.ChangingCommand;
import org.ringfence.cli.Context;
import org.ringfence.model.NodeId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence move RESOURCE [NODE]}. */
@Command(
        name = "move",
        description = {
            "Moves a resource to another node, and lets it stay there for a while.",
            "What remains is a wish that ends by itself, not a constraint that is forgotten."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence move web beta --plan",
            "  ringfence move web beta --for 2h",
            "  ringfence move web --clear"
        })
public final class MoveCommand extends ChangingCommand {
    @Parameters(index = "0", paramLabel = "RESOURCE", description = "The resource.")
    private String resource;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NODE",
            description = "Where to. Default: any node but the one where it runs.")
    private @Nullable NodeId node;

    @Option(names = "--for", paramLabel = "DURATION", description = "How long it holds. Default: a day.")
    private Duration lasts = Duration.ofDays(1);

    @Option(names = "--clear", description = "Take back what move and ban asked for.")
    private boolean clear;

    public MoveCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return clear
                ? new Request.Unmove(resource, planOnly())
                : new Request.Move(resource, Optional.ofNullable(node), lasts, planOnly());
    }
}
