package org.ringfence.daemon.agents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.daemon.fencing.LocalFenceAgents;
import org.ringfence.daemon.process.Processes;
import org.ringfence.linux.Pidfd;
import org.ringfence.model.AgentName;
import org.ringfence.model.agent.AgentMetadata;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;

/**
 * Resource agents of this node, of all standards. Each operation has a virtual thread, on which its result is given. Safe from
 * any thread.
 */
public final class LocalResourceAgents implements ResourceAgents, AutoCloseable {
    /** Metadata serves the digests of what comes later: it may not hold up anything, and an agent may hang in it. */
    private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(30);

    private final AgentSettings settings;
    private final Processes processes;
    private final FenceAgents fenceAgents;
    private final AgentCatalog catalog;
    private final ResourceWatch watch;
    private final Map<String, AgentStandard> standards;
    private final Map<Long, Operation> underWay = new ConcurrentHashMap<>();
    /** Agents that are being asked for their metadata. */
    private final Set<AgentName> asked = ConcurrentHashMap.newKeySet();
    /** Control groups of an earlier life of this daemon may still be there: their names must not come again. */
    private final String life = UUID.randomUUID().toString().substring(0, 8);

    /** Agents of these settings, with fence agents that are found and run by the same. */
    public LocalResourceAgents(AgentSettings settings, Processes processes) {
        this(settings, processes, UnaryOperator.identity());
    }

    /** @param also adds fence agents that are no programs */
    public LocalResourceAgents(AgentSettings settings, Processes processes, UnaryOperator<FenceAgents> also) {
        this(
                settings,
                processes,
                also.apply(new LocalFenceAgents(processes, settings.fenceAgents(), settings.commonEnvironment())));
    }

    LocalResourceAgents(AgentSettings settings, Processes processes, FenceAgents fenceAgents) {
        this.settings = settings;
        this.fenceAgents = fenceAgents;
        this.processes = processes;
        this.catalog = new AgentCatalog(settings, processes);
        this.watch = new ResourceWatch(processes, settings.groups());
        var systemd = new SystemdAgents(watch);
        var lsb = new LsbAgents();
        Map<String, AgentStandard> known = new LinkedHashMap<>();
        known.put("ocf", new OcfAgents());
        known.put("systemd", systemd);
        known.put("lsb", lsb);
        known.put("service", new ServiceAgents(systemd, lsb));
        known.put("stonith", new FenceDevices(fenceAgents, catalog));
        this.standards = known;
        makeRuntimeFolder();
    }

    /** Stock agents keep state there and expect it to be made at boot; without systemd nobody does. */
    private void makeRuntimeFolder() {
        Path folder =
                Path.of(settings.environment().getOrDefault(OcfEnvironment.RUNTIME_FOLDER, "/run/resource-agents"));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            System.getLogger(LocalResourceAgents.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0} cannot be made; stock agents that keep state there will fail: {1}",
                            folder,
                            e.getMessage());
        }
    }

    /** The fence agents that fence devices use as resources; for fencing itself, too. */
    public FenceAgents fenceAgents() {
        return fenceAgents;
    }

    /** Which agents there are. */
    public AgentCatalog catalog() {
        return catalog;
    }

    /** How the end of a resource's process is noticed on this node. */
    public enum Watching {
        /** At once: pidfds tell the end of processes, control groups which processes are whose. */
        BY_CONTROL_GROUP,
        /** At once; a process that cleaned its environment may be missed. */
        BY_ENVIRONMENT,
        /** By the next monitor: this kernel, before Linux 5.3, has no pidfd. */
        BY_MONITOR
    }

    public Watching watching() {
        if (!Pidfd.supported()) {
            return Watching.BY_MONITOR;
        }
        return settings.groups().isPresent() ? Watching.BY_CONTROL_GROUP : Watching.BY_ENVIRONMENT;
    }

    /** How many processes of a resource are watched; 0 for one that has none or is not started. */
    public int watchedProcesses(String resource) {
        return watch.watched(resource);
    }

    @Override
    public void whenProcessesEnd(Consumer<String> resource) {
        watch.tell(resource);
    }

    @Override
    public void execute(Request request, Consumer<Result> whenDone) {
        var operation = new Operation(request, settings, processes, watch, life + "." + request.token());
        underWay.put(request.token(), operation);
        if (!operation.onlyLooks()) {
            watch.beginChange(request.resource());
        }
        Thread.ofVirtual().name(request.resource() + " " + request.operation()).start(() -> {
            Result result = run(operation);
            underWay.remove(request.token());
            whenDone.accept(result);
            prepare(request.agent());
        });
    }

    @Override
    public void cancel(long token) {
        Optional.ofNullable(underWay.get(token)).ifPresent(Operation::cancel);
    }

    private Result run(Operation operation) {
        Request request = operation.request();
        Instant started = Instant.now();
        long startedNanos = System.nanoTime();
        Outcome outcome = carryOut(operation);
        adjustWatch(request, outcome);
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        SequencedMap<String, String> digests = Digests.of(request, catalog.knownMetadata(request.agent()));
        return new Result(
                request.token(),
                outcome.status(),
                outcome.exitCode(),
                outcome.reason(),
                outcome.output(),
                started,
                took,
                digests);
    }

    private Outcome carryOut(Operation operation) {
        AgentStandard standard = standards.get(operation.request().agent().standard());
        if (standard == null) {
            return Outcome.notInstalled("no agents of class "
                    + operation.request().agent().standard() + "; there are " + String.join(", ", standards.keySet()));
        }
        if (operation.isCancelled()) {
            return Outcome.cancelled("cancelled before it began");
        }
        try {
            return standard.carryOut(operation);
        } catch (IOException e) {
            return Outcome.failed(String.valueOf(e.getMessage()), "");
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }

    private void adjustWatch(Request request, Outcome outcome) {
        boolean active = outcome.status() == ExecutionStatus.DONE
                && switch (ExitCode.of(outcome.exitCode())) {
                    case OK, PROMOTED, DEGRADED, DEGRADED_PROMOTED -> true;
                    case ERROR,
                            INVALID_PARAMETER,
                            UNIMPLEMENTED,
                            INSUFFICIENT_PRIVILEGES,
                            NOT_INSTALLED,
                            NOT_CONFIGURED,
                            NOT_RUNNING,
                            FAILED_PROMOTED,
                            UNKNOWN -> false;
                };
        if (!active) {
            return;
        }
        switch (request.operation()) {
            case "stop" -> watch.stopped(request.resource());
            case "monitor", "status" -> watch.seenActive(request.resource());
            default -> watch.settled(request.resource());
        }
    }

    /**
     * Asks an agent for its metadata, unless it is known: from then on results carry all digests. Returns at once; happens by
     * itself after an agent's first operation.
     */
    public void prepare(AgentName agent) {
        if (catalog.isKnown(agent) || !asked.add(agent)) {
            return;
        }
        Thread.ofVirtual().name("metadata " + agent).start(() -> {
            Optional<AgentMetadata> ignored = catalog.metadata(agent, METADATA_TIMEOUT);
            asked.remove(agent);
        });
    }

    /** Removes what control groups are empty. Operations under way are the {@link Processes}' to end. */
    @Override
    public void close() {
        settings.groups().ifPresent(groups -> groups.removeEmpty());
    }
}
