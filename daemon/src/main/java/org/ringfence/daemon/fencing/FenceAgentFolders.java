package org.ringfence.daemon.fencing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where fence agents are.
 *
 * @param folders searched in order for an agent that is not named by an absolute path
 */
public record FenceAgentFolders(List<Path> folders) {
    public FenceAgentFolders {
        folders = List.copyOf(folders);
    }

    /** The executable of an agent, by its name or its absolute path, or of a plugin of cluster-glue: {@code external/NAME}. */
    public Optional<Path> find(String agent) {
        if (Plugin.isPlugin(agent)) {
            return Plugin.find(agent).filter(FenceAgentFolders::isProgram);
        }
        if (agent.startsWith("/")) {
            return Optional.of(Path.of(agent)).filter(FenceAgentFolders::isProgram);
        }
        if (agent.isEmpty() || agent.contains("/")) {
            return Optional.empty();
        }
        return folders.stream()
                .map(folder -> folder.resolve(agent))
                .filter(FenceAgentFolders::isProgram)
                .findFirst();
    }

    /** The names of all that are called {@code fence_...}, sorted. */
    public NavigableSet<String> list() {
        NavigableSet<String> names = new TreeSet<>();
        folders.forEach(folder -> names.addAll(namesIn(folder)));
        return names;
    }

    private static NavigableSet<String> namesIn(Path folder) {
        NavigableSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "fence_*")) {
            for (Path file : found) {
                if (isProgram(file)) {
                    names.add(String.valueOf(file.getFileName()));
                }
            }
            return names;
        } catch (IOException e) {
            // A folder that is not there holds no agents.
            return names;
        }
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
