package org.ringfence.daemon.agents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.port.ResourceAgents.Request;
import org.ringfence.controller.port.ResourceAgents.Result;
import org.ringfence.daemon.fencing.FenceAgentFolders;
import org.ringfence.daemon.process.ControlGroups;
import org.ringfence.daemon.process.Processes;
import org.ringfence.daemon.process.Unfinished;
import org.ringfence.model.AgentName;

/** Agents of a host that a test makes: folders for scripts, a {@code systemctl} of its own, and what was told of ended processes. */
final class AgentBench implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Path folder;
    private final Processes processes;
    private final LocalResourceAgents agents;
    private final AgentSettings settings;
    private final AtomicLong tokens = new AtomicLong();
    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

    AgentBench(Path folder, boolean withControlGroups) throws IOException {
        this.folder = folder;
        Optional<ControlGroups> groups = withControlGroups
                ? ControlGroups.below("test-" + UUID.randomUUID().toString().substring(0, 8))
                : Optional.empty();
        SequencedMap<String, String> environment = new LinkedHashMap<>();
        environment.put(
                "HA_RSCTMP", Files.createDirectories(folder.resolve("run")).toString());
        settings = new AgentSettings(
                List.of(folder.resolve("ocf"), ownAgents(), Path.of("/usr/lib/ocf/resource.d")),
                Optional.empty(),
                folder.resolve("init.d"),
                Optional.of(folder.resolve("systemctl")),
                folder.resolve("systemd"),
                new FenceAgentFolders(List.of(folder.resolve("fence"), Path.of("/usr/sbin"))),
                Duration.ofMillis(300),
                groups,
                environment);
        processes = new Processes(
                new Unfinished(folder.resolve("runs")),
                (thread, failure) -> thread.getThreadGroup().uncaughtException(thread, failure));
        agents = new LocalResourceAgents(settings, processes);
        agents.whenProcessesEnd(ended::add);
    }

    static Path ownAgents() {
        return Path.of(System.getProperty("ringfence.root", ".."))
                .resolve("agents")
                .toAbsolutePath();
    }

    LocalResourceAgents agents() {
        return agents;
    }

    Processes processes() {
        return processes;
    }

    AgentSettings settings() {
        return settings;
    }

    Path folder() {
        return folder;
    }

    /** An OCF agent of provider {@code test}. */
    AgentName ocf(String type, String script) {
        program(folder.resolve("ocf/test").resolve(type), script);
        return new AgentName("ocf", "test", type);
    }

    AgentName lsb(String name, String script) {
        program(folder.resolve("init.d").resolve(name), script);
        return new AgentName("lsb", "", name);
    }

    AgentName fence(String name, String script) {
        program(folder.resolve("fence").resolve(name), script);
        return new AgentName("stonith", "", name);
    }

    void systemctl(String script) {
        program(folder.resolve("systemctl"), script);
    }

    private static void program(Path file, String script) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, "#!/bin/sh\n" + script);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Request request(AgentName agent, String operation, String... namesAndValues) {
        return request(agent, operation, TIMEOUT, namesAndValues);
    }

    Request request(AgentName agent, String operation, Duration timeout, String... namesAndValues) {
        return new Request(
                tokens.incrementAndGet(), "db", agent, operation, map(namesAndValues), map(), Duration.ZERO, timeout);
    }

    static SequencedMap<String, String> map(String... namesAndValues) {
        SequencedMap<String, String> map = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            map.put(namesAndValues[index], namesAndValues[index + 1]);
        }
        return map;
    }

    Result run(AgentName agent, String operation, String... namesAndValues) {
        return run(request(agent, operation, namesAndValues));
    }

    Result run(Request request) {
        return begin(request).join();
    }

    CompletableFuture<Result> begin(Request request) {
        var result = new CompletableFuture<Result>();
        agents.execute(request, result::complete);
        return result;
    }

    /** The next resource that is said to have lost a process; null when none is within the time. */
    @Nullable
    String nextEnded(Duration within) throws InterruptedException {
        return ended.poll(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    List<String> allEnded() {
        List<String> all = new ArrayList<>();
        ended.drainTo(all);
        return all;
    }

    @Override
    public void close() {
        processes.close();
        agents.close();
    }
}
