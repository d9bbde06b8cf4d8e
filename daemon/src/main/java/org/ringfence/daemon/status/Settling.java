package org.ringfence.daemon.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ringfence.api.Reply;
import org.ringfence.controller.ClusterStatus;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Caller;
import org.ringfence.controller.request.Request;
import org.ringfence.daemon.history.Line;
import org.ringfence.daemon.local.RequestHandler.Replies;
import org.ringfence.daemon.node.Node;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/**
 * Waits until the cluster has nothing left to do, says how far it is whenever that changes, and at the end what was done meanwhile.
 * It outlives the DC: a new one is asked again.
 */
final class Settling {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration STATUS = Duration.ofSeconds(10);
    private static final int DETAILS_MAX = 20;

    private final Handler handler;
    private final Node node;
    private final Caller who;
    private final Replies before;
    private final Instant begun = Instant.now();
    private Reply.Progress last = new Reply.Progress("", 0, 0);

    Settling(Handler handler, Node node, Caller who, Replies before) {
        this.handler = handler;
        this.node = node;
        this.who = who;
        this.before = before;
    }

    Reply.Outcome await(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        CompletableFuture<Answer> asked = ask(timeout);
        while (true) {
            try {
                Answer answer = asked.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (answer instanceof Answer.Done done) {
                    return new Reply.Done(done.text(), done());
                }
                if (System.nanoTime() - end > 0) {
                    return Handler.reply(answer);
                }
                // No DC now, or it has gone: there will be another.
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
                asked = ask(timeout);
            } catch (TimeoutException notYet) {
                if (System.nanoTime() - end > 0) {
                    asked.cancel(false);
                    return new Reply.NotDone(left(timeout));
                }
                tell();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException("answers do not fail", impossible);
            }
        }
    }

    private CompletableFuture<Answer> ask(Duration timeout) {
        return node.ask(who, new Request.WaitSettled(timeout));
    }

    private void tell() throws InterruptedException {
        Answer answer = handler.askAtOnce(who, new Request.Status(), STATUS);
        if (answer instanceof Answer.Status(var status)) {
            Reply.Progress now = progress(status);
            if (!now.equals(last) && !now.text().isEmpty()) {
                last = now;
                before.send(now);
            }
        }
    }

    private static Reply.Progress progress(ClusterStatus status) {
        List<String> doing = new ArrayList<>();
        status.fencing().forEach(fencing -> doing.add("fencing " + fencing.target()));
        status.transition().ifPresent(transition -> doing.addAll(transition.running()));
        if (!status.ready()) {
            doing.add(status.waitingFor());
        }
        int done = status.transition().map(ClusterStatus.Progress::done).orElse(0);
        int of = status.transition().map(ClusterStatus.Progress::of).orElse(0);
        return new Reply.Progress(String.join(", ", doing), done, of);
    }

    private List<Problem> left(Duration timeout) {
        return List.of(Problem.error(
                Place.NONE,
                "",
                "after " + timeout.toSeconds() + " s there is still something to do"
                        + (last.text().isEmpty() ? "" : ": " + last.text()),
                "wait longer with --timeout, or look with 'ringfence status'"));
    }

    /** What was done, and what went wrong, since this began. */
    private List<String> done() {
        List<String> lines = new ArrayList<>();
        for (Line line : node.timeline().kept().lines()) {
            HistoryEntry entry = line.entry();
            boolean told = switch (entry.kind()) {
                case ACTION_ENDED, RESOURCE_FAILED, FENCE_CONFIRMED, FENCE_FAILED, INTERLOCK -> true;
                default -> false;
            };
            if (told && !line.when().isBefore(begun)) {
                lines.add(
                        entry.kind() == HistoryEntry.Kind.ACTION_ENDED
                                ? entry.text()
                                : entry.subject() + ": " + entry.text());
            }
        }
        if (lines.size() <= DETAILS_MAX) {
            return lines;
        }
        List<String> some = new ArrayList<>(lines.subList(lines.size() - DETAILS_MAX, lines.size()));
        some.addFirst("(" + (lines.size() - DETAILS_MAX) + " before; see 'ringfence history')");
        return some;
    }
}
