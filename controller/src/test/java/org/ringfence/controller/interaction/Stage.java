package org.ringfence.controller.interaction;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.ringfence.controller.Controller;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Document;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Now;
import org.ringfence.controller.Protocol;
import org.ringfence.controller.Settings;
import org.ringfence.controller.Step;
import org.ringfence.controller.Timer;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.port.Engine.Silence;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.model.NodeId;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.scheduler.Scheduler;

/**
 * Nodes on which nothing happens by itself. Messages, writes, agents and timers wait until the script says what becomes of
 * them; every effect is written down when it is wanted.
 */
final class Stage {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    private static final int STEPS_MAX = 100_000;
    private static final int NOT_RUNNING = 7;

    private final Consumer<String> out;
    private final List<NodeId> nodes = new ArrayList<>();
    private final Map<NodeId, Integer> protocols = new TreeMap<>();
    private final Map<NodeId, Actor> actors = new TreeMap<>();
    private final Map<NodeId, Shelf> shelves = new TreeMap<>();
    private final Set<String> links = new TreeSet<>();
    private final Deque<Runnable> underWay = new ArrayDeque<>();
    private long now;
    private long chance;
    private boolean reboots = true;

    /** What stays of a node when it is killed. */
    private static final class Shelf {
        private long promised;
        private Optional<StoredConfiguration> configuration = Optional.empty();
        private boolean full;
        private boolean slow;
        private final List<Runnable> waiting = new ArrayList<>();
        private boolean damaged;
        private List<Fact> facts = List.of();
        private final Set<String> running = new TreeSet<>();
    }

    /** A running node. */
    private static final class Actor {
        private ControllerState state;
        private final Map<Timer, Duration> timers = new LinkedHashMap<>();
        private final List<ResourceAgents.Request> agents = new ArrayList<>();
        private final List<FenceAgents.Request> fenceAgents = new ArrayList<>();

        private Actor(ControllerState state) {
            this.state = state;
        }
    }

    Stage(Consumer<String> out) {
        this.out = out;
    }

    void nodes(int count) {
        for (int number = 1; number <= count; number++) {
            var node = new NodeId("n" + number);
            nodes.add(node);
            protocols.put(node, Protocol.NEWEST);
            shelves.put(node, new Shelf());
        }
    }

    void release(NodeId node, int protocol) {
        protocols.put(node, protocol);
    }

    void start(NodeId node) {
        var settings = new Settings(
                "stage",
                node,
                nodes,
                Duration.ofSeconds(20),
                Objects.requireNonNull(protocols.get(node)),
                Scheduler::schedule);
        actors.put(node, new Actor(ControllerState.initial(settings)));
        Shelf shelf = shelf(node);
        happens(node, new Event.Started(shelf.promised, shelf.configuration, shelf.damaged, shelf.facts));
    }

    /** The node is gone with all that it was about to do. */
    void kill(NodeId node) {
        actors.remove(node);
        links.removeIf(link -> List.of(link.split(" ")).contains(node.name()));
    }

    void connect(NodeId one, NodeId other) {
        if (!one.equals(other) && links.add(one + " " + other)) {
            links.add(other + " " + one);
            happens(one, new Event.PeerReachable(other));
            happens(other, new Event.PeerReachable(one));
        }
    }

    void connectAll() {
        List<NodeId> all = List.copyOf(actors.keySet());
        all.forEach(one -> all.forEach(other -> connect(one, other)));
    }

    /** The link between two nodes ends for both, with all that was on its way. */
    void cut(NodeId one, NodeId other) {
        links.remove(one + " " + other);
        links.remove(other + " " + one);
        happens(one, new Event.PeerUnreachable(other, Silence.GONE));
        happens(other, new Event.PeerUnreachable(one, Silence.GONE));
    }

    /** Everybody notices that a node is silent. */
    void silent(NodeId node) {
        List.copyOf(actors.keySet()).forEach(other -> {
            if (!other.equals(node)) {
                happens(other, new Event.PeerUnreachable(node, Silence.GONE));
            }
        });
    }

    void full(NodeId node, boolean full) {
        shelf(node).full = full;
    }

    /** What a slow disk is asked to write it has written when it is no longer slow. */
    void slow(NodeId node, boolean slow) {
        Shelf shelf = shelf(node);
        shelf.slow = slow;
        if (!slow) {
            underWay.addAll(shelf.waiting);
            shelf.waiting.clear();
        }
    }

    /** The configuration on a node's disk cannot be read any more. */
    void damage(NodeId node) {
        shelf(node).configuration = Optional.empty();
        shelf(node).damaged = true;
    }

    /** Messages arrive and writes end, one after the other, until nothing is under way. */
    void settle() {
        settle(STEPS_MAX);
    }

    /** So many messages and writes, no more. */
    void settle(int steps) {
        for (int step = 0; step < steps && !underWay.isEmpty(); step++) {
            underWay.remove().run();
        }
    }

    /** What is under way never arrives. */
    void lose() {
        underWay.clear();
    }

    void fire(NodeId node, String name) {
        Timer timer = actor(node).timers.keySet().stream()
                .filter(running -> running.getClass().getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no timer " + name + " runs on " + node + ", but "
                        + actor(node).timers.keySet()));
        actor(node).timers.remove(timer);
        happens(node, new Event.TimerFired(timer));
    }

    /** Every operation under way ends well; a probe finds what the stage knows to be running. */
    void agents() {
        List.copyOf(actors.keySet()).forEach(node -> {
            List<ResourceAgents.Request> requests = List.copyOf(actor(node).agents);
            actor(node).agents.clear();
            requests.forEach(request -> agent(node, request));
        });
    }

    private void agent(NodeId node, ResourceAgents.Request request) {
        Set<String> running = shelf(node).running;
        switch (request.operation()) {
            case "start" -> running.add(request.resource());
            case "stop" -> running.remove(request.resource());
            default -> {}
        }
        boolean probe = request.operation().equals("monitor");
        int status = probe && !running.contains(request.resource()) ? NOT_RUNNING : 0;
        var result = new ResourceAgents.Result(
                request.token(), ExecutionStatus.DONE, status, "", "", wall(), Duration.ofMillis(1));
        happens(node, new Event.AgentFinished(result));
    }

    /** From now on the bits that chance draws are these. */
    void chance(long bits) {
        chance = bits;
    }

    /** From now on fence agents have a reboot, or have none. */
    void reboots(boolean have) {
        reboots = have;
    }

    /** Every fence agent under way ends with this status and output. */
    void fenceAgents(int status, List<String> output) {
        List.copyOf(actors.keySet()).forEach(node -> fenceAgents(node, status, output));
    }

    void fenceAgents(NodeId node, int status, List<String> output) {
        List<FenceAgents.Request> requests = List.copyOf(actor(node).fenceAgents);
        actor(node).fenceAgents.clear();
        requests.forEach(request -> happens(
                node,
                new Event.FenceAgentFinished(new FenceAgents.Result(
                        request.token(), status == 0, status, output, "", Duration.ofMillis(1)))));
    }

    void fencing(boolean succeeds) {
        List.copyOf(actors.keySet()).forEach(node -> {
            List<FenceAgents.Request> requests = List.copyOf(actor(node).fenceAgents);
            actor(node).fenceAgents.clear();
            requests.forEach(request -> happens(
                    node,
                    new Event.FenceAgentFinished(new FenceAgents.Result(
                            request.token(),
                            succeeds,
                            succeeds ? 0 : 1,
                            List.of(),
                            succeeds ? "" : "no answer",
                            Duration.ofMillis(1)))));
        });
    }

    /** So many milliseconds pass in which nothing happens. */
    void pass(long millis) {
        now += millis;
    }

    void happens(NodeId node, Event event) {
        Actor actor = actors.get(node);
        if (actor == null) {
            return;
        }
        now++;
        Step<ControllerState> step = Controller.step(
                actor.state, new Now(wall(), Duration.ofMillis(now).toNanos(), chance), event);
        actor.state = step.state();
        step.effects().forEach(effect -> wanted(node, actor, effect));
    }

    private Instant wall() {
        return BEGINNING.plusMillis(now);
    }

    private void wanted(NodeId node, Actor actor, Effect effect) {
        switch (effect) {
            case Effect.Send(NodeId to, Message.Told told) -> {}
            case Effect.Send(NodeId to, Message message) -> {
                say(node, "-> " + to + "  " + Wording.of(message));
                if (links.contains(node + " " + to)) {
                    underWay.add(() -> arrives(actor, node, to, message));
                }
            }
            case Effect.Save(Document document) -> {
                say(node, "saves " + Wording.of(document));
                underWay.add(() -> saved(node, actor, document));
            }
            case Effect.StartTimer(Timer timer, Duration after) -> actor.timers.put(timer, after);
            case Effect.StopTimer(Timer timer) -> actor.timers.remove(timer);
            case Effect.RunAgent(ResourceAgents.Request request) -> {
                say(node, "runs " + request.operation() + " of " + request.resource());
                actor.agents.add(request);
            }
            case Effect.CancelAgent(long token) -> {
                say(node, "cancels an operation");
                actor.agents.removeIf(request -> request.token() == token);
            }
            case Effect.RunFenceAgent(FenceAgents.Request request)
            when request.action().equals("metadata") ->
                underWay.add(() -> happens(node, new Event.FenceAgentFinished(metadata(request))));
            case Effect.RunFenceAgent(FenceAgents.Request request) -> {
                say(node, "calls " + request.agent() + " " + request.action());
                actor.fenceAgents.add(request);
            }
            case Effect.Beat(boolean bound, Optional<Long> lease) ->
                say(
                        node,
                        "tells its guard: "
                                + (bound
                                        ? lease.map(since -> "heard at "
                                                        + Duration.ofNanos(since)
                                                                .toMillis() + " ms")
                                                .orElse("bound, heard when it knows")
                                        : "not bound"));
            case Effect.StopSelf stop -> say(node, "has its guard reset the host: " + stop.why());
            case Effect.Reply reply -> say(node, "answers " + Wording.of(reply.answer()));
            case Effect.Tell(var entry) ->
                say(node, "notes " + entry.kind() + " " + entry.subject() + " " + entry.text());
            case Effect.Installed(var view) -> say(node, "is in view " + view.number());
            case Effect.Left left -> say(node, "has left");
            case Effect.Within within -> throw new IllegalStateException("not for a driver: " + within);
        }
    }

    private void arrives(Actor sender, NodeId from, NodeId to, Message message) {
        if (actors.get(from) == sender && links.contains(from + " " + to)) {
            happens(to, new Event.Received(from, message));
        }
    }

    private void saved(NodeId node, Actor writer, Document document) {
        if (actors.get(node) != writer) {
            return;
        }
        Shelf shelf = shelf(node);
        if (shelf.slow) {
            shelf.waiting.add(() -> saved(node, writer, document));
            return;
        }
        if (shelf.full) {
            happens(node, new Event.SaveFailed(document, "no space left on device"));
            return;
        }
        switch (document) {
            case Document.Promise promise -> shelf.promised = promise.counter();
            case Document.Configuration stored -> {
                shelf.configuration = Optional.of(stored.configuration());
                shelf.damaged = false;
            }
            case Document.Facts facts -> shelf.facts = facts.facts();
        }
        happens(node, new Event.Saved(document));
    }

    private FenceAgents.Result metadata(FenceAgents.Request request) {
        return new FenceAgents.Result(
                request.token(),
                true,
                0,
                List.of("<resource-agent><parameters><parameter name=\"plug\"/></parameters><actions>"
                        + (reboots ? "<action name=\"reboot\"/>" : "")
                        + "<action name=\"off\"/><action name=\"on\"/><action"
                        + " name=\"status\"/></actions></resource-agent>"),
                "",
                Duration.ofMillis(1));
    }

    private Actor actor(NodeId node) {
        return Objects.requireNonNull(actors.get(node), () -> node + " does not run");
    }

    private Shelf shelf(NodeId node) {
        return Objects.requireNonNull(shelves.get(node), () -> "no node " + node);
    }

    private void say(NodeId node, String what) {
        out.accept("  " + node + " " + what.stripTrailing());
    }
}
