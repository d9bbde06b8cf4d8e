package org.ringfence.daemon.agents;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.controller.port.ResourceAgents.Request;
import org.ringfence.daemon.process.ControlGroup;
import org.ringfence.daemon.process.Ended;
import org.ringfence.daemon.process.Processes;
import org.ringfence.daemon.process.Program;
import org.ringfence.daemon.process.Running;

/**
 * One operation under way: runs the programs that it takes, one after the other, within one timeout. For the virtual thread
 * of the operation; {@link #cancel} comes from any thread.
 */
final class Operation {
    /** What is left for a further step when the time is as good as over: it then ends at once, as timed out. */
    private static final Duration LEAST = Duration.ofMillis(1);

    private final Request request;
    private final AgentSettings settings;
    private final Processes processes;
    private final ResourceWatch watch;
    private final long deadline;
    private final String runName;
    private Optional<Running> current = Optional.empty();
    private boolean cancelled;

    Operation(Request request, AgentSettings settings, Processes processes, ResourceWatch watch, String runName) {
        this.request = request;
        this.settings = settings;
        this.processes = processes;
        this.watch = watch;
        this.runName = runName;
        this.deadline = System.nanoTime() + request.timeout().toNanos();
    }

    /** Whether the operation only looks, so that what it leaves running is not the resource's. */
    boolean onlyLooks() {
        return request.operation().equals("monitor") || request.operation().equals("status");
    }

    Request request() {
        return request;
    }

    AgentSettings settings() {
        return settings;
    }

    Duration remaining() {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    boolean isOver() {
        return isCancelled() || deadline - System.nanoTime() <= 0;
    }

    /** Runs an agent, whose children that outlive it become the resource's processes. */
    Ended runAgent(List<String> command, SequencedMap<String, String> environment) {
        Optional<ControlGroup> group = settings.groups().flatMap(groups -> {
            try {
                return Optional.of(groups.create(request.resource(), runName));
            } catch (IOException e) {
                // The mark in the environment serves instead.
                return Optional.empty();
            }
        });
        Running running = start(command, environment, group);
        Ended ended = running.ended().join();
        watch.ran(request.resource(), running.tree(), onlyLooks());
        return ended;
    }

    /** Runs a tool that leaves nothing behind: {@code systemctl}. */
    Ended runTool(Path tool, String... arguments) {
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of(arguments));
        return start(command, settings.commonEnvironment(), Optional.empty())
                .ended()
                .join();
    }

    private Running start(
            List<String> command, SequencedMap<String, String> environment, Optional<ControlGroup> group) {
        Running running = processes.start(new Program(
                command, environment, "", remaining(), settings.grace(), AgentSettings.OUTPUT_BYTES, group));
        synchronized (this) {
            current = Optional.of(running);
            if (cancelled) {
                running.cancel();
            }
        }
        return running;
    }

    synchronized void cancel() {
        cancelled = true;
        current.ifPresent(Running::cancel);
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }
}
