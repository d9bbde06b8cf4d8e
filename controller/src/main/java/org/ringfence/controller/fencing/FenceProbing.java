package org.ringfence.controller.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Step;
import org.ringfence.controller.fencing.ProofStep.Kind;
import org.ringfence.controller.fencing.ProofStep.Verdict;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;

/**
 * Looks at paths from this node to others, one step after the other, and does nothing to anybody: whether the agent is there,
 * the parameters are complete, the device answers, is right about the node and lists it, and a test message through shared disks
 * comes back. Its agents' calls have negative tokens, so that they are never taken for those of {@link FenceExecutor}.
 */
public final class FenceProbing {
    private static final Duration EACH_MAX = Duration.ofSeconds(20);
    private static final int STATUS_OFF = 2;

    private FenceProbing() {}

    /** @param jobs paths that are looked at, by the token of the agent's present call */
    public record State(long nextToken, SortedMap<Long, Job> jobs) {
        public static final State INITIAL = new State(-1, new TreeMap<>());

        public State {
            jobs = Collections.unmodifiableSortedMap(new TreeMap<>(jobs));
        }
    }

    /**
     * @param ability what the agent can do, once it is known
     * @param steps   what was found so far
     */
    public record Job(
            NodeId asker, Message.FenceProbe asked, Kind present, Optional<Ability> ability, List<ProofStep> steps) {
        public Job {
            steps = List.copyOf(steps);
        }

        private Job with(Kind what, Verdict verdict, String text) {
            List<ProofStep> more = new ArrayList<>(steps);
            more.add(new ProofStep(what, verdict, text));
            return new Job(asker, asked, present, ability, more);
        }

        private Job at(Kind next) {
            return new Job(asker, asked, next, ability, steps);
        }
    }

    public static Step<State> asked(State state, NodeId asker, Message.FenceProbe asked) {
        return run(state, new Job(asker, asked, Kind.AGENT, Optional.empty(), List.of()), "metadata");
    }

    public static Step<State> finished(State state, FenceAgents.Result result) {
        Job job = state.jobs().get(result.token());
        if (job == null) {
            return Step.of(state);
        }
        var jobs = new TreeMap<>(state.jobs());
        jobs.remove(result.token());
        var less = new State(state.nextToken(), jobs);
        return switch (job.present()) {
            case AGENT -> metadata(less, job, result);
            case DEVICE -> status(less, device(job, result));
            case STATUS -> list(less, status(job, result));
            case LIST -> guard(less, list(job, result));
            case GUARD -> end(less, guarded(job, result));
            case PARAMETERS, WATCHDOG -> throw new IllegalStateException("no agent is called for " + job);
        };
    }

    private static Step<State> metadata(State state, Job job, FenceAgents.Result result) {
        FenceCall call = job.asked().call();
        if (result.exitCode() < 0) {
            return end(state, job.with(Kind.AGENT, Verdict.FAILED, result.reason()));
        }
        Optional<Ability> read = result.succeeded() ? Ability.read(result.output()) : Optional.empty();
        Job said = job.with(
                Kind.AGENT,
                Verdict.PROVEN,
                read.isPresent() ? call.agent() : call.agent() + ", which does not describe itself");
        Ability ability = read.orElse(Ability.OF_OLD);
        List<String> missing = ability.missing(call.parameters());
        List<String> unknown = ability.unknown(call.parameters());
        Job known = new Job(job.asker(), job.asked(), Kind.DEVICE, Optional.of(ability), said.steps());
        if (!missing.isEmpty()) {
            return end(state, known.with(Kind.PARAMETERS, Verdict.FAILED, "there is no " + String.join(", ", missing)));
        }
        String text =
                unknown.isEmpty() ? "complete" : "complete; the agent does not know " + String.join(", ", unknown);
        return run(state, known.with(Kind.PARAMETERS, Verdict.PROVEN, text), watch(ability));
    }

    private static String watch(Ability ability) {
        return ability.does("monitor") || !ability.does("status") ? "monitor" : "status";
    }

    private static Job device(Job job, FenceAgents.Result result) {
        return result.succeeded()
                ? job.with(
                        Kind.DEVICE,
                        Verdict.PROVEN,
                        "answers in " + result.took().toMillis() + " ms")
                : job.with(Kind.DEVICE, Verdict.FAILED, result.reason());
    }

    private static Step<State> status(State state, Job job) {
        if (job.steps().getLast().failed()) {
            return end(state, job);
        }
        if (!job.ability().orElseThrow().does("status")) {
            return list(state, job.with(Kind.STATUS, Verdict.NOT_CONFIGURED, "the agent has no status"));
        }
        return run(state, job.at(Kind.STATUS), "status");
    }

    private static Job status(Job job, FenceAgents.Result result) {
        String plug = job.asked().call().plug();
        if (result.exitCode() == 0) {
            return job.with(Kind.STATUS, Verdict.PROVEN, "it says that " + plug + " is on");
        }
        if (result.exitCode() != STATUS_OFF) {
            return job.with(Kind.STATUS, Verdict.FAILED, "no status of " + plug + ": " + result.reason());
        }
        return job.asked().answers()
                ? job.with(
                        Kind.STATUS,
                        Verdict.FAILED,
                        "it says that " + plug + " is off, and the node answers: " + plug + " is another host's")
                : job.with(Kind.STATUS, Verdict.PROVEN, "it says that " + plug + " is off");
    }

    private static Step<State> list(State state, Job job) {
        if (job.steps().getLast().failed()) {
            return end(state, job);
        }
        if (!job.ability().orElseThrow().does("list")) {
            return end(state, job.with(Kind.LIST, Verdict.NOT_CONFIGURED, "the agent has no list"));
        }
        return run(state, job.at(Kind.LIST), "list");
    }

    private static Job list(Job job, FenceAgents.Result result) {
        String plug = job.asked().call().plug();
        if (!result.succeeded()) {
            return job.with(Kind.LIST, Verdict.FAILED, "it cannot list: " + result.reason());
        }
        // An agent for one host alone answers with nothing, or with a word of its own.
        boolean names = !String.join("", result.output()).isBlank()
                && !result.output().getFirst().strip().equals("N/A");
        if (!names) {
            return job.with(Kind.LIST, Verdict.NOT_CONFIGURED, "the device names no plugs");
        }
        return FenceExecutor.lists(result.output(), plug)
                ? job.with(Kind.LIST, Verdict.PROVEN, "lists " + plug)
                : job.with(Kind.LIST, Verdict.FAILED, "does not list " + plug);
    }

    /** Shared disks alone have somebody at the other end: the target's own guard. */
    private static Step<State> guard(State state, Job job) {
        boolean asks = job.asked().answers()
                && job.asked().call().agent().equals(SelfFencing.DISK_AGENT)
                && job.ability().orElseThrow().does("test");
        return job.steps().getLast().failed() || !asks ? end(state, job) : run(state, job.at(Kind.GUARD), "test");
    }

    private static Job guarded(Job job, FenceAgents.Result result) {
        return result.succeeded()
                ? job.with(Kind.GUARD, Verdict.PROVEN, "its guard has " + result.reason())
                : job.with(Kind.GUARD, Verdict.FAILED, "no test message came back: " + result.reason());
    }

    private static Step<State> run(State state, Job job, String action) {
        FenceCall call = job.asked().call();
        Ability ability = job.ability().orElse(Ability.OF_OLD);
        boolean ofTarget = action.equals("status") || action.equals("test");
        SequencedMap<String, String> parameters =
                action.equals("metadata") ? new LinkedHashMap<>() : FenceExecutor.parameters(call, ability, ofTarget);
        String command = action.equals("metadata") ? action : call.commandFor(action);
        var request = new FenceAgents.Request(
                state.nextToken(), call.agent(), command, parameters, call.timeoutFor(action, EACH_MAX));
        var jobs = new TreeMap<>(state.jobs());
        jobs.put(state.nextToken(), job);
        return Step.of(new State(state.nextToken() - 1, jobs), new Effect.RunFenceAgent(request));
    }

    private static Step<State> end(State state, Job job) {
        Job whole = job;
        for (Kind kind : List.of(Kind.PARAMETERS, Kind.DEVICE, Kind.STATUS, Kind.LIST)) {
            Job sofar = whole;
            if (sofar.steps().stream().noneMatch(step -> step.what() == kind)) {
                whole = sofar.with(kind, Verdict.NOT_TRIED, "");
            }
        }
        var found = new Message.FenceProbed(job.asked().view(), job.asked().probe(), whole.steps());
        return Step.of(state, new Effect.FenceProbeEnded(found, job.asker()));
    }
}
