package org.ringfence.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.input.ConfigurationFile;
import org.ringfence.language.Loading.Mode;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence apply FILE}. */
@Command(
        name = "apply",
        description = {
            "Makes the configuration say what a file says, in text or CIB XML. What the file does not name stays."
                    + " Doing it",
            "again changes nothing.",
            "A change that would stop a resource without asking for it is refused (exit status 3) until --accept-stops"
                    + " names it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence apply web.crm --plan",
            "  ringfence apply web.crm --reason 'second web server'",
            "  ringfence apply web.crm --accept-stops db",
            "  ringfence apply web.crm --wait                    until all of it is done, at most five minutes",
            "  ringfence apply --prune cluster.crm               the file is the whole configuration"
        })
public final class ApplyCommand extends ConfigurationChange {
    @Parameters(paramLabel = "FILE", description = "The file; - is standard input.")
    private Path file;

    @Option(names = "--prune", description = "What the file does not name goes.")
    private boolean prune;

    private ConfigurationFile read = new ConfigurationFile("", "");

    @Option(
            names = "--wait",
            arity = "0..1",
            fallbackValue = "5m",
            paramLabel = "DURATION",
            description = "Then wait until the cluster has nothing left to do, and say what was done. Default: 5m.")
    private @Nullable Duration wait;

    public ApplyCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        read = ConfigurationFile.read(file);
        return super.run();
    }

    @Override
    protected ExitStatus change(Reply.Configuration current, Cib former)
            throws UnusableInputException, DaemonUnavailableException {
        Cib changed = read.into(former, prune ? Mode.REPLACE : Mode.UPDATE, terminal());
        ExitStatus made = safely(file.toString(), "").make(current, former, changed);
        return wait == null || planOnly() || made != ExitStatus.DONE
                ? made
                : conversation().ask(new Request.WaitSettled(wait), this::show);
    }
}
