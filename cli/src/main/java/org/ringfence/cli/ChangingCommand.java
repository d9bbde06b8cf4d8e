package org.ringfence.cli;

import picocli.CommandLine.Option;

/** A command that changes the cluster, and can say beforehand what that would cause. */
public abstract class ChangingCommand extends NodeCommand {
    @Option(names = "--plan", description = "Change nothing; show what would be done.")
    private boolean plan;

    protected ChangingCommand(Context context) {
        super(context);
    }

    protected final boolean planOnly() {
        return plan;
    }
}
