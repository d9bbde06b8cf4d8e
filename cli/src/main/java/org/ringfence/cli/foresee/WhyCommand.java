package org.ringfence.cli.foresee;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.HistoryReply;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.cli.input.PointsInTime;
import org.ringfence.controller.configuration.Edits;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.foresee.Why;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence why RESOURCE}. */
@Command(
        name = "why",
        description = {
            "Says where a resource is and why there, or why it is nowhere: the causes, nearest first, each with the"
                    + " element of the configuration that it comes from.",
            "What is suggested was tried: the change was made on a copy, scheduled and carried out there, and the"
                    + " resource ran. Nothing is changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence why db",
            "  ringfence why db --not beta          why it is not there",
            "  ringfence why db --at 14:05          what happened to it until then, by this node's history",
            "  ringfence why db --cib saved.xml     from a file; no node is asked"
        })
public final class WhyCommand extends NodeCommand {
    @Parameters(paramLabel = "RESOURCE", description = "A resource, one inside it, or an instance of it.")
    private String resource;

    @Option(
            names = "--not",
            paramLabel = "NODE",
            description = "Why it is not on this node, and what would bring it there.")
    private @Nullable NodeId node;

    @Option(names = "--cib", paramLabel = "FILE", description = "A CIB with status, in XML; - is standard input.")
    private @Nullable Path file;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "As of when. With --cib: for rules and failure timeouts. Without: what history has until then.")
    private @Nullable String at;

    public WhyCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.Snapshot();
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        Instant now = context().clock().instant();
        if (at != null && file == null) {
            return past(moment(now, at));
        }
        return switch (Subject.of(file, at, now, conversation())) {
            case Subject.Refused(Reply.Outcome outcome) -> conversation().show(outcome, this::show);
            case Subject.Known(Cib cib, Instant when) -> {
                var screen = new WhyScreen(terminal(), answer(cib, when), Optional.ofNullable(node));
                if (json()) {
                    screen.json();
                } else {
                    screen.show();
                }
                yield ExitStatus.DONE;
            }
        };
    }

    private Why answer(Cib cib, Instant when) throws UnusableInputException {
        if (node != null && cib.configuration().nodeNamed(node.name()).isEmpty()) {
            throw Subject.unknown(
                    "node",
                    node.name(),
                    cib.configuration().nodes().values().stream()
                            .map(known -> known.name())
                            .toList());
        }
        Optional<Why> why = node == null ? Why.of(cib, when, resource) : Why.not(cib, when, resource, node.name());
        return why.orElseThrow(() -> Subject.unknown("resource", resource, Edits.resources(cib)));
    }

    private Instant moment(Instant now, String text) throws UnusableInputException {
        try {
            return new PointsInTime(now, context().zone().toZoneId()).parse(text);
        } catch (IllegalArgumentException e) {
            throw new UnusableInputException(Problem.error(Place.NONE, "--at", String.valueOf(e.getMessage()), ""));
        }
    }

    /** The status of then is kept nowhere; what happened, and which configuration was in force, are. */
    private ExitStatus past(Instant until) throws UnusableInputException, DaemonUnavailableException {
        Reply.Outcome kept = conversation().call(new Request.ConfigureHistory());
        if (!(kept instanceof Reply.KeptConfigurations configurations)) {
            return conversation().show(kept, this::show);
        }
        Reply.Outcome outcome = conversation().call(new Request.History(Optional.empty(), Optional.empty()));
        if (!(outcome instanceof HistoryReply history)) {
            return conversation().show(outcome, this::show);
        }
        var past = Past.of(resource, until, history, configurations);
        if (json()) {
            past.json(terminal());
        } else {
            past.show(terminal(), context().zone());
        }
        return past.isKnown() ? ExitStatus.DONE : ExitStatus.NOT_DONE;
    }
}
