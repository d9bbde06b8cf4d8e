package org.ringfence.controller.resources;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Step;
import org.ringfence.controller.Timer;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.controller.resources.LocalResource.Pending;
import org.ringfence.controller.resources.LocalResource.Repeated;
import org.ringfence.controller.resources.LocalResource.Running;
import org.ringfence.model.AgentName;
import org.ringfence.model.graph.GraphAction.ResourceAction;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;
import org.ringfence.model.status.OperationRecord;

/**
 * Runs the operations of this node's resources: one at a time for each resource, in the order asked for. A monitor with an
 * interval is run again after each result until it is cancelled or its resource is stopped. What came of it goes to the
 * controller as {@link Effect.OperationEnded}: every result that somebody asked for, and of the others those that differ
 * from the last.
 */
public final class Resources {
    private Resources() {}

    /** What happens to the resources of this node. */
    public sealed interface Event {
        /** The DC asks for an operation; cancelling and forgetting are operations too. */
        record Execute(ResourceAction action, String transitionKey, Message.Asked asked) implements Event {}

        record Finished(ResourceAgents.Result result) implements Event {}

        record MonitorDue(Timer.Monitor timer) implements Event {}

        /** What a DC has asked for and has not begun dies with its view: the next DC knows nothing of it. */
        record ViewEnded() implements Event {}

        /** The processes of a resource have ended by themselves: look at it now. */
        record ProcessesEnded(String resource) implements Event {}
    }

    public static Step<ResourcesState> step(ResourcesState state, Event event) {
        return switch (event) {
            case Event.Execute execute -> execute(state, execute);
            case Event.Finished finished -> finished(state, finished.result());
            case Event.MonitorDue due -> monitor(state, due.timer());
            case Event.ViewEnded ended -> viewEnded(state);
            case Event.ProcessesEnded ended -> lookAt(state, ended.resource());
        };
    }

    private static Step<ResourcesState> viewEnded(ResourcesState state) {
        ResourcesState changed = state;
        for (LocalResource resource : state.resources().values()) {
            List<Pending> kept = resource.queue().stream()
                    .filter(waiting -> waiting.asked().isEmpty())
                    .toList();
            changed = changed.with(resource.withQueue(kept));
        }
        return Step.of(changed);
    }

    private static Step<ResourcesState> execute(ResourcesState state, Event.Execute execute) {
        ResourceAction action = execute.action();
        // Instances of a clone that are all alike go by one name, as agents expect; only the scheduler tells them
        // apart.
        String name = action.resource().id();
        AgentName agent = action.resource().agent();
        LocalResource known = state.resources().get(name);
        LocalResource resource = known == null ? LocalResource.unknown(name, agent) : known;
        var pending = new Pending(action, execute.transitionKey(), Optional.of(execute.asked()));
        return switch (action.operation()) {
            case "cancel" -> cancel(state.with(resource), resource, pending);
            case "delete" -> forget(state, resource, pending);
            case "forget-failure" -> forgetFailure(state, resource, pending);
            default -> enqueue(state.with(resource), resource, pending);
        };
    }

    private static Step<ResourcesState> enqueue(ResourcesState state, LocalResource resource, Pending pending) {
        List<Effect> effects = new ArrayList<>();
        LocalResource changed = resource;
        if (pending.action().operation().equals("stop")) {
            changed = stopMonitors(resource, effects);
        }
        if (!pending.interval().isZero()) {
            changed = withRepeated(changed, pending);
        }
        List<Pending> queue = new ArrayList<>(changed.queue());
        queue.add(pending);
        return next(state, changed.withQueue(queue), effects);
    }

    /** Begins the first waiting operation when none is running. */
    private static Step<ResourcesState> next(ResourcesState state, LocalResource resource, List<Effect> effects) {
        if (resource.running().isPresent() || resource.queue().isEmpty()) {
            return new Step<>(state.with(resource), effects);
        }
        Pending pending = resource.queue().getFirst();
        long token = state.nextToken();
        LocalResource busy = resource.withQueue(
                        resource.queue().subList(1, resource.queue().size()))
                .withRunning(Optional.of(new Running(token, state.nextCall(), pending)));
        effects.add(new Effect.RunAgent(request(token, resource, pending)));
        return new Step<>(state.withCall(token, resource.name()).with(busy), effects);
    }

    private static ResourceAgents.Request request(long token, LocalResource resource, Pending pending) {
        var parameters = new LinkedHashMap<String, String>();
        var meta = new LinkedHashMap<String, String>();
        pending.action()
                .attributes()
                .forEach((name, value) -> (name.startsWith("CRM_meta_") ? meta : parameters).put(name, value));
        return new ResourceAgents.Request(
                token,
                resource.name(),
                resource.agent(),
                pending.action().operation(),
                parameters,
                meta,
                pending.interval(),
                pending.timeout());
    }

    private static Step<ResourcesState> finished(ResourcesState state, ResourceAgents.Result result) {
        String name = state.byToken().get(result.token());
        if (name == null) {
            return Step.of(state);
        }
        LocalResource resource = state.resource(name);
        Running running = resource.running().orElseThrow(() -> new IllegalStateException("nothing runs on " + name));
        List<Effect> effects = new ArrayList<>();
        LocalResource recorded = note(resource.withRunning(Optional.empty()), running, result, effects);
        return next(state.withoutCall(result.token()), recorded, effects);
    }

    private static LocalResource note(
            LocalResource resource, Running running, ResourceAgents.Result result, List<Effect> effects) {
        Pending pending = running.pending();
        boolean repeats = !pending.interval().isZero();
        var key = new Repeated(pending.action().operation(), pending.interval());
        if (repeats && !resource.repeated().containsKey(key)) {
            return answerCancelled(resource, running, result, effects);
        }
        OperationRecord record = Outcome.ended(resource.name(), running, result);
        Optional<OperationRecord> before = Optional.ofNullable(
                        resource.history().get(record.id()))
                .filter(last -> repeats
                        && last.exitCode() == record.exitCode()
                        && last.executionStatus() == record.executionStatus());
        boolean same = before.isPresent();
        OperationRecord written =
                before.map(last -> Outcome.since(record, last.lastChange())).orElse(record);
        if (!same || pending.asked().isPresent()) {
            effects.add(new Effect.OperationEnded(resource.name(), resource.agent(), written, pending.asked()));
        }
        if (repeats) {
            effects.add(new Effect.StartTimer(
                    new Timer.Monitor(resource.name(), key.operation(), key.interval()), pending.interval()));
        }
        return resource.withHistory(History.with(resource.name(), resource.history(), written, pending));
    }

    /** A monitor that was cancelled while it ran leaves no trace; whoever asked for it is told. */
    private static LocalResource answerCancelled(
            LocalResource resource, Running running, ResourceAgents.Result result, List<Effect> effects) {
        if (running.pending().asked().isPresent()) {
            OperationRecord record = Outcome.ended(resource.name(), running, result);
            effects.add(new Effect.OperationEnded(
                    resource.name(), resource.agent(), record, running.pending().asked()));
        }
        return resource;
    }

    private static Step<ResourcesState> monitor(ResourcesState state, Timer.Monitor timer) {
        LocalResource resource = state.resources().get(timer.resource());
        if (resource == null) {
            return Step.of(state);
        }
        Pending pending = resource.repeated().get(new Repeated(timer.operation(), timer.interval()));
        return pending == null ? Step.of(state) : again(state, resource, pending);
    }

    private static Step<ResourcesState> again(ResourcesState state, LocalResource resource, Pending pending) {
        boolean waits = resource.queue().stream()
                .anyMatch(other -> other.interval().equals(pending.interval())
                        && other.action().operation().equals(pending.action().operation()));
        if (waits) {
            return Step.of(state);
        }
        List<Pending> queue = new ArrayList<>(resource.queue());
        queue.add(pending.again());
        return next(state, resource.withQueue(queue), new ArrayList<>());
    }

    /** Runs the first of its monitors now; without one there is nothing by which to tell. */
    private static Step<ResourcesState> lookAt(ResourcesState state, String name) {
        LocalResource resource = state.resources().get(name);
        if (resource == null
                || resource.repeated().isEmpty()
                || resource.running().isPresent()) {
            return Step.of(state);
        }
        return again(state, resource, resource.repeated().values().iterator().next());
    }

    private static Step<ResourcesState> cancel(ResourcesState state, LocalResource resource, Pending pending) {
        var key = new Repeated(
                pending.action().attributes().getOrDefault("CRM_meta_operation", "monitor"), pending.interval());
        var repeated = new TreeMap<>(resource.repeated());
        repeated.remove(key);
        var history = new LinkedHashMap<>(resource.history());
        history.remove(
                resource.name() + "_" + key.operation() + "_" + key.interval().toMillis());
        List<Pending> queue = resource.queue().stream()
                .filter(waiting -> !waiting.interval().equals(key.interval())
                        || !waiting.action().operation().equals(key.operation()))
                .toList();
        LocalResource changed =
                resource.withRepeated(repeated).withHistory(history).withQueue(queue);
        return Step.of(
                state.with(changed),
                new Effect.StopTimer(new Timer.Monitor(resource.name(), key.operation(), key.interval())),
                answered(resource, pending));
    }

    private static Step<ResourcesState> forgetFailure(ResourcesState state, LocalResource resource, Pending pending) {
        return Step.of(
                state.with(resource.withHistory(History.withoutFailure(resource.name(), resource.history()))),
                answered(resource, pending));
    }

    /** While an operation is under way its resource is not forgotten: nobody would know then that it may still be active. */
    private static Step<ResourcesState> forget(ResourcesState state, LocalResource resource, Pending pending) {
        if (resource.running().isPresent()) {
            return Step.of(state.with(resource), answered(resource, pending));
        }
        List<Effect> effects = new ArrayList<>();
        stopMonitors(resource, effects);
        effects.add(answered(resource, pending));
        return new Step<>(state.without(resource.name()), effects);
    }

    /** What needs no agent is done at once. */
    private static Effect answered(LocalResource resource, Pending pending) {
        var running = new Running(0, 0, pending);
        var done = new ResourceAgents.Result(
                0, ExecutionStatus.DONE, ExitCode.OK.number(), "", "", java.time.Instant.EPOCH, Duration.ZERO);
        return new Effect.OperationEnded(
                resource.name(), resource.agent(), Outcome.ended(resource.name(), running, done), pending.asked());
    }

    private static LocalResource stopMonitors(LocalResource resource, List<Effect> effects) {
        var history = new LinkedHashMap<>(resource.history());
        for (Repeated key : resource.repeated().keySet()) {
            effects.add(new Effect.StopTimer(new Timer.Monitor(resource.name(), key.operation(), key.interval())));
            history.remove(resource.name() + "_" + key.operation() + "_"
                    + key.interval().toMillis());
        }
        // A monitor in the way of a stop would only delay it.
        resource.running()
                .filter(running -> !running.pending().interval().isZero())
                .ifPresent(running -> effects.add(new Effect.CancelAgent(running.token())));
        List<Pending> queue = resource.queue().stream()
                .filter(waiting ->
                        waiting.interval().isZero() || waiting.asked().isPresent())
                .toList();
        return resource.withRepeated(new TreeMap<>()).withHistory(history).withQueue(queue);
    }

    private static LocalResource withRepeated(LocalResource resource, Pending pending) {
        SortedMap<Repeated, Pending> repeated = new TreeMap<>(resource.repeated());
        repeated.put(new Repeated(pending.action().operation(), pending.interval()), pending.again());
        return resource.withRepeated(repeated);
    }
}
