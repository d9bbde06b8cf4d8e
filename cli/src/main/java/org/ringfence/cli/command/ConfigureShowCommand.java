package org.ringfence.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.cli.input.CibFile;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringfence configure show}. */
@Command(
        name = "show",
        description = "Prints the configuration as CIB XML.",
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence configure show", "  ringfence configure show --cib saved.xml"})
public final class ConfigureShowCommand extends NodeCommand {
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
        if (cib == null) {
            return super.run();
        }
        CibFile file = CibFile.read(cib);
        file.complain(terminal());
        terminal().out().print(file.text());
        terminal().flush();
        return ExitStatus.DONE;
    }
}
