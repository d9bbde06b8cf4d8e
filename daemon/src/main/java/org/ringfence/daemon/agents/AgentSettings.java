package org.ringfence.daemon.agents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.daemon.fencing.FenceAgentFolders;
import org.ringfence.daemon.process.ControlGroups;

/**
 * Where this node's agents are, and how they are run.
 *
 * @param ocfFolders    hold a folder for each provider, as {@code /usr/lib/ocf/resource.d} does; the first that has an agent wins
 * @param helpers       a folder with {@code crm_master}, {@code attrd_updater} and the like, put first on the agents' PATH
 * @param initScripts   {@code /etc/init.d}
 * @param systemctl     empty where systemd does not run
 * @param unitOverrides where a unit's settings are overridden until the next boot, {@code /run/systemd/system}
 * @param fenceAgents   where fence agents are
 * @param grace         between SIGTERM and SIGKILL when an operation has timed out
 * @param groups        control groups for operations; empty where there are none
 * @param environment   further variables for every agent, such as {@code https_proxy}; {@code HA_RSCTMP} moves the folder in
 *                      which agents keep state until the next boot, for several nodes on one host
 */
public record AgentSettings(
        List<Path> ocfFolders,
        Optional<Path> helpers,
        Path initScripts,
        Optional<Path> systemctl,
        Path unitOverrides,
        FenceAgentFolders fenceAgents,
        Duration grace,
        Optional<ControlGroups> groups,
        SequencedMap<String, String> environment) {

    /** Enough for an agent to remove what it locked, little against any timeout. */
    public static final Duration GRACE = Duration.ofMillis(500);

    /** What agents print beyond this is not kept: the end is, where the reason stands. */
    static final int OUTPUT_BYTES = 32 * 1024;

    /** Metadata and lists of plugs are wanted whole; the largest known, fence_vmware_rest's among them, have a tenth of this. */
    static final int DOCUMENT_BYTES = 512 * 1024;

    /** Variables of the daemon that agents for clouds and remote consoles need to reach the network. */
    private static final List<String> INHERITED =
            List.of("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "TZ");

    public AgentSettings {
        ocfFolders = List.copyOf(ocfFolders);
        environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    }

    /**
     * The usual places of a Linux host; Ringfence's own agents before those that are installed.
     *
     * @param name of this daemon's control groups, unlike that of any other daemon on this host
     */
    public static AgentSettings ofThisHost(String name) {
        SequencedMap<String, String> environment = new LinkedHashMap<>();
        for (String variable : INHERITED) {
            Optional.ofNullable(System.getenv(variable)).ifPresent(value -> environment.put(variable, value));
        }
        boolean systemd = Files.isDirectory(Path.of("/run/systemd/system"));
        Optional<Path> systemctl = List.of(Path.of("/usr/bin/systemctl"), Path.of("/bin/systemctl")).stream()
                .filter(Files::isExecutable)
                .findFirst();
        List<Path> ocfFolders = new ArrayList<>();
        ownAgents().ifPresent(ocfFolders::add);
        ocfFolders.add(Path.of("/usr/lib/ocf/resource.d"));
        return new AgentSettings(
                ocfFolders,
                beside("helpers"),
                Path.of("/etc/init.d"),
                systemd ? systemctl : Optional.empty(),
                Path.of("/run/systemd/system"),
                new FenceAgentFolders(List.of(Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/usr/bin"))),
                GRACE,
                ControlGroups.below(name),
                environment);
    }

    /** Where Ringfence's own agents are: where system property {@code ringfence.agents} says, else beside the launcher. */
    public static Optional<Path> ownAgents() {
        return beside("agents");
    }

    /** A folder that system property {@code ringfence.NAME} names, else the one of that name beside the launcher. */
    private static Optional<Path> beside(String name) {
        return Optional.ofNullable(System.getProperty("ringfence." + name))
                .map(Path::of)
                .or(() -> Optional.ofNullable(System.getProperty("ringfence.launcher"))
                        .map(launcher -> Path.of(launcher).resolveSibling(name)))
                .filter(Files::isDirectory);
    }

    /** The same with further folders, searched before the others. */
    public AgentSettings withFirst(List<Path> ocf, List<Path> fence) {
        List<Path> allOcf = new ArrayList<>(ocf);
        allOcf.addAll(ocfFolders);
        List<Path> allFence = new ArrayList<>(fence);
        allFence.addAll(fenceAgents.folders());
        return new AgentSettings(
                allOcf,
                helpers,
                initScripts,
                systemctl,
                unitOverrides,
                new FenceAgentFolders(allFence),
                grace,
                groups,
                environment);
    }

    /** The same with a folder of helpers for agents. */
    public AgentSettings withHelpers(Path folder) {
        return new AgentSettings(
                ocfFolders,
                Optional.of(folder),
                initScripts,
                systemctl,
                unitOverrides,
                fenceAgents,
                grace,
                groups,
                environment);
    }

    /** The same with one more variable for every agent. */
    public AgentSettings withVariable(String name, String value) {
        SequencedMap<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new AgentSettings(
                ocfFolders, helpers, initScripts, systemctl, unitOverrides, fenceAgents, grace, groups, more);
    }

    /** The executable of an OCF agent; empty when no folder has one. */
    Optional<Path> ocfAgent(String provider, String type) {
        return ocfFolders.stream()
                .map(folder -> folder.resolve(provider).resolve(type))
                .filter(AgentSettings::isProgram)
                .findFirst();
    }

    static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** What every agent's search path is. */
    String path() {
        String usual = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin";
        return helpers.map(folder -> folder + ":" + usual).orElse(usual);
    }

    /** What every program is given, agents of all kinds. */
    public SequencedMap<String, String> commonEnvironment() {
        SequencedMap<String, String> common = new LinkedHashMap<>(environment);
        common.put("PATH", path());
        common.put("HOME", "/root");
        common.put("LC_ALL", "C");
        return common;
    }
}
