package org.ringfence.controller.interaction;

import java.util.List;
import java.util.stream.Collectors;
import org.ringfence.controller.Document;
import org.ringfence.controller.configuration.StoredConfiguration.Stamp;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.fencing.ProofStep;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.request.Answer;

/** Messages, documents and answers in a few words: what matters for who does what next. */
final class Wording {
    private Wording() {}

    static String of(Message message) {
        String name = message.getClass().getSimpleName();
        return switch (message) {
            case Message.Propose propose -> name + " " + propose.ballot() + " " + propose.members();
            case Message.Accept accept ->
                name + " " + accept.ballot()
                        + accept.holding().map(stamp -> " holding " + of(stamp)).orElse("")
                        + (accept.damaged() ? " damaged" : "")
                        + accept.guard()
                                .map(promise -> " promising " + promise.text())
                                .orElse("");
            case Message.Reject reject -> name + " " + reject.ballot() + ", promised " + reject.promised();
            case Message.Install install ->
                name + " " + install.view().number() + " " + install.view().members()
                        + (install.view().quorate() ? "" : " no quorum");
            case Message.Join join ->
                name + " " + join.view() + ", " + join.history().size() + " histories" + facts(join.facts())
                        + (join.carried().isEmpty() ? "" : ", carries on " + join.carried());
            case Message.Leave leave -> name + " " + leave.view();
            case Message.Fetch fetch -> name + " " + fetch.view();
            case Message.Fetched fetched ->
                name + " " + fetched.view() + " " + of(fetched.configuration().stamp());
            case Message.Prepare prepare ->
                name + " " + of(prepare.stamp()) + (prepare.text().isEmpty() ? " without text" : "");
            case Message.Prepared prepared ->
                name + prepared.problem().map(problem -> ": " + problem).orElse("");
            case Message.ProposeFact fact ->
                name + " " + fact.key().kind() + " " + fact.key().node();
            case Message.FactsChanged changed -> name + " " + changed.view() + facts(changed.facts());
            case Message.Execute execute -> name + " " + execute.action().operationKey();
            case Message.Result result ->
                name + " " + result.resource() + " " + result.operation().operation() + " "
                        + result.operation().exitCode();
            case Message.FenceExecute fence ->
                name + " " + fence.call().action() + " " + fence.call().target() + " with "
                        + fence.call().device()
                        + (fence.continues().isPresent() ? ", taken over" : "");
            case Message.FenceExecuted fenced -> name + (fenced.succeeded() ? " done" : " failed: " + fenced.reason());
            case Message.FenceProbe probe ->
                name + " " + probe.call().target() + " with " + probe.call().device();
            case Message.FenceProbed probed ->
                name
                        + probed.steps().stream()
                                .map(step -> " " + step.what() + "=" + step.verdict())
                                .collect(Collectors.joining(","));
            case Message.Forward forward ->
                name + " " + forward.asked().getClass().getSimpleName();
            case Message.Answered answered -> name + " " + of(answered.answer());
            case Message.LeaseQuestion question ->
                name + " " + question.view() + " " + question.number()
                        + question.promise()
                                .map(promise -> " promising " + promise.text())
                                .orElse("");
            case Message.LeaseAnswer answer -> name + " " + answer.view() + " " + answer.number();
            case Message.StopYourself stop -> name + " " + stop.view();
            case Message.Told told -> name + " " + told.entry().kind();
        };
    }

    /** Facts that are so, by kind, the standing of nodes spelled out. */
    private static String facts(List<Fact> facts) {
        return facts.stream()
                .filter(fact -> fact.value().isPresent())
                .map(fact -> " " + fact.key().kind() + " " + fact.key().node()
                        + (fact.key().name().isEmpty() ? "" : "/" + fact.key().name())
                        + (fact.key().kind() == Fact.Kind.STANDING
                                ? "=" + fact.value().get()
                                : ""))
                .collect(Collectors.joining(","));
    }

    private static String of(Stamp stamp) {
        return stamp.version() + stamp.view().map(view -> " of view " + view).orElse("");
    }

    static String of(Document document) {
        return switch (document) {
            case Document.Promise promise -> "promise " + promise.counter();
            case Document.Configuration configuration ->
                "configuration " + of(configuration.configuration().stamp());
            case Document.Facts facts -> "facts" + facts(facts.facts());
        };
    }

    static String of(Answer answer) {
        String name = answer.getClass().getSimpleName();
        return switch (answer) {
            case Answer.Done done -> name + ": " + done.text();
            case Answer.NotDone no -> name + ": " + no.text() + " " + no.problems();
            case Answer.Refused refused -> name + ": " + refused.problems();
            case Answer.Tested tested ->
                name
                        + tested.paths().stream()
                                .map(path -> " " + path.device() + " from " + path.executor() + " to " + path.target()
                                        + " "
                                        + (path.steps().stream()
                                                        .anyMatch(step -> step.verdict() == ProofStep.Verdict.FAILED)
                                                ? "broken"
                                                : "proven"))
                                .collect(Collectors.joining(","));
            default -> name;
        };
    }
}
