package org.ringfence.cli;

import java.util.Locale;
import org.ringfence.api.ExitStatus;
import org.ringfence.model.problem.UnusableInputException;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringfence completion bash|zsh}. */
@Command(
        name = "completion",
        description = {
            "Prints a script that lets a shell complete commands and options.",
            "It is made from what --help shows, so it knows what this release knows."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(ringfence completion bash)",
            "  ringfence completion bash > /etc/bash_completion.d/ringfence",
            "  ringfence completion zsh > \"${fpath[1]}/_ringfence\""
        })
public final class CompletionCommand extends LocalCommand {
    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell;

    /** Shells that a script can be had for. */
    enum Shell {
        BASH,
        ZSH;

        /** @throws IllegalArgumentException when it is another word; the message is for the person who wrote it */
        static Shell parse(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "bash" -> BASH;
                case "zsh" -> ZSH;
                default -> throw new IllegalArgumentException("'" + text + "' is neither bash nor zsh");
            };
        }
    }

    public CompletionCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException {
        String script = AutoComplete.bash("ringfence", new CommandLines(context()).commandLine(""));
        if (shell == Shell.ZSH) {
            // The same script by way of zsh's own emulation; the first line is how zsh knows whose it is.
            terminal().line("#compdef ringfence");
            terminal().line("autoload -U +X bashcompinit && bashcompinit");
        }
        terminal().out().print(script);
        terminal().flush();
        return ExitStatus.DONE;
    }
}
