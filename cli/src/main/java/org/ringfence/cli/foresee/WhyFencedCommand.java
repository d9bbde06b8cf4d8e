package org.ringfence.cli.foresee;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.FenceHistoryReply;
import org.ringfence.api.HistoryReply;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.history.HistoryEntry;
import org.ringfence.api.json.RecordJson;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.cli.screen.HistoryScreen;
import org.ringfence.cli.screen.Moments;
import org.ringfence.cli.terminal.Style;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.Observer;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Resources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence why-fenced NODE}. */
@Command(
        name = "why-fenced",
        description = {
            "Says why a node was fenced the last time, with what led to it, and whether it has to be fenced now."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence why-fenced beta", "  ringfence why-fenced beta --cib saved.xml"})
public final class WhyFencedCommand extends NodeCommand {
    /** What happened within this time before a fencing is shown with it. */
    private static final Duration LEADING = Duration.ofMinutes(2);

    private static final RecordJson<Answer> JSON = RecordJson.of(Answer.class).build();

    @Parameters(paramLabel = "NODE", description = "The node.")
    private NodeId node;

    @Option(names = "--cib", paramLabel = "FILE", description = "A CIB with status, in XML; - is standard input.")
    private @Nullable Path file;

    public WhyFencedCommand(Context context) {
        super(context);
    }

    /**
     * For programs.
     *
     * @param now  why it has to be fenced now; empty when it has not
     * @param last the last fencing on record
     * @param led  what happened before that
     */
    record Answer(NodeId node, List<String> now, Optional<FenceHistoryReply.Entry> last, List<HistoryEntry> led) {}

    @Override
    protected Request request() {
        return new Request.FenceHistory(Optional.of(node));
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        return switch (Subject.of(file, null, context().clock().instant(), conversation())) {
            case Subject.Refused(Reply.Outcome outcome) -> conversation().show(outcome, this::show);
            case Subject.Known known -> answer(known);
        };
    }

    private ExitStatus answer(Subject.Known known) throws UnusableInputException, DaemonUnavailableException {
        var reasons = new Reasons(node.name());
        Cib cib = known.cib();
        Scheduler.schedule(cib, known.at(), reasons);
        if (!reasons.names.contains(node.name())) {
            throw Subject.unknown("node", node.name(), reasons.names);
        }
        if (file != null) {
            return show(new Answer(node, reasons.now, Optional.empty(), List.of()));
        }
        Reply.Outcome past = conversation().call(request());
        if (!(past instanceof FenceHistoryReply fenced)) {
            return conversation().show(past, this::show);
        }
        Optional<FenceHistoryReply.Entry> last = fenced.entries().isEmpty()
                ? Optional.empty()
                : Optional.of(fenced.entries().getLast());
        List<HistoryEntry> led = List.of();
        if (last.isPresent()) {
            var at = last.get().at();
            Reply.Outcome outcome =
                    conversation().call(new Request.History(Optional.of(at.minus(LEADING)), Optional.empty()));
            if (outcome instanceof HistoryReply history) {
                led = history.entries().stream()
                        .filter(entry -> !entry.at().isAfter(at) && leads(entry))
                        .toList();
            }
        }
        return show(new Answer(node, reasons.now, last, led));
    }

    private boolean leads(HistoryEntry entry) {
        return switch (entry.kind()) {
            case NODE_LOST, NODE_SLOW, NODE_LEFT, QUORUM_LOST, VIEW_AGREED, FENCE_ASKED, FENCE_BEGUN, FENCE_FAILED ->
                true;
            case RESOURCE_FAILED, ASKED -> true;
            default -> entry.subject().equals(node.name());
        };
    }

    private ExitStatus show(Answer answer) {
        if (json()) {
            terminal().line(new String(JSON.write(answer), StandardCharsets.UTF_8));
        } else {
            people(answer);
        }
        terminal().flush();
        return ExitStatus.DONE;
    }

    private void people(Answer answer) {
        var moments = new Moments(context().clock().instant(), context().zone());
        if (answer.now().isEmpty()) {
            terminal().line(terminal().paint(Style.STRONG, node.name()) + " does not have to be fenced now");
        } else {
            terminal().line(terminal().paint(Style.BAD, node + " has to be fenced") + ", because");
            answer.now().forEach(reason -> terminal().line("  - " + reason));
        }
        if (file != null) {
            return;
        }
        if (answer.last().isEmpty()) {
            terminal().line("no fencing of it is on record");
            return;
        }
        FenceHistoryReply.Entry last = answer.last().get();
        terminal()
                .line("last: " + last.action() + " " + moments.at(last.at()) + ", "
                        + (last.succeeded() ? "done" : "FAILED") + ", because " + last.reason() + " (" + last.how()
                        + ")");
        if (!answer.led().isEmpty()) {
            terminal().line("");
            new HistoryScreen(terminal(), moments).show(new HistoryReply(answer.led(), true));
        }
    }

    /** Why a node is to be fenced, by a status. */
    private static final class Reasons implements Observer {
        private final String asked;
        private final List<String> names = new ArrayList<>();
        private final List<String> now = new ArrayList<>();

        private Reasons(String asked) {
            this.asked = asked;
        }

        @Override
        public void placed(Nodes nodes, Resources resources) {
            for (ClusterNode known : nodes.all()) {
                names.add(known.name);
                if (known.name.equals(asked)) {
                    now.addAll(known.fencingReasons);
                }
            }
        }
    }
}
