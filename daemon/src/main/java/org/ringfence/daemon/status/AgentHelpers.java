package org.ringfence.daemon.status;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Caller;
import org.ringfence.controller.request.Request;
import org.ringfence.daemon.helpers.Cluster;
import org.ringfence.daemon.helpers.Delays;
import org.ringfence.daemon.helpers.Known;
import org.ringfence.daemon.helpers.Said;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

/**
 * What agents' helpers ask, put to the cluster. While no DC can answer (a node was lost, a new view is agreed) it is asked
 * again for a while: agents take a helper's failure for a fault of their own.
 */
final class AgentHelpers implements Cluster {
    private static final System.Logger LOG = System.getLogger(AgentHelpers.class.getName());
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Handler handler;
    private final Caller who;
    private final Delays delays;

    AgentHelpers(Handler handler, Caller who, Delays delays) {
        this.handler = handler;
        this.who = who;
        this.delays = delays;
    }

    @Override
    public Optional<Known> known() throws InterruptedException {
        Answer answer = patiently(Request.Status::new);
        if (!(answer instanceof Answer.Status(var status))) {
            return Optional.empty();
        }
        Cib cib;
        try {
            cib = Cib.read(status.cib(), "configuration");
        } catch (UnusableInputException damaged) {
            throw new IllegalStateException("a configuration in force can be read", damaged);
        }
        return Optional.of(new Known(
                cib,
                handler.self(),
                status.view().map(View::members).orElse(List.of()),
                status.view().map(View::dc),
                status.view().filter(View::quorate).isPresent()));
    }

    @Override
    public Said set(String node, String name, Optional<String> value, Duration after) throws InterruptedException {
        if (after.isPositive()) {
            delays.begin(node, name, value, after, () -> {
                Said said = said(patiently(() -> new Request.SetAttribute(node, name, value)));
                if (said.status() != 0) {
                    LOG.log(System.Logger.Level.WARNING, "{0} of {1} is not set: {2}", name, node, said.err());
                }
            });
            return Said.NOTHING;
        }
        delays.forget(node, name);
        return said(patiently(() -> new Request.SetAttribute(node, name, value)));
    }

    @Override
    public Optional<Waiting> waiting(String node, String name) {
        return delays.waiting(node, name);
    }

    @Override
    public Said change(List<Edit> edits, String why) throws InterruptedException {
        return said(patiently(() -> new Request.ChangeConfiguration(edits, why, false, false)));
    }

    @Override
    public Said forget(Optional<String> resource, Optional<String> node) throws InterruptedException {
        return said(patiently(() -> new Request.Cleanup(resource, node)));
    }

    /** Asks until the answer is another than "not now". What is asked here may be done twice: it says what shall be, not what to add. */
    private Answer patiently(Supplier<Request> request) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Answer answer = handler.ask(who, request.get(), ANSWER);
            if (!(answer instanceof Answer.NotDone) || System.nanoTime() - end > 0) {
                return answer;
            }
            TimeUnit.MILLISECONDS.sleep(AGAIN.toMillis());
        }
    }

    private static Said said(Answer answer) {
        return switch (answer) {
            case Answer.Done _ -> Said.NOTHING;
            case Answer.NotDone notDone -> failed(notDone.problems());
            case Answer.Unusable unusable -> failed(unusable.problems());
            case Answer.Refused refused -> failed(refused.problems());
            case Answer.Plan _, Answer.Configuration _, Answer.Status _, Answer.Tested _ ->
                throw new IllegalStateException("no answer to a change: " + answer);
        };
    }

    private static Said failed(List<Problem> problems) {
        return Said.failed(
                Said.ERROR,
                problems.isEmpty() ? "not done" : problems.getFirst().toString());
    }
}
