package org.ringfence.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.cli.input.CibFile;
import org.ringfence.cli.input.ConfigurationFile;
import org.ringfence.cli.screen.DifferenceScreen;
import org.ringfence.language.Difference;
import org.ringfence.language.Loading.Mode;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence diff FILE}. */
@Command(
        name = "diff",
        description = {
            "Shows what 'apply' of the same file would change in the configuration, statement by statement.",
            "The file is text or CIB XML. What it does not name stays, unless --prune is given."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence diff web.crm",
            "  ringfence diff --prune cluster.crm",
            "  ringfence diff --cib saved.xml cluster.crm        against a file; no node is asked"
        })
public final class DiffCommand extends NodeCommand {
    @Parameters(paramLabel = "FILE", description = "The file; - is standard input.")
    private Path file;

    @Option(names = "--prune", description = "What the file does not name would go.")
    private boolean prune;

    @Option(names = "--cib", paramLabel = "FILE", description = "Against this file; no node is asked.")
    private @Nullable Path cib;

    public DiffCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.ConfigureShow();
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        ConfigurationFile read = ConfigurationFile.read(file);
        Cib former;
        if (cib != null) {
            former = CibFile.read(cib).cib();
        } else {
            Reply.Outcome outcome = conversation().call(request());
            if (!(outcome instanceof Reply.Configuration current)) {
                return conversation().show(outcome, this::show);
            }
            former = Cib.read(current.cib(), "configuration");
        }
        Cib changed = read.into(former, prune ? Mode.REPLACE : Mode.UPDATE, terminal());
        new DifferenceScreen(terminal(), json())
                .show(Difference.between(former.configurationElement(), changed.configurationElement()));
        return ExitStatus.DONE;
    }
}
