package org.ringfence.cli.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.Request;
import org.ringfence.cli.ChangingCommand;
import org.ringfence.cli.Context;
import org.ringfence.model.NodeId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence cleanup [RESOURCE]}. */
@Command(
        name = "cleanup",
        description = "Forgets failures, so that a resource is tried again where it failed.",
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence cleanup", "  ringfence cleanup db --node alpha"})
public final class CleanupCommand extends ChangingCommand {
    @Parameters(arity = "0..1", paramLabel = "RESOURCE", description = "Default: all resources.")
    private @Nullable String resource;

    @Option(names = "--node", paramLabel = "NODE", description = "Only what happened on this node.")
    private @Nullable NodeId node;

    public CleanupCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.Cleanup(Optional.ofNullable(resource), Optional.ofNullable(node), planOnly());
    }
}
