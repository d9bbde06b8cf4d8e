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
    private final SortedMap<Long, Run> runs = new TreeMap<>();
    private final List<Mischief> mischief = new ArrayList<>();
    /** What agents on a frozen host are about to do. */
    private final List<Runnable> asleep = new ArrayList<>();

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

    private record Run(long token, Daemon daemon, String resource, String operation) {}

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
        return ClusterText.FENCE_AGENTS.contains(resource) || resource.equals(ClusterText.DISK_DEVICE);
    }

    /** Whether anything runs here that somebody's data depends on, or is being started. */
    public boolean touchesData() {
        return active.stream().anyMatch(resource -> !isFenceDevice(resource))
                || runs.values().stream()
                        .anyMatch(run -> run.operation().equals("start") && !isFenceDevice(run.resource()));
    }

    /** Whether a resource runs here, or is being started. */
    public boolean mayTouchData(String resource) {
        return active.contains(resource)
                || runs.values().stream()
                        .anyMatch(run -> run.resource().equals(resource)
                                && run.operation().equals("start"));
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

    /** The host goes on: what its agents would have done meanwhile they do now. */
    void thaw() {
        List<Runnable> late = List.copyOf(asleep);
        asleep.clear();
        late.forEach(Runnable::run);
    }

    void powerLost() {
        asleep.clear();
        List.copyOf(active).forEach(resource -> set(resource, false));
        runs.clear();
    }

    /** Agents of a daemon that is no more end before the next one says a word: it would not know what they are about to do. */
    void endLeftovers() {
        runs.clear();
    }

    void execute(Daemon daemon, ResourceAgents.Request request) {
        String operation = request.operation();
        var run = new Run(key(daemon, request.token()), daemon, request.resource(), operation);
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

    /** What the operation does, at some moment while it runs; on a frozen host when it thaws. */
    private void take(Run run) {
        if (world.isFrozen(host.node())) {
            asleep.add(() -> take(run));
        } else if (runs.containsKey(run.token())) {
            switch (run.operation()) {
                case "start" -> set(run.resource(), true);
                case "stop" -> set(run.resource(), false);
                default -> {}
            }
        }
    }

    private void finish(Run run, ResourceAgents.Request request, Optional<Misbehaviour> how, Instant began) {
        if (world.isFrozen(host.node())) {
            asleep.add(() -> finish(run, request, how, began));
            return;
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
