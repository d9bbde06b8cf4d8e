package org.ringfence.cli;

import org.ringfence.model.Release;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command above all others: its own options, and the list of commands. */
@Command(
        name = "ringfence",
        version = "ringfence " + Ringfence.VERSION,
        description = "Keeps services running on a group of Linux hosts, and refuses to run unsafe.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  ringfence demo               a cluster on this machine, a killed node, the timeline",
            "  ringfence status             what this host's cluster does, and what is wrong",
            "  ringfence COMMAND --help     what a command does, with examples",
            "",
            "Exit status: 0 done, 1 not done, 2 unusable input, 3 refused as unsafe."
        })
final class Ringfence implements Runnable {
    static final String VERSION = Release.NAME;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("UnusedVariable") // the parser acts on it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
