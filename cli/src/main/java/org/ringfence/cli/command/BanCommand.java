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

/** {@code ringfence ban RESOURCE [NODE]}. */
@Command(
        name = "ban",
        description = "Keeps a resource off a node for a while.",
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence ban web alpha --for 30m", "  ringfence move web --clear     takes it back"})
public final class BanCommand extends ChangingCommand {
    @Parameters(index = "0", paramLabel = "RESOURCE", description = "The resource.")
    private String resource;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NODE", description = "Default: the node where it runs.")
    private @Nullable NodeId node;

    @Option(names = "--for", paramLabel = "DURATION", description = "How long it holds. Default: a day.")
    private Duration lasts = Duration.ofDays(1);

    public BanCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.Ban(resource, Optional.ofNullable(node), lasts, planOnly());
    }
}
