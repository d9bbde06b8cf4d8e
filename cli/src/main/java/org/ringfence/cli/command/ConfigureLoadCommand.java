package org.ringfence.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Request;
import org.ringfence.cli.ChangingCommand;
import org.ringfence.cli.Context;
import org.ringfence.cli.input.CibFile;
import org.ringfence.cli.input.TextFile;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence configure load FILE}. */
@Command(
        name = "load",
        description = {
            "Replaces the configuration by that of a file in CIB XML; the status stays.",
            "A configuration with which nothing could start safely is refused (exit status 3)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence configure load cluster.xml --plan",
            "  ringfence configure load cluster.xml --reason 'second web server'",
            "  ringfence configure load --cib saved.xml cluster.xml     a file, not a cluster"
        })
public final class ConfigureLoadCommand extends ChangingCommand {
    @Parameters(paramLabel = "FILE", description = "The file to load; - is standard input.")
    private Path file;

    @Option(
            names = "--cib",
            paramLabel = "FILE",
            description = "Load into this file; it is made when it does not exist. No node is asked.")
    private @Nullable Path cib;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private String reason = "";

    @Option(
            names = "--accept-unsafe",
            description = "Take it even if nothing will start with it. It does not make anything start.")
    private boolean acceptUnsafe;

    public ConfigureLoadCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() throws UnusableInputException {
        CibFile read = CibFile.read(file);
        return new Request.ConfigureLoad(read.text(), file.toString(), reason, planOnly(), acceptUnsafe);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        return cib == null ? super.run() : loadInto(cib);
    }

    private ExitStatus loadInto(Path target) throws UnusableInputException {
        CibFile read = CibFile.read(file);
        read.complain(terminal());
        Cib changed = Files.exists(target) ? CibFile.read(target).withConfigurationOf(read) : read.cib();
        if (planOnly()) {
            terminal().line(target + " would get the configuration of " + file);
        } else {
            TextFile.write(target, changed.write());
            terminal().line(target + " has the configuration of " + file);
        }
        terminal().flush();
        return ExitStatus.DONE;
    }
}
