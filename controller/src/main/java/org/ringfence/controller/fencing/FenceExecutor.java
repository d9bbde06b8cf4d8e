package org.ringfence.controller.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Step;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.model.NodeId;

/**
 * Executes fence calls on this node: asks the agent once what it can do, then whether the device knows the target where
 * its configuration does not say so, then does it. An agent that knows no reboot is told to switch off, and to switch on again
 * only when its status says that the target is off.
 *
 * <p>A call outlives the DC that asked for it. Its successor asks for it by the same {@link CallId}: then the agent that runs
 * already is waited for, and one that has ended meanwhile is not run again. A new call against a target waits until an
 * agent that is at work on it for a former DC has ended.
 */
public final class FenceExecutor {
    private static final Duration LOOK_UP_MAX = Duration.ofSeconds(10);
    private static final int ENDED_MAX = 32;
    private static final int STATUS_OFF = 2;

    private FenceExecutor() {}

    /**
     * @param known   what each agent can do, by its name; asked once in this process's life
     * @param jobs    calls under way, by the token of the agent's present call
     * @param waiting calls that wait for another DC's to end
     * @param ended   how calls have ended that a next DC may ask for; the target has not been a member since
     */
    public record State(
            long nextToken,
            SortedMap<String, Ability> known,
            SortedMap<Long, Job> jobs,
            List<Job> waiting,
            SortedMap<CallId, Ended> ended) {
        public static final State INITIAL = new State(1, new TreeMap<>(), new TreeMap<>(), List.of(), new TreeMap<>());

        public State {
            known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
            jobs = Collections.unmodifiableSortedMap(new TreeMap<>(jobs));
            waiting = List.copyOf(waiting);
            ended = Collections.unmodifiableSortedMap(new TreeMap<>(ended));
        }

        Ability ability(String agent) {
            return known.getOrDefault(agent, Ability.OF_OLD);
        }

        private State withEnded(SortedMap<CallId, Ended> changed) {
            var bounded = new TreeMap<>(changed);
            while (bounded.size() > ENDED_MAX) {
                bounded.pollFirstEntry();
            }
            return new State(nextToken, known, jobs, waiting, bounded);
        }

        private State with(SortedMap<Long, Job> changed, List<Job> stillWaiting) {
            return new State(nextToken, known, changed, stillWaiting, ended);
        }
    }

    /**
     * @param ids   of the call: of the DC that began it and of those that took it over
     * @param spent how long the calls before the present one took
     */
    public record Job(List<CallId> ids, NodeId asker, Message.FenceExecute asked, Stage stage, Duration spent) {
        public Job {
            ids = List.copyOf(ids);
        }

        private Job at(Stage next) {
            return new Job(ids, asker, asked, next, spent);
        }

        private Job takenOver(NodeId from, Message.FenceExecute again) {
            List<CallId> more = new ArrayList<>(ids);
            more.add(again.id());
            return new Job(more, from, again, stage, spent);
        }

        private Job after(Duration took) {
            return new Job(ids, asker, asked, stage, spent.plus(took));
        }

        private FenceCall call() {
            return asked.call();
        }

        private boolean sharesTarget(Job other) {
            return call().target().equals(other.call().target())
                    && call().device().equals(other.call().device());
        }
    }

    /** How a call has ended. */
    public record Ended(NodeId target, boolean succeeded, String reason, Duration took) {}

    /** What the present call of the agent is for. */
    public enum Stage {
        METADATA,
        LIST,
        /** Whether the device knows the target: it has a status of it. */
        KNOWS,
        ACTION,
        /** Whether the target is off. */
        VERIFY,
        /** The second half of a reboot by an agent that has none. */
        ON
    }

    public static Step<State> asked(State state, NodeId asker, Message.FenceExecute asked) {
        if (asked.continues().isPresent()) {
            CallId former = asked.continues().get();
            Optional<Long> running = running(state, former);
            if (running.isPresent()) {
                var jobs = new TreeMap<>(state.jobs());
                jobs.computeIfPresent(running.get(), (token, job) -> job.takenOver(asker, asked));
                return Step.of(state.with(jobs, state.waiting()));
            }
            Ended ended = state.ended().get(former);
            if (ended != null) {
                var known = new TreeMap<>(state.ended());
                known.put(asked.id(), ended);
                return Step.of(state.withEnded(known), answer(asker, asked, ended));
            }
        }
        return begin(state, new Job(List.of(asked.id()), asker, asked, Stage.METADATA, Duration.ZERO));
    }

    private static Optional<Long> running(State state, CallId id) {
        return state.jobs().entrySet().stream()
                .filter(entry -> entry.getValue().ids().contains(id))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** A view begins: who is a member of it is alive, and what was done to it before proves nothing any more. */
    public static State viewBegan(State state, Collection<NodeId> members) {
        var ended = new TreeMap<>(state.ended());
        ended.values().removeIf(one -> members.contains(one.target()));
        // What waited was asked for in a view that is gone.
        return state.with(state.jobs(), List.of()).withEnded(ended);
    }

    private static Step<State> begin(State state, Job job) {
        boolean busy = state.jobs().values().stream().anyMatch(job::sharesTarget);
        if (busy) {
            List<Job> waiting = new ArrayList<>(state.waiting());
            // A later question about the same target takes the place of one that nobody waits for any more.
            waiting.removeIf(job::sharesTarget);
            waiting.add(job);
            return Step.of(state.with(state.jobs(), waiting));
        }
        boolean known = state.known().containsKey(job.call().agent());
        return run(state, job.at(known ? afterMetadata(state, job.call()) : Stage.METADATA));
    }

    public static Step<State> finished(State state, FenceAgents.Result result) {
        Job job = state.jobs().get(result.token());
        if (job == null) {
            return Step.of(state);
        }
        var jobs = new TreeMap<>(state.jobs());
        jobs.remove(result.token());
        State less = state.with(jobs, state.waiting());
        Job spent = job.after(result.took());
        FenceCall call = job.call();
        return switch (job.stage()) {
            case METADATA -> {
                State knows = withAbility(less, call.agent(), result);
                yield run(knows, spent.at(afterMetadata(knows, call)));
            }
            case LIST -> {
                if (!result.succeeded()) {
                    yield ended(less, spent, false, "cannot list its targets: " + result.reason());
                }
                yield lists(result.output(), call.plug())
                        ? run(less, spent.at(Stage.ACTION))
                        : ended(less, spent, false, "the device does not list " + call.plug());
            }
            case KNOWS ->
                result.exitCode() == 0 || result.exitCode() == STATUS_OFF
                        ? run(less, spent.at(Stage.ACTION))
                        : ended(
                                less,
                                spent,
                                false,
                                "the device has no status of " + call.plug() + ": " + result.reason());
            case ACTION -> acted(less, spent, result);
            case VERIFY -> verified(less, spent, result);
            // The target is off, which is what fencing is for; that it stays off is a lesser evil.
            case ON ->
                ended(less, spent, true, result.succeeded() ? "" : "off, and did not come on: " + result.reason());
        };
    }

    private static Step<State> acted(State state, Job job, FenceAgents.Result result) {
        Ability ability = state.ability(job.call().agent());
        boolean half = isHalved(ability, job.call());
        if (result.succeeded() && (half || job.call().verify())) {
            return ability.does("status") ? run(state, job.at(Stage.VERIFY)) : afterOff(state, job, half);
        }
        return ended(state, job, result.succeeded(), result.reason());
    }

    private static Step<State> verified(State state, Job job, FenceAgents.Result result) {
        boolean half = isHalved(state.ability(job.call().agent()), job.call());
        if (result.exitCode() == STATUS_OFF) {
            return afterOff(state, job, half);
        }
        if (result.exitCode() == 0) {
            return ended(state, job, false, "it says that it has switched it off, and its status says that it is on");
        }
        return ended(state, job, true, "off, and not switched on again: its status cannot be read: " + result.reason());
    }

    private static Step<State> afterOff(State state, Job job, boolean half) {
        return half ? run(state, job.at(Stage.ON)) : ended(state, job, true, "");
    }

    /** A reboot that has to be made of an off and an on. */
    private static boolean isHalved(Ability ability, FenceCall call) {
        return call.command().equals("reboot") && !ability.does("reboot");
    }

    private static Stage afterMetadata(State state, FenceCall call) {
        Ability ability = state.ability(call.agent());
        return switch (call.hostCheck()) {
            case STATIC_LIST, NONE -> Stage.ACTION;
            case DYNAMIC_LIST -> Stage.LIST;
            case STATUS -> Stage.KNOWS;
            case BY_METADATA -> ability.does("list") ? Stage.LIST : ability.does("status") ? Stage.KNOWS : Stage.ACTION;
        };
    }

    private static Step<State> run(State state, Job job) {
        FenceCall call = job.call();
        Ability ability = state.ability(call.agent());
        String action = switch (job.stage()) {
            case METADATA -> "metadata";
            case LIST -> "list";
            case KNOWS, VERIFY -> "status";
            case ACTION -> isHalved(ability, call) ? "off" : call.action();
            case ON -> "on";
        };
        String command = job.stage() == Stage.METADATA ? action : call.commandFor(action);
        SequencedMap<String, String> parameters = parameters(call, ability, job.stage() != Stage.LIST);
        boolean acts = job.stage() == Stage.ACTION || job.stage() == Stage.ON;
        Duration shortest = call.timeout().compareTo(LOOK_UP_MAX) < 0 ? call.timeout() : LOOK_UP_MAX;
        Duration timeout = acts && action.equals(call.action())
                ? call.timeout()
                : call.timeoutFor(action, acts ? call.timeout() : shortest);
        var jobs = new TreeMap<>(state.jobs());
        jobs.put(state.nextToken(), job);
        var request = new FenceAgents.Request(state.nextToken(), call.agent(), command, parameters, timeout);
        var next = new State(state.nextToken() + 1, state.known(), jobs, state.waiting(), state.ended());
        return Step.of(next, new Effect.RunFenceAgent(request));
    }

    /** What the agent is given: the device's own, and whom it is about. */
    static SequencedMap<String, String> parameters(FenceCall call, Ability ability, boolean ofTarget) {
        SequencedMap<String, String> parameters = new LinkedHashMap<>(call.parameters());
        if (ofTarget) {
            String argument = call.argument().isEmpty() ? ability.plugArgument() : call.argument();
            if (!argument.isEmpty() && !argument.equals("none")) {
                parameters.put(argument, call.plug());
            }
            parameters.put("nodename", call.target().name());
        }
        return parameters;
    }

    static State withAbility(State state, String agent, FenceAgents.Result metadata) {
        Optional<Ability> ability = metadata.succeeded() ? Ability.read(metadata.output()) : Optional.empty();
        if (ability.isEmpty()) {
            return state;
        }
        var known = new TreeMap<>(state.known());
        known.put(agent, ability.get());
        return new State(state.nextToken(), known, state.jobs(), state.waiting(), state.ended());
    }

    /** Lines are {@code plug}, or {@code plug,alias}, or {@code plug alias}. */
    static boolean lists(List<String> output, String plug) {
        List<String> names = new ArrayList<>();
        output.forEach(line -> Collections.addAll(names, line.strip().split("[\\s,;]+")));
        return names.contains(plug);
    }

    private static Step<State> ended(State state, Job job, boolean succeeded, String reason) {
        var end = new Ended(job.call().target(), succeeded, reason, job.spent());
        var ended = new TreeMap<>(state.ended());
        job.ids().forEach(id -> ended.put(id, end));
        State kept = state.withEnded(ended);
        Optional<Job> next = kept.waiting().stream().filter(job::sharesTarget).findFirst();
        Effect answer = answer(job.asker(), job.asked(), end);
        if (next.isEmpty()) {
            return Step.of(kept, answer);
        }
        List<Job> waiting = new ArrayList<>(kept.waiting());
        waiting.remove(next.get());
        Step<State> begun = begin(kept.with(kept.jobs(), waiting), next.get());
        List<Effect> effects = new ArrayList<>();
        effects.add(answer);
        effects.addAll(begun.effects());
        return new Step<>(begun.state(), effects);
    }

    private static Effect answer(NodeId asker, Message.FenceExecute asked, Ended ended) {
        return new Effect.FenceCallEnded(
                new Message.FenceExecuted(
                        asked.view(),
                        asked.request(),
                        asked.attempt(),
                        ended.succeeded(),
                        ended.reason(),
                        ended.took()),
                asker);
    }
}
