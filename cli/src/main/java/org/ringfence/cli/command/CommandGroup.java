package org.ringfence.cli.command;

import org.ringfence.api.ExitStatus;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word that does nothing without the one that follows it. */
abstract class CommandGroup extends LocalCommand {
    @Spec
    private CommandSpec spec;

    protected CommandGroup(Context context) {
        super(context);
    }

    @Override
    protected final ExitStatus run() {
        throw new ParameterException(
                spec.commandLine(),
                "one of " + String.join(", ", spec.subcommands().keySet()) + " must follow");
    }
}
