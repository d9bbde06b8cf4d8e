package org.ringfence.controller.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * its configuration does not say so, then does it.
 */
public final class FenceExecutor {
    private static final Duration LOOK_UP_MAX = Duration.ofSeconds(10);

    private FenceExecutor() {}

    /**
     * @param known what each agent can do, by its name; asked once in this process's life
     * @param jobs  calls under way, by the token of the agent's present call
     */
    public record State(long nextToken, SortedMap<String, Ability> known, SortedMap<Long, Job> jobs) {
        public static final State INITIAL = new State(1, new TreeMap<>(), new TreeMap<>());

        public State {
            known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
            jobs = Collections.unmodifiableSortedMap(new TreeMap<>(jobs));
        }
    }

    /** What an agent can do, as far as the cluster has to know. */
    public record Ability(String plugArgument, boolean reboots) {}

    /** @param spent how long the calls before the present one took */
    public record Job(NodeId asker, Message.FenceExecute asked, Stage stage, Duration spent) {}

    /** What the present call of the agent is for. */
    public enum Stage {
        METADATA,
        LIST,
        ACTION,
        /** The second half of a reboot by an agent that has none. */
        ON
    }

    public static Step<State> asked(State state, NodeId asker, Message.FenceExecute asked) {
        Stage first = state.known().containsKey(asked.call().agent()) ? afterMetadata(asked.call()) : Stage.METADATA;
        return run(state, new Job(asker, asked, first, Duration.ZERO));
    }

    public static Step<State> finished(State state, FenceAgents.Result result) {
        Job job = state.jobs().get(result.token());
        if (job == null) {
            return Step.of(state);
        }
        var jobs = new TreeMap<>(state.jobs());
        jobs.remove(result.token());
        var less = new State(state.nextToken(), state.known(), jobs);
        var spent = new Job(job.asker(), job.asked(), job.stage(), job.spent().plus(result.took()));
        FenceCall call = job.asked().call();
        return switch (job.stage()) {
            case METADATA -> run(withAbility(less, call.agent(), result), at(spent, afterMetadata(call)));
            case LIST -> {
                if (!result.succeeded()) {
                    yield ended(less, spent, false, "cannot list its targets: " + result.reason());
                }
                yield lists(result.output(), call)
                        ? run(less, at(spent, Stage.ACTION))
                        : ended(less, spent, false, "the device does not list " + call.plug());
            }
            case ACTION -> {
                boolean half = result.succeeded() && call.command().equals("reboot") && !reboots(less, call);
                yield half ? run(less, at(spent, Stage.ON)) : ended(less, spent, result.succeeded(), result.reason());
            }
            // The target is off, which is what fencing is for; that it stays off is a lesser evil.
            case ON ->
                ended(less, spent, true, result.succeeded() ? "" : "off, and did not come on: " + result.reason());
        };
    }

    private static Stage afterMetadata(FenceCall call) {
        return call.lookUp() ? Stage.LIST : Stage.ACTION;
    }

    private static Job at(Job job, Stage stage) {
        return new Job(job.asker(), job.asked(), stage, job.spent());
    }

    private static Step<State> run(State state, Job job) {
        FenceCall call = job.asked().call();
        SequencedMap<String, String> parameters = new LinkedHashMap<>(call.parameters());
        Ability ability = state.known().getOrDefault(call.agent(), new Ability("port", true));
        String command = switch (job.stage()) {
            case METADATA -> "metadata";
            case LIST -> "list";
            case ACTION -> call.command().equals("reboot") && !ability.reboots() ? "off" : call.command();
            case ON -> "on";
        };
        if (job.stage() == Stage.ACTION || job.stage() == Stage.ON) {
            String argument = call.argument().isEmpty() ? ability.plugArgument() : call.argument();
            if (!argument.isEmpty() && !argument.equals("none")) {
                parameters.put(argument, call.plug());
            }
            parameters.put("nodename", call.target().name());
        }
        boolean acts = job.stage() == Stage.ACTION || job.stage() == Stage.ON;
        Duration timeout = acts || call.timeout().compareTo(LOOK_UP_MAX) < 0 ? call.timeout() : LOOK_UP_MAX;
        var jobs = new TreeMap<>(state.jobs());
        jobs.put(state.nextToken(), job);
        var request = new FenceAgents.Request(state.nextToken(), call.agent(), command, parameters, timeout);
        return Step.of(new State(state.nextToken() + 1, state.known(), jobs), new Effect.RunFenceAgent(request));
    }

    private static boolean reboots(State state, FenceCall call) {
        return state.known()
                .getOrDefault(call.agent(), new Ability("port", true))
                .reboots();
    }

    /** Agents that print no metadata are old ones; those take {@code port} and reboot. */
    private static State withAbility(State state, String agent, FenceAgents.Result metadata) {
        if (!metadata.succeeded()) {
            return state;
        }
        String text = String.join("\n", metadata.output());
        boolean reboots = text.contains("action name=\"reboot\"");
        String argument = text.contains("parameter name=\"plug\"")
                ? "plug"
                : text.contains("parameter name=\"port\"") ? "port" : "";
        var known = new TreeMap<>(state.known());
        known.put(agent, new Ability(argument, reboots));
        return new State(state.nextToken(), known, state.jobs());
    }

    /** Lines are {@code plug}, or {@code plug,alias}, or {@code plug alias}. */
    private static boolean lists(List<String> output, FenceCall call) {
        List<String> names = new ArrayList<>();
        output.forEach(line -> Collections.addAll(names, line.strip().split("[\\s,;]+")));
        return names.contains(call.plug());
    }

    private static Step<State> ended(State state, Job job, boolean succeeded, String reason) {
        var outcome = new Message.FenceExecuted(
                job.asked().view(), job.asked().request(), job.asked().attempt(), succeeded, reason, job.spent());
        return Step.of(state, new Effect.FenceCallEnded(outcome, job.asker()));
    }
}
