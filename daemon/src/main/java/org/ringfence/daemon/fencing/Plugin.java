package org.ringfence.daemon.fencing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The older {@code external/...} plugins of cluster-glue, spoken to in their own way: the command and the host are arguments, parameters
 * are variables of the environment. Here is what each action of a fence agent is to them. What they call status is whether the device
 * answers; none of them says whether a host is on.
 */
final class Plugin {
    private static final String PREFIX = "external/";
    private static final Path FOLDER = Path.of("/usr/lib/stonith/plugins/external");

    /** Plugins expect cluster-glue's own helpers, {@code ha_log.sh} among them, on their PATH. */
    private static final String HELPERS = "/usr/share/cluster-glue";

    /** The parameter in which the host is handed over; plugins have none of this name. */
    static final String HOST = "port";

    private Plugin() {}

    static boolean isPlugin(String agent) {
        return agent.startsWith(PREFIX);
    }

    /** Empty for a name that leads out of the folder. */
    static Optional<Path> find(String agent) {
        String name = agent.substring(PREFIX.length());
        return name.isEmpty() || name.contains("/") || name.startsWith(".")
                ? Optional.empty()
                : Optional.of(FOLDER.resolve(name));
    }

    /**
     * The command line for an action.
     *
     * @return empty for what plugins cannot be asked
     */
    static Optional<List<String>> command(Path executable, String action, SequencedMap<String, String> parameters) {
        Optional<String> command = switch (action) {
            case "off", "on" -> Optional.of(action);
            case "reboot" -> Optional.of("reset");
            case "monitor" -> Optional.of("status");
            case "list" -> Optional.of("gethosts");
            case "metadata" -> Optional.of("getconfignames");
            default -> Optional.empty();
        };
        return command.map(word -> {
            List<String> line = new ArrayList<>(List.of(executable.toString(), word));
            boolean aboutHost = List.of("off", "on", "reset").contains(word);
            if (aboutHost && parameters.containsKey(HOST)) {
                line.add(parameters.get(HOST));
            }
            return line;
        });
    }

    /** Every parameter as a variable, as the plugins want them; beside what agents get. */
    static SequencedMap<String, String> environment(
            SequencedMap<String, String> common, SequencedMap<String, String> parameters) {
        var environment = new LinkedHashMap<>(common);
        environment.merge("PATH", HELPERS, (path, helpers) -> helpers + ":" + path);
        parameters.forEach((name, value) -> {
            boolean ofTheCluster = name.startsWith("pcmk_") || name.startsWith("CRM_meta_") || name.equals(HOST);
            if (!ofTheCluster && name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                environment.put(name, value);
            }
        });
        return environment;
    }

    /** Metadata of a fence agent, made of the names that a plugin gives: it requires all of them. */
    static List<String> metadata(String agent, List<String> names) {
        List<String> lines = new ArrayList<>();
        lines.add("<resource-agent name=\"" + agent + "\" shortdesc=\"a plugin of cluster-glue\"><parameters>");
        names.stream()
                .map(String::strip)
                .filter(name -> name.matches("[A-Za-z0-9_-]+"))
                .forEach(name -> lines.add(
                        "<parameter name=\"" + name + "\" required=\"0\"><content type=\"string\"/></parameter>"));
        lines.add("<parameter name=\"" + HOST + "\"><content type=\"string\"/></parameter></parameters><actions>");
        List.of("on", "off", "reboot", "monitor", "list", "metadata")
                .forEach(action -> lines.add("<action name=\"" + action + "\"/>"));
        lines.add("</actions></resource-agent>");
        return lines;
    }
}
