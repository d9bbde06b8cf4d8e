package org.ringfence.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.FenceHistoryReply;
import org.ringfence.api.FenceTestReply;
import org.ringfence.api.FenceTestReply.ProofStep;
import org.ringfence.api.FenceTestReply.Verdict;
import org.ringfence.api.HistoryReply;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.StatusReply;
import org.ringfence.api.history.HistoryKind;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.cli.Conversation;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/**
 * Fences a node and brings it back, a step at a time: emptied first, so that nothing that it ran is interrupted; watched from the
 * node that is asked. A step that fails ends it; the node is then left as it is, and that is said.
 */
final class FencingForReal {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Conversation conversation;
    private final NodeId target;
    private final Duration timeout;
    private final List<ProofStep> steps = new ArrayList<>();

    FencingForReal(Conversation conversation, NodeId target, Duration timeout) {
        this.conversation = conversation;
        this.target = target;
        this.timeout = timeout;
    }

    Reply.Outcome run() throws DaemonUnavailableException {
        if (!(conversation.call(new Request.Status()) instanceof StatusReply status)) {
            return refused("this node cannot say how the cluster stands", "ask again when 'ringfence status' answers");
        }
        Optional<NodeStatus> node = of(status);
        if (node.isEmpty()) {
            return new Reply.Unusable(List.of(problem("is not a node of this cluster", "see 'ringfence status'")));
        }
        if (status.cluster().thisNode().equals(target)) {
            return refused("is the node that is asked, which cannot watch itself die", "run this on another node");
        }
        if (node.get().state() != NodeStatus.State.ONLINE) {
            return refused("is not online, so its fencing would show nothing", "start it first");
        }
        boolean standby = node.get().standby();
        if (!empty(standby)) {
            return found(status);
        }
        Instant begun = Instant.now();
        if (!fence()) {
            letWork(standby);
            return found(status);
        }
        if (await("gone", "the engine did not hear it any more", SILENCE, seen -> isGone(seen, begun))
                && await("back", "it has booted and joined", timeout, this::isOnline)) {
            letWork(standby);
        }
        return found(status);
    }

    private boolean empty(boolean standby) throws DaemonUnavailableException {
        Reply.Outcome set =
                standby ? new Reply.Done("", List.of()) : conversation.call(new Request.Standby(target, true, false));
        Reply.Outcome settled = set instanceof Reply.Done ? conversation.call(new Request.WaitSettled(timeout)) : set;
        boolean done = settled instanceof Reply.Done;
        step("emptied", done, done ? "nothing runs on it" : text(settled), "its resources run elsewhere first");
        return done;
    }

    /** A view that changes while it is done may take the answer with it; then what is on record counts. */
    private boolean fence() throws DaemonUnavailableException {
        Optional<List<FenceHistoryReply.Entry>> before = fencings();
        if (before.isEmpty()) {
            return fenced(false, "this node does not say what was fenced before");
        }
        Reply.Outcome outcome = conversation.call(
                new Request.Fence(target, Request.FenceAction.REBOOT, "fence test --for-real", false));
        if (outcome instanceof Reply.Done said) {
            return fenced(true, said.text());
        }
        Optional<FenceHistoryReply.Entry> onRecord = firstFencingBeyond(before.get());
        return fenced(
                onRecord.isPresent(),
                onRecord.map(entry -> "on record is: " + entry.action() + " " + entry.how() + "; the answer was lost")
                        .orElse(text(outcome)));
    }

    private boolean fenced(boolean done, String text) {
        step("fenced", done, text, "a device did it");
        return done;
    }

    /** Told from former ones by what they are and not by when they were: clocks differ. */
    private Optional<FenceHistoryReply.Entry> firstFencingBeyond(List<FenceHistoryReply.Entry> before)
            throws DaemonUnavailableException {
        Instant end = Instant.now().plus(SILENCE);
        while (Instant.now().isBefore(end)) {
            Optional<FenceHistoryReply.Entry> found = fencings().stream()
                    .flatMap(List::stream)
                    .filter(entry -> entry.succeeded() && !before.contains(entry))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
            pause();
        }
        return Optional.empty();
    }

    private Optional<List<FenceHistoryReply.Entry>> fencings() throws DaemonUnavailableException {
        return conversation.call(new Request.FenceHistory(Optional.of(target))) instanceof FenceHistoryReply history
                ? Optional.of(history.entries())
                : Optional.empty();
    }

    /** What the cluster looks like to the node that is asked. */
    @FunctionalInterface
    private interface Sight {
        boolean isSo(StatusReply status) throws DaemonUnavailableException;
    }

    private boolean isOnline(StatusReply status) {
        return of(status)
                .filter(node -> node.state() == NodeStatus.State.ONLINE)
                .isPresent();
    }

    /** One that has stopped itself may have booted and joined before anybody looks; then what was noticed says so. */
    private boolean isGone(StatusReply status, Instant since) throws DaemonUnavailableException {
        return !isOnline(status)
                || (conversation.call(new Request.History(Optional.of(since), Optional.empty()))
                                instanceof HistoryReply history
                        && history.entries().stream()
                                .anyMatch(entry -> entry.kind() == HistoryKind.NODE_LOST
                                        && entry.subject().equals(target.name())));
    }

    private boolean await(String what, String proves, Duration atMost, Sight wanted) throws DaemonUnavailableException {
        Instant from = Instant.now();
        while (Instant.now().isBefore(from.plus(atMost))) {
            if (conversation.call(new Request.Status()) instanceof StatusReply status && wanted.isSo(status)) {
                long took = Duration.between(from, Instant.now()).toMillis();
                step(
                        what,
                        true,
                        "after " + took + " ms, seen from " + status.cluster().thisNode(),
                        proves);
                return true;
            }
            pause();
        }
        step(what, false, "not within " + atMost.toSeconds() + " s; it is left in standby", proves);
        return false;
    }

    private void letWork(boolean standby) throws DaemonUnavailableException {
        Reply.Outcome outcome = standby
                ? new Reply.Done("it was in standby before, and is again", List.of())
                : conversation.call(new Request.Standby(target, false, false));
        boolean done = outcome instanceof Reply.Done;
        step("working", done, done ? "it may run resources again" : text(outcome), "all is as it was before");
    }

    private void step(String what, boolean done, String text, String proves) {
        conversation.tell(what + ": " + text);
        steps.add(new ProofStep(what, done ? Verdict.PROVEN : Verdict.FAILED, text, proves));
    }

    private Reply.Outcome found(StatusReply status) {
        var path = new FenceTestReply.Path(
                target, "whatever is configured", status.cluster().thisNode(), steps);
        return new FenceTestReply(Instant.now(), List.of(path), List.of());
    }

    private Optional<NodeStatus> of(StatusReply status) {
        return status.nodes().stream()
                .filter(node -> node.node().equals(target))
                .findFirst();
    }

    private Reply.Outcome refused(String why, String remedy) {
        return new Reply.Refused(List.of(problem(why, remedy)));
    }

    private Problem problem(String why, String remedy) {
        return Problem.error(Place.NONE, "node " + target, why, remedy);
    }

    private static String text(Reply.Outcome outcome) {
        List<Problem> problems = new ArrayList<>();
        if (outcome instanceof Reply.NotDone no) {
            problems.addAll(no.problems());
        } else if (outcome instanceof Reply.Refused no) {
            problems.addAll(no.problems());
        } else if (outcome instanceof Reply.Unusable no) {
            problems.addAll(no.problems());
        }
        return problems.isEmpty() ? outcome.toString() : problems.getFirst().toString();
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", interrupted);
        }
    }
}
