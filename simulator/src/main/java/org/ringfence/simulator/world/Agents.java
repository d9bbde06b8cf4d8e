package org.ringfence.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.controller.Event;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;

/** The resources of one host as they truly are, and the agents that change them. */
public final class Agents {
    private final World world;
    private final Host host;
    private final Chance chance;
    private final SortedSet<String> active = new TreeSet<>();
    private final SortedMap<String, Integer> starting = new TreeMap<>();
    private final SortedMap<Long, Run> runs = new TreeMap<>();
    private final List<Mischief> mischief = new ArrayList<>();

    /** How an agent may fail its cluster. */
    public enum Misbehaviour {
        /** Says that it failed; what it had begun may be half done. */
        FAILS,
        /** Does not come back before its timeout. */
        HANGS,
        /** A monitor that says once that the resource has failed although it runs. */
        LIES
    }

    private record Mischief(String resource, String operation, Misbehaviour how) {}

    private record Run(long token, Daemon daemon, String resource, String operation, int boot) {}

    Agents(World world, Host host, Chance chance) {
        this.world = world;
        this.host = host;
        this.chance = chance;
    }

    /** Resources that run here, whoever started them. */
    public SortedSet<String> active() {
        return new TreeSet<>(active);
    }

    /** What a fence device holds is nobody's data, and it may well be known on several hosts. */
    private static boolean isFenceDevice(String resource) {
        return ClusterText.FENCE_AGENTS.contains(resource);
    }

    /** Whether a resource runs here, or is being started. */
    public boolean mayTouchData(String resource) {
        return active.contains(resource) || starting.containsKey(resource);
    }

    /** The next such operation of the resource goes wrong, once. */
    public void misbehave(String resource, String operation, Misbehaviour how) {
        mischief.add(new Mischief(resource, operation, how));
    }

    /** No agent misbehaves any more. */
    public void behave() {
        mischief.clear();
    }

    /** A resource ends by itself. */
    public void die(String resource) {
        if (active.contains(resource)) {
            set(resource, false);
            boolean noticed = chance.happens(0.5);
            if (noticed) {
                host.daemon().ifPresent(daemon -> daemon.deliver(new Event.ProcessesEnded(resource)));
            }
        }
    }

    void powerLost() {
        List.copyOf(active).forEach(resource -> set(resource, false));
        starting.clear();
        runs.clear();
    }

    void execute(Daemon daemon, ResourceAgents.Request request) {
        String operation = request.operation();
        var run = new Run(key(daemon, request.token()), daemon, request.resource(), operation, host.boots());
        runs.put(run.token(), run);
        if (!isFenceDevice(run.resource())) {
            world.witness().agentBegan(world, host, run.resource(), operation);
        }
        Optional<Misbehaviour> how = misbehaviour(run);
        Duration takes = switch (operation) {
            case "start" -> chance.millis(50, 3_000);
            case "stop" -> chance.millis(30, 2_000);
            default -> chance.millis(5, 100);
        };
        boolean hangs = how.equals(Optional.of(Misbehaviour.HANGS));
        Duration end = hangs ? request.timeout() : takes;
        Duration effect = Duration.ofNanos(takes.toNanos() / 100 * chance.between(1, 99));
        boolean done = how.isEmpty() || (how.get() != Misbehaviour.LIES && chance.happens(0.4));
        if (operation.equals("start")) {
            starting.merge(run.resource(), 1, Integer::sum);
        }
        if (done && effect.compareTo(end) < 0) {
            world.clock().after(effect, () -> take(run));
        }
        Instant began = Instant.EPOCH.plusNanos(world.clock().nanos());
        world.clock().after(end, () -> finish(run, request, how, began));
    }

    /** Tokens are unique within one life of a daemon only. */
    private static long key(Daemon daemon, long token) {
        return ((long) daemon.life() << 32) | token;
    }

    private Optional<Misbehaviour> misbehaviour(Run run) {
        for (Mischief one : mischief) {
            if (one.resource().equals(run.resource()) && one.operation().equals(run.operation())) {
                mischief.remove(one);
                return Optional.of(one.how());
            }
        }
        return Optional.empty();
    }

    /** What the operation does, at some moment while it runs. */
    private void take(Run run) {
        if (host.isPowered() && host.boots() == run.boot()) {
            switch (run.operation()) {
                case "start" -> set(run.resource(), true);
                case "stop" -> set(run.resource(), false);
                default -> {}
            }
        }
    }

    private void finish(Run run, ResourceAgents.Request request, Optional<Misbehaviour> how, Instant began) {
        if (!host.isPowered() || host.boots() != run.boot()) {
            return;
        }
        if (run.operation().equals("start")) {
            starting.computeIfPresent(run.resource(), (name, count) -> count == 1 ? null : count - 1);
        }
        if (runs.remove(run.token()) == null) {
            return;
        }
        ExecutionStatus status =
                how.equals(Optional.of(Misbehaviour.HANGS)) ? ExecutionStatus.TIMEOUT : ExecutionStatus.DONE;
        int exit = how.isPresent() ? ExitCode.ERROR.number() : exitCode(run);
        Duration took = Duration.ofNanos(world.clock().nanos()).minus(Duration.between(Instant.EPOCH, began));
        run.daemon()
                .deliver(new Event.AgentFinished(new ResourceAgents.Result(
                        request.token(),
                        status,
                        exit,
                        how.map(misbehaviour -> "it " + misbehaviour).orElse(""),
                        "",
                        world.wall(host.node()).minus(took),
                        took)));
    }

    private int exitCode(Run run) {
        ExitCode code = switch (run.operation()) {
            case "monitor" -> active.contains(run.resource()) ? ExitCode.OK : ExitCode.NOT_RUNNING;
            default -> ExitCode.OK;
        };
        return code.number();
    }

    void cancel(Daemon daemon, long token) {
        Run run = runs.remove(key(daemon, token));
        if (run != null) {
            world.clock()
                    .after(
                            chance.millis(1, 10),
                            () -> run.daemon()
                                    .deliver(new Event.AgentFinished(new ResourceAgents.Result(
                                            token,
                                            ExecutionStatus.CANCELLED,
                                            1,
                                            "",
                                            "",
                                            world.wall(host.node()),
                                            Duration.ZERO))));
        }
    }

    private void set(String resource, boolean runs) {
        boolean changed = runs ? active.add(resource) : active.remove(resource);
        if (changed) {
            world.note(host.node(), resource + (runs ? " runs" : " runs no more"));
            if (!isFenceDevice(resource)) {
                world.witness().resourceChanged(world, host, resource, runs);
            }
        }
    }
}
