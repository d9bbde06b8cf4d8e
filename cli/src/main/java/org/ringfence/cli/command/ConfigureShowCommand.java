package org.ringfence.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.cli.input.CibFile;
import org.ringfence.cli.screen.ConfigurationScreen;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence configure show}. */
@Command(
        name = "show",
        description = {
            "Prints the configuration as text that 'configure load' and crmsh read, or as CIB XML.",
            "With names, only what has them: ids, or type:primitive, type:location and so on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence configure show",
            "  ringfence configure show web type:location",
            "  ringfence configure show --xml > cluster.xml",
            "  ringfence configure show --cib saved.xml          of a file; no node is asked"
        })
public final class ConfigureShowCommand extends NodeCommand {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "What to show; all when left out.")
    private List<String> elements = new ArrayList<>();

    @Option(names = "--xml", description = "As CIB XML.")
    private boolean xml;

    @Option(names = "--cib", paramLabel = "FILE", description = "Of this file; no node is asked.")
    private @Nullable Path cib;

    public ConfigureShowCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.ConfigureShow();
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        if (cib != null) {
            CibFile file = CibFile.read(cib);
            file.complain(terminal());
            new ConfigurationScreen(terminal(), xml, elements).show(file.cib());
            return ExitStatus.DONE;
        }
        if (json()) {
            return super.run();
        }
        Reply.Outcome outcome = conversation().call(request());
        if (outcome instanceof Reply.Configuration configuration) {
            Cib cib = Cib.read(configuration.cib(), "configuration");
            new ConfigurationScreen(terminal(), xml, elements).show(cib);
            return ExitStatus.DONE;
        }
        return conversation().show(outcome, this::show);
    }
}
