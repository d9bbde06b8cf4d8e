package org.ringfence.cli.foresee;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.controller.foresee.Consequence;
import org.ringfence.controller.foresee.Failure;
import org.ringfence.controller.foresee.Foresight;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringfence whatif}. */
@Command(
        name = "whatif",
        description = {
            "Says what a failure would mean, before it happens: what the cluster would do, what would not come back,"
                    + " and how long it would take.",
            "Each failure is put into a copy of the status, scheduled and carried out there. Nothing is changed. Exit"
                    + " status 1 when the cluster could not deal with one of them by itself."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence whatif --node-down beta",
            "  ringfence whatif --every-single-failure",
            "  ringfence whatif --every-single-failure --gaps --cib saved.xml"
        })
public final class WhatIfCommand extends NodeCommand {
    @Option(names = "--node-down", paramLabel = "NODE", description = "A node is lost. Can be repeated: one at a time.")
    private List<String> nodes = new ArrayList<>();

    @Option(
            names = "--every-single-failure",
            description = "Every node, link, fence device, shared disk and resource, one at a time.")
    private boolean every;

    @Option(names = "--gaps", description = "Only those that the cluster could not deal with.")
    private boolean gaps;

    @Option(names = "--cib", paramLabel = "FILE", description = "A CIB with status, in XML; - is standard input.")
    private @Nullable Path file;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "With --cib: as of when. Default: the file's date, or now.")
    private @Nullable String at;

    public WhatIfCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.Snapshot();
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        if (nodes.isEmpty() && !every) {
            throw new UnusableInputException(Problem.error(
                    Place.NONE,
                    "whatif",
                    "one of --node-down NODE and --every-single-failure is needed",
                    "see 'ringfence whatif --help'"));
        }
        return switch (Subject.of(file, at, context().clock().instant(), conversation())) {
            case Subject.Refused(Reply.Outcome outcome) -> conversation().show(outcome, this::show);
            case Subject.Known known -> answer(known);
        };
    }

    private ExitStatus answer(Subject.Known known) throws UnusableInputException {
        var foresight = new Foresight(known.cib(), known.at());
        List<Failure> all = foresight.failures();
        List<Failure> asked = every ? all : nodes(all);
        Map<Failure, Consequence> byLikeness =
                asked.stream().map(Failure::likeness).distinct().toList().parallelStream()
                        .map(failure -> consequence(foresight, failure))
                        .collect(Collectors.toMap(Consequence::failure, Function.identity()));
        List<Consequence> found = asked.stream()
                .map(failure ->
                        requireNonNull(byLikeness.get(failure.likeness())).as(failure))
                .toList();
        var screen = new WhatIfScreen(
                terminal(), found.stream().filter(one -> !gaps || one.isGap()).toList(), found.size());
        if (json()) {
            screen.json();
        } else {
            screen.show();
        }
        return found.stream().anyMatch(Consequence::isGap) ? ExitStatus.NOT_DONE : ExitStatus.DONE;
    }

    private static Consequence consequence(Foresight foresight, Failure failure) {
        try {
            return foresight.of(failure);
        } catch (UnusableInputException impossible) {
            throw new IllegalStateException("what may fail is taken from the cluster itself", impossible);
        }
    }

    private List<Failure> nodes(List<Failure> all) throws UnusableInputException {
        List<Failure> asked = new ArrayList<>();
        for (String node : nodes) {
            Optional<Failure> failure = all.stream()
                    .filter(one -> one.equals(new Failure(Failure.Kind.NODE, node)))
                    .findFirst();
            asked.add(failure.orElseThrow(() -> Subject.unknown(
                    "node",
                    node,
                    all.stream()
                            .filter(one -> one.kind() == Failure.Kind.NODE)
                            .map(Failure::name)
                            .toList())));
        }
        return asked;
    }
}
