package org.ringfence.cli.command;

import java.nio.file.Path;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import org.ringfence.cli.input.CibFile;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringfence configure verify FILE}. */
@Command(
        name = "verify",
        description =
                "Says what is wrong with a configuration. Exit status 2 when it cannot be used. No node is asked.",
        footerHeading = "%nExample:%n",
        footer = "  ringfence configure verify cluster.xml")
public final class ConfigureVerifyCommand extends LocalCommand {
    @Parameters(paramLabel = "FILE", description = "The file, in CIB XML; - is standard input.")
    private Path file;

    public ConfigureVerifyCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException {
        CibFile read = CibFile.read(file);
        read.problems().forEach(problem -> terminal().line(problem.toString()));
        long errors = read.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
        terminal().line(file + ": " + (errors > 0 ? errors + " errors" : "can be used"));
        terminal().flush();
        return errors > 0 ? ExitStatus.UNUSABLE_INPUT : ExitStatus.DONE;
    }
}
