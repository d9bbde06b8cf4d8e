package org.ringfence.daemon.fencing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.daemon.process.Ended;
import org.ringfence.daemon.process.Processes;
import org.ringfence.daemon.process.Program;

/**
 * Fence agents of this node. Parameters go to standard input alone, never to the command line or the environment, where other
 * users of the host could read them; nothing here writes them anywhere else. Plugins of cluster-glue take them by the
 * environment: that is how they are made, and one more reason to prefer fence agents. Results come on threads of their own.
 */
public final class LocalFenceAgents implements FenceAgents {
    private static final Duration GRACE = Duration.ofMillis(500);
    /** Metadata and lists are wanted whole; the largest known have a tenth of this. */
    private static final int OUTPUT_BYTES = 512 * 1024;

    private static final int REASON_LENGTH = 300;

    private final Processes processes;
    private final FenceAgentFolders folders;
    private final SequencedMap<String, String> environment;

    /** @param environment for every agent, the whole of it: PATH among it, and proxies where agents need them */
    public LocalFenceAgents(Processes processes, FenceAgentFolders folders, SequencedMap<String, String> environment) {
        this.processes = processes;
        this.folders = folders;
        this.environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    }

    @Override
    public void execute(Request request, Consumer<Result> whenDone) {
        Thread.ofVirtual().name("fence " + request.token()).start(() -> whenDone.accept(run(request)));
    }

    private Result run(Request request) {
        Optional<Path> executable = folders.find(request.agent());
        if (executable.isEmpty()) {
            return failed(request, "no executable fence agent " + request.agent() + " in " + folders.folders());
        }
        Optional<String> unusable = unusable(request);
        if (unusable.isPresent()) {
            return failed(request, unusable.get());
        }
        boolean plugin = Plugin.isPlugin(request.agent());
        Optional<Program> program = plugin
                ? plugin(request, executable.get())
                : Optional.of(program(request, List.of(executable.get().toString()), environment, input(request)));
        if (program.isEmpty()) {
            return failed(request, request.agent() + " is a plugin, which has no " + request.action());
        }
        Ended ended = processes.start(program.get()).ended().join();
        int exitCode = ended.how() == Ended.How.EXITED ? ended.number() : -1;
        List<String> output = ended.output().lines().toList();
        if (plugin && request.action().equals("metadata") && ended.succeeded()) {
            output = Plugin.metadata(request.agent(), output);
        }
        return new Result(request.token(), ended.succeeded(), exitCode, output, reason(request, ended), ended.took());
    }

    private Optional<Program> plugin(Request request, Path executable) {
        return Plugin.command(executable, request.action(), request.parameters())
                .map(command -> program(request, command, Plugin.environment(environment, request.parameters()), ""));
    }

    private static Program program(
            Request request, List<String> command, SequencedMap<String, String> environment, String input) {
        return new Program(command, environment, input, request.timeout(), GRACE, OUTPUT_BYTES, Optional.empty());
    }

    private static Result failed(Request request, String reason) {
        return new Result(request.token(), false, -1, List.of(), reason, Duration.ZERO);
    }

    /** The agent's own parameters, one a line: those of the cluster are none of its business. */
    private static String input(Request request) {
        var input = new StringBuilder();
        request.parameters().forEach((name, value) -> {
            if (!isOfTheCluster(name)) {
                input.append(name).append('=').append(value).append('\n');
            }
        });
        return input.append("action=").append(request.action()).append('\n').toString();
    }

    private static boolean isOfTheCluster(String name) {
        return name.equals("action")
                || name.startsWith("pcmk_")
                || name.startsWith("CRM_meta_")
                || name.equals("crm_feature_set");
    }

    /** A line feed in a value would become a parameter of its own. */
    private static Optional<String> unusable(Request request) {
        return request.parameters().entrySet().stream()
                .filter(entry -> entry.getValue().indexOf('\n') >= 0)
                .findFirst()
                .map(entry -> "parameter " + entry.getKey() + " holds a line feed, which fence agents cannot be given");
    }

    private static String reason(Request request, Ended ended) {
        List<String> lines = ended.errorLines();
        String said = lines.isEmpty() ? "" : shorten(lines.getLast());
        return switch (ended.how()) {
            case EXITED -> ended.number() == 0 || !said.isEmpty() ? said : "ended with status " + ended.number();
            case SIGNALLED -> join("ended by signal " + ended.number(), said);
            case TIMED_OUT ->
                join(join("no end within " + request.timeout().toMillis() + " ms", ended.problem()), said);
            case CANCELLED -> "cancelled";
            case NOT_STARTED -> "cannot be started: " + ended.problem();
        };
    }

    private static String join(String first, String second) {
        return second.isEmpty() ? first : first + "; " + second;
    }

    private static String shorten(String line) {
        return line.length() <= REASON_LENGTH ? line : line.substring(0, REASON_LENGTH) + "...";
    }
}
