package org.ringfence.daemon.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.StatusReply;
import org.ringfence.api.status.AddressStatus;
import org.ringfence.controller.ClusterStatus;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.request.Answer;
import org.ringfence.daemon.helpers.Delays;
import org.ringfence.daemon.helpers.Helpers;
import org.ringfence.daemon.local.Caller;
import org.ringfence.daemon.local.RequestHandler;
import org.ringfence.daemon.node.Node;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.CibVersion;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

/** Answers the local API: puts each request as the cluster's own, waits, and puts the answer in the API's words. */
public final class Handler implements RequestHandler {
    /** A change has to reach every disk; a view may change in between. */
    private static final Duration CHANGE = Duration.ofSeconds(60);

    /** Every way of every device may be tried. */
    private static final Duration FENCE = Duration.ofMinutes(10);

    private static final Duration WATCH = Duration.ofMillis(500);

    private final Node node;
    private final Predicate<AgentName> agentExists;
    private final HostExamination host;
    private final Runnable shutdown;
    private final Delays delays = new Delays();
    private final Supplier<AddressStatus> addresses;

    /**
     * @param agentExists whether this node has an agent
     * @param shutdown    makes this daemon leave and end; returns at once
     * @param addresses   what this node has done for its addresses
     */
    public Handler(
            Node node,
            Predicate<AgentName> agentExists,
            HostExamination host,
            Runnable shutdown,
            Supplier<AddressStatus> addresses) {
        this.node = node;
        this.host = host;
        this.agentExists = agentExists;
        this.shutdown = shutdown;
        this.addresses = addresses;
    }

    @Override
    public Reply.Outcome handle(Caller caller, Request request, Replies before) throws InterruptedException {
        var gate = new Gate(this, caller);
        Optional<Reply.Outcome> refusal = gate.refusal(request);
        return refusal.isPresent() ? refusal.get() : gate.filtered(answer(caller, request, before));
    }

    private Reply.Outcome answer(Caller caller, Request request, Replies before) throws InterruptedException {
        var who = new org.ringfence.controller.request.Caller(caller.user(), caller.uid(), caller.pid());
        return switch (request) {
            case Request.Status status -> status(who);
            case Request.Watch watch -> watch(who, before);
            case Request.Snapshot snapshot -> snapshot(who);
            case Request.HostCheck check -> host.examine(configuration(who).orElse(Cib.EMPTY));
            case Request.ConfigureShow show ->
                reply(ask(who, new org.ringfence.controller.request.Request.ShowConfiguration(), CHANGE));
            case Request.ConfigureHistory history -> new KeptConfigurations(node).all();
            case Request.ConfigureShowKept kept -> new KeptConfigurations(node).one(kept.number());
            case Request.ConfigureLoad load -> load(who, load);
            case Request.SetProperty set ->
                change(
                        who,
                        List.of(new Edit.SetProperty(set.name(), set.value().orElse(""))),
                        set.reason(),
                        set.planOnly());
            case Request.Standby standby -> {
                var edit = new Edit.SetNodeAttribute(standby.node().name(), "standby", standby.on() ? "on" : "");
                yield change(who, List.of(edit), standby.on() ? "standby" : "back from standby", standby.planOnly());
            }
            case Request.Maintenance maintenance -> {
                String value = maintenance.on() ? "true" : "";
                Edit edit = maintenance
                        .node()
                        .<Edit>map(one -> new Edit.SetNodeAttribute(one.name(), "maintenance", value))
                        .orElse(new Edit.SetProperty("maintenance-mode", value));
                yield change(who, List.of(edit), "maintenance", maintenance.planOnly());
            }
            case Request.Move move -> preferences(who).move(move);
            case Request.Ban ban -> preferences(who).ban(ban);
            case Request.Unmove unmove -> preferences(who).unmove(unmove);
            case Request.Cleanup cleanup
            when cleanup.planOnly() ->
                new Reply.NotDone(List.of(Problem.error(
                        Place.NONE, "cleanup", "cannot be planned yet; nothing was changed", "leave --plan out")));
            case Request.Cleanup cleanup ->
                reply(ask(
                        who,
                        new org.ringfence.controller.request.Request.Cleanup(
                                cleanup.resource(), cleanup.node().map(NodeId::name)),
                        CHANGE));
            case Request.Waive waive -> {
                String value = Instant.now().plus(waive.lasts()).truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                        + " " + caller.user() + " " + waive.reason();
                List<Edit> edits = new ArrayList<>();
                waive.resources().forEach(resource -> edits.add(new Edit.Waive(resource, value)));
                yield change(who, edits, "waiver: " + waive.reason(), waive.planOnly());
            }
            case Request.WithdrawWaiver withdraw -> {
                List<String> resources = withdraw.resources().isEmpty() ? waived(who) : withdraw.resources();
                List<Edit> edits = new ArrayList<>();
                resources.forEach(resource -> edits.add(new Edit.Waive(resource, "")));
                yield change(who, edits, "waiver withdrawn", withdraw.planOnly());
            }
            case Request.Fence fence ->
                timed(
                        who,
                        ask(
                                who,
                                new org.ringfence.controller.request.Request.Fence(
                                        fence.node().name(),
                                        fence.action().name().toLowerCase(java.util.Locale.ROOT),
                                        fence.reason(),
                                        fence.planOnly()),
                                FENCE));
            case Request.FenceTest test ->
                reply(ask(
                        who,
                        new org.ringfence.controller.request.Request.FenceTest(
                                test.node().map(NodeId::name), test.device()),
                        FENCE));
            case Request.FenceHistory past -> fenceHistory(who, past);
            case Request.AdmitNode admit ->
                reply(ask(
                        who,
                        new org.ringfence.controller.request.Request.AdmitNode(
                                admit.node().name(), admit.reason()),
                        CHANGE));
            case Request.TrustDevice trust ->
                reply(ask(
                        who,
                        new org.ringfence.controller.request.Request.TrustDevice(
                                trust.device(), trust.node().name(), trust.reason()),
                        CHANGE));
            case Request.ConfirmFenced confirm ->
                reply(ask(
                        who,
                        new org.ringfence.controller.request.Request.ConfirmFenced(
                                confirm.node().name(), confirm.reason()),
                        CHANGE));
            case Request.History history -> HistoryView.of(node.timeline(), history.since(), history.incident());
            case Request.WaitSettled wait -> new Settling(this, node, who, before).await(wait.timeout());
            case Request.AttributeSet set -> attribute(who, set);
            case Request.AttributeGet get -> attributes(who, get);
            case Request.Helper helper -> Helpers.answer(new AgentHelpers(this, who, delays), helper);
            case Request.Shutdown stop -> {
                shutdown.run();
                yield new Reply.Done("the node leaves the cluster", List.of());
            }
        };
    }

    NodeId self() {
        return node.settings().self();
    }

    private Preferences preferences(org.ringfence.controller.request.Caller who) {
        return new Preferences(this, who);
    }

    Answer ask(
            org.ringfence.controller.request.Caller who,
            org.ringfence.controller.request.Request request,
            Duration atMost)
            throws InterruptedException {
        if (request instanceof org.ringfence.controller.request.Request.ChangeConfiguration change) {
            return new GuardedChange(this, who).make(change, atMost);
        }
        return askAtOnce(who, request, atMost);
    }

    /** Whatever the caller's roles say. */
    Answer askAtOnce(
            org.ringfence.controller.request.Caller who,
            org.ringfence.controller.request.Request request,
            Duration atMost)
            throws InterruptedException {
        CompletableFuture<Answer> answer = node.ask(who, request);
        try {
            return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(false);
            return new Answer.NotDone(
                    "not known",
                    List.of(Problem.error(
                            Place.NONE,
                            "",
                            "there was no answer within " + atMost.toSeconds() + " s",
                            "look with 'ringfence status'")));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("answers do not fail", impossible);
        }
    }

    static Reply.Outcome reply(Answer answer) {
        return switch (answer) {
            case Answer.Done done -> new Reply.Done(done.text(), done.details());
            case Answer.NotDone notDone -> new Reply.NotDone(notDone.problems());
            case Answer.Unusable unusable -> new Reply.Unusable(unusable.problems());
            case Answer.Refused refused -> new Reply.Refused(refused.problems());
            case Answer.Plan plan -> PlanView.of(plan, Optional.empty());
            case Answer.Configuration configuration ->
                new Reply.Configuration(
                        version(configuration.text()),
                        configuration.text(),
                        new Reply.ChangeNote("", Instant.EPOCH, ""));
            case Answer.Tested tested -> FencingView.tested(tested);
            case Answer.Status status -> throw new IllegalStateException("a status is put in words of its own");
        };
    }

    private static CibVersion version(String text) {
        try {
            return Cib.read(text, "configuration").version();
        } catch (UnusableInputException damaged) {
            throw new IllegalStateException("a configuration in force can be read", damaged);
        }
    }

    private Reply.Outcome status(org.ringfence.controller.request.Caller who) throws InterruptedException {
        Answer answer = ask(who, new org.ringfence.controller.request.Request.Status(), CHANGE);
        return answer instanceof Answer.Status status ? view(status.status()) : reply(answer);
    }

    private Reply.Outcome snapshot(org.ringfence.controller.request.Caller who) throws InterruptedException {
        Answer answer = ask(who, new org.ringfence.controller.request.Request.Status(), CHANGE);
        if (!(answer instanceof Answer.Status status)) {
            return reply(answer);
        }
        String text = status.status().cib();
        return new Reply.Configuration(version(text), text, new Reply.ChangeNote("", Instant.EPOCH, ""));
    }

    private StatusReply view(ClusterStatus known) {
        return StatusView.of(
                known, node.settings().self(), node.timeline(), node.guard(), addresses.get(), Instant.now());
    }

    private Reply.Outcome watch(org.ringfence.controller.request.Caller who, Replies before)
            throws InterruptedException {
        Optional<ClusterStatus> last = Optional.empty();
        while (true) {
            Answer answer = ask(who, new org.ringfence.controller.request.Request.Status(), CHANGE);
            if (answer instanceof Answer.Status status) {
                if (!Optional.of(status.status()).equals(last)) {
                    last = Optional.of(status.status());
                    before.send(view(status.status()));
                }
            }
            TimeUnit.MILLISECONDS.sleep(WATCH.toMillis());
        }
    }

    Optional<Cib> configuration(org.ringfence.controller.request.Caller who) throws InterruptedException {
        Answer answer = ask(who, new org.ringfence.controller.request.Request.Status(), CHANGE);
        if (!(answer instanceof Answer.Status status)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Cib.read(status.status().cib(), "configuration"));
        } catch (UnusableInputException damaged) {
            throw new IllegalStateException("a configuration in force can be read", damaged);
        }
    }

    Reply.Outcome change(org.ringfence.controller.request.Caller who, List<Edit> edits, String why, boolean planOnly)
            throws InterruptedException {
        return changed(
                who, new org.ringfence.controller.request.Request.ChangeConfiguration(edits, why, planOnly, false));
    }

    /** A plan says for how long what would be away, by the times that the cluster has measured. */
    private Reply.Outcome changed(
            org.ringfence.controller.request.Caller who,
            org.ringfence.controller.request.Request.ChangeConfiguration change)
            throws InterruptedException {
        return timed(who, ask(who, change, CHANGE));
    }

    private Reply.Outcome timed(org.ringfence.controller.request.Caller who, Answer answer)
            throws InterruptedException {
        return answer instanceof Answer.Plan plan ? PlanView.of(plan, configuration(who)) : reply(answer);
    }

    private Reply.Outcome load(org.ringfence.controller.request.Caller who, Request.ConfigureLoad load)
            throws InterruptedException {
        Cib read;
        try {
            read = Cib.read(load.cib(), load.file());
        } catch (UnusableInputException unusable) {
            return new Reply.Unusable(List.of(unusable.problem()));
        }
        List<Problem> unknown =
                Agents.unknown(read, agentExists, node.settings().self());
        if (!unknown.isEmpty()) {
            return new Reply.Unusable(unknown);
        }
        var edits = new ArrayList<Edit>();
        load.onlyIf().ifPresent(version -> edits.add(new Edit.OnlyIfStill(version)));
        edits.add(new Edit.Replace(load.cib(), load.file()));
        var change = new org.ringfence.controller.request.Request.ChangeConfiguration(
                edits, load.reason().isEmpty() ? load.file() : load.reason(), load.planOnly(), load.acceptUnsafe());
        return changed(who, change);
    }

    private Reply.Outcome fenceHistory(org.ringfence.controller.request.Caller who, Request.FenceHistory past)
            throws InterruptedException {
        Answer answer = ask(who, new org.ringfence.controller.request.Request.Status(), CHANGE);
        return answer instanceof Answer.Status status
                ? FencingView.history(status.status().facts(), past.node())
                : reply(answer);
    }

    private List<String> waived(org.ringfence.controller.request.Caller who) throws InterruptedException {
        Answer answer = ask(who, new org.ringfence.controller.request.Request.Status(), CHANGE);
        var resources = new TreeSet<String>();
        if (answer instanceof Answer.Status status) {
            status.status().interlock().waivers().forEach(waiver -> resources.add(waiver.resource()));
        }
        return List.copyOf(resources);
    }

    private Reply.Outcome attribute(org.ringfence.controller.request.Caller who, Request.AttributeSet set)
            throws InterruptedException {
        String name = set.node().orElse(node.settings().self()).name();
        return switch (set.lifetime()) {
            case REBOOT ->
                reply(ask(
                        who,
                        new org.ringfence.controller.request.Request.SetAttribute(name, set.name(), set.value()),
                        CHANGE));
            case FOREVER ->
                change(
                        who,
                        List.of(new Edit.SetNodeAttribute(
                                name, set.name(), set.value().orElse(""))),
                        "attribute " + set.name(),
                        false);
        };
    }

    private Reply.Outcome attributes(org.ringfence.controller.request.Caller who, Request.AttributeGet get)
            throws InterruptedException {
        Answer answer = ask(who, new org.ringfence.controller.request.Request.Status(), CHANGE);
        if (!(answer instanceof Answer.Status status)) {
            return reply(answer);
        }
        SequencedMap<NodeId, SequencedMap<String, String>> values = new LinkedHashMap<>();
        Optional<Cib> cib = get.lifetime() == Request.Lifetime.FOREVER ? configuration(who) : Optional.empty();
        for (NodeId one : node.settings().nodes()) {
            var found = new LinkedHashMap<String, String>();
            if (get.lifetime() == Request.Lifetime.REBOOT) {
                for (Fact fact : status.status().facts()) {
                    if (fact.key().kind() == Fact.Kind.ATTRIBUTE
                            && fact.key().node().equals(one.name())) {
                        fact.value().ifPresent(value -> found.put(fact.key().name(), value));
                    }
                }
            } else {
                cib.flatMap(read -> read.configuration().nodeNamed(one.name()))
                        .ifPresent(configured -> configured
                                .attributes()
                                .forEach(set -> set.values().forEach(found::putIfAbsent)));
            }
            get.name().ifPresent(name -> found.keySet().removeIf(other -> !other.equals(name)));
            if (!found.isEmpty() && (get.node().isEmpty() || get.node().get().equals(one))) {
                values.put(one, found);
            }
        }
        return new Reply.Attributes(values);
    }
}
