package org.ringfence.cli.command;

import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.ChangingCommand;
import org.ringfence.cli.Context;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Mixin;

/** A command that makes another configuration from the present one. */
abstract class ConfigurationChange extends ChangingCommand {
    @Mixin
    private SafeChangeOptions options = new SafeChangeOptions();

    protected ConfigurationChange(Context context) {
        super(context);
    }

    @Override
    protected final Request request() {
        return new Request.ConfigureShow();
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        Reply.Outcome outcome = conversation().call(request());
        return outcome instanceof Reply.Configuration current
                ? change(current, Cib.read(current.cib(), "configuration"))
                : conversation().show(outcome, this::show);
    }

    /** Makes it. */
    protected abstract ExitStatus change(Reply.Configuration current, Cib former)
            throws UnusableInputException, DaemonUnavailableException;

    /**
     * @param source    what messages and the record call where the change came from
     * @param otherwise the reason when none was given
     */
    protected final SafeChange safely(String source, String otherwise) {
        return options.change(conversation(), planOnly(), source, otherwise);
    }
}
