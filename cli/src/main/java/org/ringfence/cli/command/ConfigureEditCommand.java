package org.ringfence.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.cli.Context;
import org.ringfence.cli.input.ConfigurationFile;
import org.ringfence.cli.input.TextFile;
import org.ringfence.language.ConfigurationText;
import org.ringfence.language.Loading.Mode;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;

/** {@code ringfence configure edit}. */
@Command(
        name = "edit",
        description = {
            "Opens the configuration as text in an editor ($VISUAL, $EDITOR, or vi) and loads what you leave.",
            "Nothing is changed when the text is left as it was, when it has mistakes, or when somebody else changed"
                    + " the configuration meanwhile; your text is then kept, and its file named.",
            "What would stop a resource without asking for it is refused (exit status 3) until --accept-stops names it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence configure edit", "  EDITOR=nano ringfence configure edit --plan"})
public final class ConfigureEditCommand extends ConfigurationChange {
    public ConfigureEditCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus change(Reply.Configuration current, Cib former)
            throws UnusableInputException, DaemonUnavailableException {
        String before = ConfigurationText.write(former.configurationElement());
        Path file = fresh(before);
        boolean done = false;
        try {
            edit(file);
            ConfigurationFile edited = ConfigurationFile.read(file);
            if (edited.text().equals(before)) {
                done = true;
                return conversation()
                        .show(new Reply.Done("the text is as it was; nothing was changed", List.of()), this::show);
            }
            Cib changed = edited.into(former, Mode.REPLACE, terminal());
            ExitStatus status = safely(file.toString(), "edited").make(current, former, changed);
            done = status == ExitStatus.DONE && !planOnly();
            if (!done) {
                terminal().complain("your text is in " + file);
            }
            return status;
        } catch (UnusableInputException unusable) {
            Problem mistake = unusable.problem();
            throw new UnusableInputException(new Problem(
                    mistake.severity(),
                    mistake.place(),
                    mistake.element(),
                    mistake.text(),
                    (mistake.remedy().isEmpty() ? "" : mistake.remedy() + "; ") + "your text is in " + file));
        } finally {
            if (done) {
                delete(file);
            }
        }
    }

    private static Path fresh(String text) throws UnusableInputException {
        try {
            Path file = Files.createTempFile("ringfence-", ".crm");
            Files.writeString(file, text);
            return file;
        } catch (IOException e) {
            throw TextFile.unusable(Path.of("the text to edit"), "cannot be written: " + e.getMessage());
        }
    }

    private static void delete(Path file) throws UnusableInputException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw TextFile.unusable(file, "cannot be removed: " + e.getMessage());
        }
    }

    /** The editor may have arguments of its own, so a shell starts it, as other programs do. */
    private void edit(Path file) throws UnusableInputException {
        var environment = context().environment();
        String editor = Optional.ofNullable(environment.get("VISUAL"))
                .or(() -> Optional.ofNullable(environment.get("EDITOR")))
                .filter(name -> !name.isBlank())
                .orElse("vi");
        try {
            List<String> command = List.of("sh", "-c", editor + " \"$1\"", "editor", file.toString());
            int ended = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (ended != 0) {
                throw TextFile.unusable(Path.of(editor), "ended with status " + ended + "; nothing was changed");
            }
        } catch (IOException e) {
            throw TextFile.unusable(Path.of(editor), "cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TextFile.unusable(Path.of(editor), "was interrupted; nothing was changed");
        }
    }
}
