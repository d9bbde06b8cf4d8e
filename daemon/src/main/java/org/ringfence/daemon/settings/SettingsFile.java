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
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.ringfence.engine.embedded.Endpoint;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.value.TimeSpan;

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

    private final Path file;
    private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(String value, Place place) {}

    private SettingsFile(Path file) {
        this.file = file;
    }

    /** @throws UnusableInputException names the file, and the line where there is one */
    public static NodeSettings read(Path file) throws UnusableInputException {
        var settings = new SettingsFile(file);
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
        for (int index = 0; index < lines.size(); index++) {
            settings.line(lines.get(index), index + 1);
        }
        return settings.settings();
    }

    private static UnusableInputException unreadable(Path file, String why) {
        return new UnusableInputException(Problem.error(
                Place.NONE,
                file.toString(),
                why,
                "name the node's configuration with --config FILE, or make one with 'ringfence init'"));
    }

    private void line(String line, int number) throws UnusableInputException {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        var place = new Place(
                file.toString(), number, 1 + line.length() - line.stripLeading().length());
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw unusable(place, text, "is not KEY = VALUE", "");
        }
        String key = text.substring(0, equals).strip();
        if (!KEYS.contains(key) && !key.startsWith(PEER)) {
            throw unusable(place, key, "is not a setting", "there are: " + String.join(", ", KEYS) + " and peer.NODE");
        }
        if (entries.put(key, new Entry(text.substring(equals + 1).strip(), place)) != null) {
            throw unusable(place, key, "stands twice", "remove one of the lines");
        }
    }

    private NodeSettings settings() throws UnusableInputException {
        String cluster = required("cluster");
        NodeId node = node(required("node"), "node");
        int port = port("port", optional("port").orElse(Integer.toString(DEFAULT_PORT)));
        SequencedMap<NodeId, Endpoint> peers = new LinkedHashMap<>();
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (entry.getKey().startsWith(PEER)) {
                NodeId peer = node(entry.getKey().substring(PEER.length()), entry.getKey());
                peers.put(peer, endpoint(entry.getKey(), entry.getValue().value(), port));
            }
        }
        if (!peers.containsKey(node)) {
            throw unusable(place("node"), "node " + node, "has no line peer." + node, "add where it can be reached");
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
                span("stop-timeout", Duration.ofMinutes(10)));
    }

    private Optional<NodeSettings.KeyStore> keyStore() throws UnusableInputException {
        String security = optional("security").orElse("tls");
        if (security.equals("plain")) {
            return Optional.empty();
        }
        if (!security.equals("tls")) {
            throw unusable(place("security"), "security", "is tls or plain, not " + security, "");
        }
        return Optional.of(new NodeSettings.KeyStore(
                Path.of(required("key-store")), Path.of(required("key-store-password-file"))));
    }

    private Optional<String> optional(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value).filter(value -> !value.isEmpty());
    }

    private String required(String key) throws UnusableInputException {
        Optional<String> value = optional(key);
        if (value.isEmpty()) {
            throw unusable(
                    new Place(file.toString(), 0, 0), file.toString(), "has no line " + key + " = ...", "add it");
        }
        return value.get();
    }

    private Place place(String key) {
        Entry entry = entries.get(key);
        return entry == null ? Place.NONE : entry.place();
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
            throw unusable(place(key), key, "'" + name + "' is not a node name", "use one word");
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
            throw unusable(place(key), key, "'" + text + "' is not a port", "use a number from 1 to 65535");
        }
        throw unusable(place(key), key, text + " is not a port", "use a number from 1 to 65535");
    }

    private Duration span(String key, Duration otherwise) throws UnusableInputException {
        Optional<String> text = optional(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        long millis = TimeSpan.parseMillis(text.get()).orElse(-1);
        if (millis < 0) {
            throw unusable(place(key), key, "'" + text.get() + "' is not a span of time", "write 20s, 500ms or 10min");
        }
        return Duration.ofMillis(millis);
    }

    private static UnusableInputException unusable(Place place, String element, String text, String remedy) {
        return new UnusableInputException(Problem.error(place, element, text, remedy));
    }
}
