package org.ringfence.cli;

import java.util.concurrent.Callable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Option;

/** What all commands have. Those that ask a node are {@link NodeCommand}s. */
public abstract class LocalCommand implements Callable<Integer> {
    private final Context context;

    @SuppressWarnings("UnusedVariable") // the parser acts on it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    protected LocalCommand(Context context) {
        this.context = context;
    }

    protected final Context context() {
        return context;
    }

    protected final Terminal terminal() {
        return context.terminal();
    }

    @Override
    public final Integer call() throws UnusableInputException, DaemonUnavailableException {
        return run().number();
    }

    /**
     * Does it.
     *
     * @throws UnusableInputException     before anything was changed
     * @throws DaemonUnavailableException when the node that is to be asked gives no answer
     */
    protected abstract ExitStatus run() throws UnusableInputException, DaemonUnavailableException;
}
