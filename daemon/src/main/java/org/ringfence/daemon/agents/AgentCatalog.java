package org.ringfence.daemon.agents;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.ringfence.daemon.process.Ended;
import org.ringfence.daemon.process.Processes;
import org.ringfence.daemon.process.Program;
import org.ringfence.daemon.sbd.SbdFenceAgents;
import org.ringfence.model.AgentName;
import org.ringfence.model.agent.AgentMetadata;
import org.ringfence.model.problem.UnusableInputException;

/**
 * Which agents this node has, and what they say of themselves. Metadata is asked for once for each version of an agent's file.
 * Safe from any thread.
 */
public final class AgentCatalog {
    private final AgentSettings settings;
    private final Processes processes;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    public AgentCatalog(AgentSettings settings, Processes processes) {
        this.settings = settings;
        this.processes = processes;
    }

    /** What an agent said, and of which version of its file; empty metadata when it said nothing of use. */
    private record Known(FileTime changed, long size, Optional<AgentMetadata> metadata) {}

    /**
     * Whether this node has the agent. Runs nothing for executables; asks {@code systemctl} for units, which takes up to a few
     * seconds when systemd is busy.
     */
    public boolean exists(AgentName agent) {
        return switch (agent.standard()) {
            case "systemd" -> unitExists(agent.type());
            case "service" -> unitExists(agent.type()) || executable(agent).isPresent();
            case "stonith" ->
                executable(agent).isPresent()
                        || SbdFenceAgents.serves(
                                agent.type(),
                                other -> settings.fenceAgents().find(other).isPresent());
            default -> executable(agent).isPresent();
        };
    }

    /** The agent's executable; empty for what has none, units among it, and for what is not there. */
    Optional<Path> executable(AgentName agent) {
        return switch (agent.standard()) {
            case "ocf" -> settings.ocfAgent(agent.provider(), agent.type());
            case "stonith" -> settings.fenceAgents().find(agent.type());
            case "lsb", "service" ->
                Optional.of(settings.initScripts().resolve(agent.type())).filter(AgentSettings::isProgram);
            default -> Optional.empty();
        };
    }

    private boolean unitExists(String type) {
        return settings.systemctl()
                .map(systemctl -> {
                    Ended ended = run(
                            List.of(systemctl.toString(), "show", "--property=LoadState", SystemdAgents.unit(type)),
                            settings.commonEnvironment(),
                            "",
                            Duration.ofSeconds(5));
                    return ended.succeeded() && ended.output().contains("LoadState=loaded");
                })
                .orElse(false);
    }

    /** OCF providers, sorted. */
    public NavigableSet<String> providers() {
        NavigableSet<String> providers = new TreeSet<>();
        settings.ocfFolders()
                .forEach(folder -> names(folder, Files::isDirectory).forEach(providers::add));
        return providers;
    }

    /** The types of agents of one kind, sorted; the provider matters for OCF agents alone. */
    public NavigableSet<String> types(String standard, String provider) {
        NavigableSet<String> types = new TreeSet<>();
        switch (standard) {
            case "ocf" ->
                settings.ocfFolders()
                        .forEach(folder -> types.addAll(names(folder.resolve(provider), AgentSettings::isProgram)));
            case "stonith" -> types.addAll(settings.fenceAgents().list());
            case "lsb" -> types.addAll(names(settings.initScripts(), AgentSettings::isProgram));
            default -> {
                // Units are systemd's to list.
            }
        }
        return types;
    }

    private static NavigableSet<String> names(Path folder, DirectoryStream.Filter<Path> filter) {
        NavigableSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, filter)) {
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        } catch (IOException e) {
            return new TreeSet<>();
        }
        names.removeIf(name -> name.startsWith("."));
        return names;
    }

    /**
     * What an OCF or fence agent says of itself. Runs the agent when it is asked for the first time, and waits.
     *
     * @return empty when the node does not have the agent, or the agent says nothing that can be read
     */
    public Optional<AgentMetadata> metadata(AgentName agent, Duration timeout) {
        Optional<Path> executable = executable(agent);
        if (executable.isEmpty() || !hasMetadata(agent)) {
            return Optional.empty();
        }
        Optional<Known> before = known(executable.get());
        if (before.isPresent()) {
            return before.get().metadata();
        }
        try {
            BasicFileAttributes file = Files.readAttributes(executable.get(), BasicFileAttributes.class);
            Ended ended = ask(agent, executable.get(), timeout);
            Optional<AgentMetadata> metadata = parse(agent, ended);
            if (ended.how() == Ended.How.EXITED) {
                known.put(executable.get(), new Known(file.lastModifiedTime(), file.size(), metadata));
            }
            return metadata;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As {@link #metadata}, of what is known already: runs nothing and does not wait. */
    public Optional<AgentMetadata> knownMetadata(AgentName agent) {
        return executable(agent).flatMap(this::known).flatMap(Known::metadata);
    }

    private static boolean hasMetadata(AgentName agent) {
        boolean plugin = agent.type().startsWith("external/");
        return agent.standard().equals("ocf") || (agent.standard().equals("stonith") && !plugin);
    }

    /** Whether there is nothing more to be learned of an agent: it was asked, cannot be asked, or is not there. */
    boolean isKnown(AgentName agent) {
        Optional<Path> executable = executable(agent);
        return executable.isEmpty()
                || !hasMetadata(agent)
                || known(executable.get()).isPresent();
    }

    private Optional<Known> known(Path executable) {
        return Optional.ofNullable(known.get(executable)).filter(entry -> {
            try {
                BasicFileAttributes file = Files.readAttributes(executable, BasicFileAttributes.class);
                return file.lastModifiedTime().equals(entry.changed()) && file.size() == entry.size();
            } catch (IOException e) {
                return false;
            }
        });
    }

    private Ended ask(AgentName agent, Path executable, Duration timeout) {
        return agent.standard().equals("stonith")
                ? run(List.of(executable.toString()), settings.commonEnvironment(), "action=metadata\n", timeout)
                : run(
                        List.of(executable.toString(), "meta-data"),
                        OcfEnvironment.of(settings, agent, executable),
                        "",
                        timeout);
    }

    private Ended run(List<String> command, SequencedMap<String, String> environment, String input, Duration timeout) {
        return processes
                .start(new Program(
                        command,
                        environment,
                        input,
                        timeout,
                        settings.grace(),
                        AgentSettings.DOCUMENT_BYTES,
                        Optional.empty()))
                .ended()
                .join();
    }

    private static Optional<AgentMetadata> parse(AgentName agent, Ended ended) {
        if (!ended.succeeded()) {
            return Optional.empty();
        }
        try {
            return Optional.of(AgentMetadata.read(ended.output(), agent.toString()));
        } catch (UnusableInputException e) {
            System.getLogger(AgentCatalog.class.getName())
                    .log(System.Logger.Level.WARNING, "metadata cannot be used: {0}", e.problem());
            return Optional.empty();
        }
    }
}
