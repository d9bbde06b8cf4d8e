package org.ringfence.daemon.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.ringfence.engine.embedded.Endpoint;
import org.ringfence.guard.settings.GuardSettings;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.settings.SettingsLines;

/** Reads {@code ringfence.conf}: lines {@code key = value}, comments from {@code #} at the beginning of a line. */
public final class SettingsFile {
    public static final int DEFAULT_PORT = 7788;

    private static final String PEER = "peer.";
    private static final Set<String> KEYS = new TreeSet<>(List.of(
            "cluster",
            "node",
            "bind",
            "port",
            "state",
            "socket",
            "agents",
            "fence-agents",
            "admin-group",
            "key-store",
            "key-store-password-file",
            "security",
            "startup-grace",
            "hung-after",
            "stop-timeout"));

    private final SettingsLines lines;

    private SettingsFile(SettingsLines lines) {
        this.lines = lines;
    }

    /** @throws UnusableInputException names the file, and the line where there is one */
    public static NodeSettings read(Path file) throws UnusableInputException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException absent) {
            throw unreadable(file, "does not exist");
        } catch (AccessDeniedException denied) {
            throw unreadable(file, "may not be read by you");
        } catch (IOException failed) {
            throw unreadable(file, "cannot be read: " + failed.getMessage());
        }
        var known = SettingsLines.read(
                file.toString(),
                lines,
                key -> KEYS.contains(key) || GuardSettings.KEYS.contains(key) || key.startsWith(PEER),
                "there are: " + String.join(", ", all()) + " and peer.NODE");
        return new SettingsFile(known).settings();
    }

    private static Set<String> all() {
        var all = new TreeSet<>(KEYS);
        all.addAll(GuardSettings.KEYS);
        return all;
    }

    private static UnusableInputException unreadable(Path file, String why) {
        return new UnusableInputException(Problem.error(
                Place.NONE,
                file.toString(),
                why,
                "name the node's configuration with --config FILE, or make one with 'ringfence init'"));
    }

    private NodeSettings settings() throws UnusableInputException {
        String cluster = required("cluster");
        NodeId node = node(required("node"), "node");
        int port = port("port", optional("port").orElse(Integer.toString(DEFAULT_PORT)));
        SequencedMap<NodeId, Endpoint> peers = new LinkedHashMap<>();
        for (String key : lines.keys()) {
            if (key.startsWith(PEER)) {
                NodeId peer = node(key.substring(PEER.length()), key);
                peers.put(peer, endpoint(key, lines.optional(key).orElse(""), port));
            }
        }
        if (!peers.containsKey(node)) {
            throw lines.unusable("node", node + " has no line peer." + node, "add where it can be reached");
        }
        Path state = path("state", "/var/lib/ringfence");
        return new NodeSettings(
                cluster,
                node,
                new Endpoint(optional("bind").orElse(peers.get(node).host()), port),
                peers,
                keyStore(),
                state,
                path("socket", "/run/ringfence/ringfence.sock"),
                paths("agents", "/usr/lib/ocf/resource.d"),
                paths("fence-agents", "/usr/sbin:/sbin"),
                optional("admin-group"),
                span("startup-grace", Duration.ofSeconds(20)),
                span("hung-after", Duration.ofSeconds(10)),
                span("stop-timeout", Duration.ofMinutes(10)),
                GuardSettings.of(lines));
    }

    private Optional<NodeSettings.KeyStore> keyStore() throws UnusableInputException {
        String security = optional("security").orElse("tls");
        if (security.equals("plain")) {
            return Optional.empty();
        }
        if (!security.equals("tls")) {
            throw lines.unusable("security", "is tls or plain, not " + security, "");
        }
        return Optional.of(new NodeSettings.KeyStore(
                Path.of(required("key-store")), Path.of(required("key-store-password-file"))));
    }

    private Optional<String> optional(String key) {
        return lines.optional(key);
    }

    private String required(String key) throws UnusableInputException {
        return lines.required(key);
    }

    private Path path(String key, String otherwise) {
        return Path.of(optional(key).orElse(otherwise));
    }

    private List<Path> paths(String key, String otherwise) {
        List<Path> paths = new ArrayList<>();
        for (String one : optional(key).orElse(otherwise).split(":")) {
            if (!one.isBlank()) {
                paths.add(Path.of(one.strip()));
            }
        }
        return paths;
    }

    private NodeId node(String name, String key) throws UnusableInputException {
        if (!NodeId.isName(name)) {
            throw lines.unusable(key, "'" + name + "' is not a node name", "use one word");
        }
        return new NodeId(name);
    }

    private Endpoint endpoint(String key, String text, int port) throws UnusableInputException {
        int colon = text.lastIndexOf(':');
        boolean withPort =
                (colon > 0 && text.indexOf(':') == colon) || (text.startsWith("[") && text.lastIndexOf(']') < colon);
        String host = withPort ? text.substring(0, colon) : text;
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return new Endpoint(bare, withPort ? port(key, text.substring(colon + 1)) : port);
    }

    private int port(String key, String text) throws UnusableInputException {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            throw lines.unusable(key, "'" + text + "' is not a port", "use a number from 1 to 65535");
        }
        throw lines.unusable(key, text + " is not a port", "use a number from 1 to 65535");
    }

    private Duration span(String key, Duration otherwise) throws UnusableInputException {
        return lines.spanMillis(key).map(Duration::ofMillis).orElse(otherwise);
    }
}
