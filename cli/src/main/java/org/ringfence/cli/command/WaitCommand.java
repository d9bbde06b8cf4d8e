package org.ringfence.cli.command;

import java.time.Duration;
import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringfence wait}. */
@Command(
        name = "wait",
        description =
                "Waits until the cluster has nothing left to do. Exit status 1 when it still has after the timeout.",
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence wait --timeout 30s", "  ringfence move web beta && ringfence wait"})
public final class WaitCommand extends NodeCommand {
    @Option(names = "--timeout", paramLabel = "DURATION", description = "How long at most. Default: 1m.")
    private Duration timeout = Duration.ofMinutes(1);

    public WaitCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.WaitSettled(timeout);
    }
}
