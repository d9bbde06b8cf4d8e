package org.ringfence.daemon.helpers;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ringfence.model.cib.ConfiguredNode;
import org.ringfence.model.value.TimeSpan;

/** {@code attrd_updater}: transient attributes, with a delay in which further changes are waited for. */
final class AttrdUpdater {
    private static final Grammar GRAMMAR = Grammar.of(
            "n:name=",
            "P:pattern=",
            "U:update=",
            "v:value=>update",
            "B:update-both=",
            "Y:update-delay",
            "Q:query",
            "D:delete",
            "R:refresh",
            "d:delay=",
            "s:set=",
            "S:section=",
            "N:node=",
            "A:all",
            "p:private",
            "l:lifetime=",
            "q:quiet",
            "W:wait=",
            "V:verbose",
            "x:wait-for=");

    private final Cluster cluster;
    private final Known known;

    AttrdUpdater(Cluster cluster, Known known) {
        this.cluster = cluster;
        this.known = known;
    }

    Said run(List<String> arguments) throws UsageException, InterruptedException {
        Grammar.Line line = GRAMMAR.read(arguments);
        if (line.has("refresh")) {
            return Said.NOTHING;
        }
        String name = line.value("name").orElse("");
        if (name.isEmpty()) {
            throw new UsageException("--name is missing");
        }
        if (line.has("query")) {
            return query(line, name);
        }
        Duration delay = Duration.ofMillis(
                line.value("delay").map(text -> TimeSpan.parseMillis(text, 0)).orElse(0L));
        var target = new AttributeTarget.UntilReboot(node(line), delay);
        if (line.has("delete")) {
            return target.set(cluster, known, name, Optional.empty());
        }
        Optional<String> value = line.value("update-both").or(() -> line.value("update"));
        // A delay by itself changes nothing: each update here brings its own.
        return value.isEmpty() ? Said.NOTHING : target.set(cluster, known, name, value);
    }

    private ConfiguredNode node(Grammar.Line line) throws UsageException {
        String name = line.value("node")
                .filter(text -> !text.isEmpty())
                .orElse(known.self().name());
        return known.node(name).orElseThrow(() -> new UsageException("node " + name + " is not configured"));
    }

    private Said query(Grammar.Line line, String name) throws UsageException {
        List<ConfiguredNode> asked = line.has("all") ? known.nodes() : List.of(node(line));
        var lines = new StringBuilder();
        for (ConfiguredNode node : asked) {
            cluster.waiting(node.name(), name)
                    .map(Cluster.Waiting::value)
                    .orElseGet(() -> known.transientAttribute(node, name))
                    .ifPresent(value ->
                            lines.append("name=\"%s\" host=\"%s\" value=\"%s\"%n".formatted(name, node.name(), value)));
        }
        return lines.isEmpty()
                ? Said.failed(Said.NO_SUCH, "Could not query value of " + name + ": attribute does not exist")
                : new Said(0, lines.toString(), "");
    }
}
