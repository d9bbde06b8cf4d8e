package org.ringfence.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.input.TextFile;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringfence manual FOLDER}. */
@Command(
        name = "manual",
        description = "Writes a manual page for each command, made from what --help shows.",
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence manual /usr/local/share/man/man1", "  ringfence manual ./man; man ./man/ringfence-move.1"
        })
public final class ManualCommand extends LocalCommand {
    @Parameters(paramLabel = "FOLDER", description = "Where the pages go; it is made when it does not exist.")
    private Path folder;

    public ManualCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw TextFile.unusable(folder, "cannot be made: " + e.getMessage());
        }
        int pages = write(new CommandLines(context()).commandLine(""));
        terminal().line(pages + " pages are in " + folder);
        terminal().flush();
        return ExitStatus.DONE;
    }

    private int write(CommandLine line) throws UnusableInputException {
        var page = new ManualPage(line);
        TextFile.write(folder.resolve(page.fileName()), page.roff());
        int pages = 1;
        for (CommandLine below : line.getSubcommands().values()) {
            pages += write(below);
        }
        return pages;
    }
}
