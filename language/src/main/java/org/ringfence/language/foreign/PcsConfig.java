package org.ringfence.language.foreign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringfence.model.problem.Problem;

/**
 * What {@code pcs config} shows, of pcs 0.10 and 0.11: nodes, resources, fence devices and levels, constraints, defaults and
 * properties. It is made for people and leaves things out; what {@code pcs cluster cib} writes is the better source.
 */
public final class PcsConfig {
    private static final Pattern HEAD =
            Pattern.compile("(Resource|Group|Clone|Master|Bundle):\\s+(\\S+)(?:\\s+\\((.*)\\))?");
    private static final Pattern LEVEL = Pattern.compile("Level\\s+([0-9]+)\\s*[-:]\\s*(.*)");

    private final Source source;
    private final List<Problem> report = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private PcsConfig(Source source) {
        this.source = source;
    }

    /** Whether a text looks like what {@code pcs config} shows. */
    public static boolean looksLikeIt(String text) {
        return text.lines().anyMatch(line -> line.startsWith("Cluster Name:"))
                && text.lines()
                        .anyMatch(line -> line.startsWith("Pacemaker Nodes:") || line.startsWith("Corosync Nodes:"));
    }

    public static Imported read(Source source) {
        var config = new PcsConfig(source);
        Outline.of(source.text()).below().forEach(config::section);
        return new Imported(config.text.toString(), config.report);
    }

    private void section(Outline section) {
        switch (section.key()) {
            case "Pacemaker Nodes" ->
                section.below()
                        .forEach(line ->
                                Outline.words(line.text()).forEach(node -> text.append(new Statement("node", node))));
            case "Resources", "Stonith Devices" -> section.below().forEach(this::resource);
            case "Fencing Levels", "Stonith Levels" -> levels(section);
            case "Location Constraints", "Ordering Constraints", "Order Constraints", "Colocation Constraints" ->
                new PcsConstraints(this).section(section);
            case "Resources Defaults" -> defaults("rsc_defaults", section);
            case "Operations Defaults" -> defaults("op_defaults", section);
            case "Cluster Properties" -> properties(section);
            case "Cluster Name" -> note(section, "is the setting 'cluster' of ringfence.conf");
            case "Corosync Nodes" -> {}
            case "Quorum" -> {
                if (section.below().stream().anyMatch(line -> !line.key().equals("Options"))) {
                    note(section, "quorum is Ringfence's own: a majority of the nodes; with two nodes fencing decides");
                }
            }
            case "Ticket Constraints", "Alerts", "Tags", "Node Attributes", "Nodes Attributes" ->
                section.below().stream()
                        .filter(line -> !line.text().startsWith("No "))
                        .forEach(this::notUnderstood);
            default -> notUnderstood(section);
        }
    }

    void note(Outline line, String what) {
        report.add(new Problem(Problem.Severity.NOTE, source.line(line.number()), line.key(), what, ""));
    }

    void notUnderstood(Outline line) {
        report.add(Problem.warning(
                source.line(line.number()),
                line.text(),
                "is not in the result",
                "import what 'pcs cluster cib' writes, or add it by hand"));
    }

    void add(Statement statement) {
        text.append(statement);
    }

    private void resource(Outline line) {
        Matcher head = HEAD.matcher(line.text());
        if (!head.matches()) {
            if (!line.text().startsWith("No ")) {
                notUnderstood(line);
            }
            return;
        }
        String id = head.group(2);
        switch (head.group(1)) {
            case "Resource" -> primitive(line, id, head.group(3) == null ? "" : head.group(3));
            case "Bundle" -> notUnderstood(line);
            default -> {
                // What is inside is defined before it is named.
                List<String> members = new ArrayList<>();
                line.below().stream().filter(PcsConfig::isResource).forEach(inner -> {
                    resource(inner);
                    members.add(Outline.words(inner.value()).getFirst());
                });
                Statement statement = new Statement(head.group(1).equals("Group") ? "group" : "clone", id);
                members.forEach(statement::add);
                SequencedMap<String, String> meta = new LinkedHashMap<>();
                if (head.group(1).equals("Master")) {
                    meta.put("promotable", "true");
                }
                line.below().stream().filter(PcsConfig::isMeta).forEach(set -> meta.putAll(set.pairs()));
                add(statement.pairs("meta", meta));
                line.below().stream()
                        .filter(inner -> !isResource(inner) && !isMeta(inner))
                        .forEach(this::notUnderstood);
            }
        }
    }

    private static boolean isResource(Outline line) {
        return HEAD.matcher(line.text()).matches();
    }

    private static boolean isMeta(Outline line) {
        return line.key().equals("Meta Attrs") || line.key().equals("Meta Attributes");
    }

    private void primitive(Outline line, String id, String described) {
        SequencedMap<String, String> what = new Outline(line.number(), ":" + described, List.of()).pairs();
        String standard = what.getOrDefault("class", "");
        String provider = what.getOrDefault("provider", "");
        String agent = standard + ":" + (provider.isEmpty() ? "" : provider + ":") + what.getOrDefault("type", "");
        Statement statement = new Statement("primitive", id, agent);
        for (Outline part : line.below()) {
            switch (part.key()) {
                case "Attributes" -> statement.pairs("params", part.pairs());
                case "Meta Attrs", "Meta Attributes" -> statement.pairs("meta", part.pairs());
                case "Utilization" -> statement.pairs("utilization", part.pairs());
                case "Operations" -> operations(part, statement);
                default -> notUnderstood(part);
            }
        }
        add(statement);
    }

    /** One operation a line, {@code monitor interval=10s (ID)}; or its name and id, with what it has below. */
    private void operations(Outline part, Statement statement) {
        if (!part.value().isEmpty()) {
            operation(part.value(), statement);
        }
        for (Outline line : part.below()) {
            if (line.below().isEmpty()) {
                operation(line.text(), statement);
            } else {
                SequencedMap<String, String> pairs = new LinkedHashMap<>();
                line.below()
                        .forEach(inner ->
                                pairs.putAll(new Outline(inner.number(), ":" + inner.text(), inner.below()).pairs()));
                statement.pairs("op " + line.key(), pairs);
            }
        }
    }

    private static void operation(String written, Statement statement) {
        List<String> words = Outline.words(written);
        if (!words.isEmpty()) {
            statement.pairs("op " + words.getFirst(), new Outline(0, ":" + written, List.of()).pairs());
        }
    }

    private void levels(Outline section) {
        for (Outline target : section.below()) {
            String node = target.value();
            Statement statement = new Statement("fencing_topology", node + ":");
            boolean all = !node.isEmpty() && target.key().startsWith("Target");
            for (Outline line : target.below()) {
                Matcher level = LEVEL.matcher(line.text());
                all &= level.matches();
                if (level.matches()) {
                    statement.add(String.join(",", level.group(2).strip().split("[,\\s]+")));
                }
            }
            if (all) {
                add(statement);
            } else {
                notUnderstood(target);
            }
        }
    }

    private void defaults(String keyword, Outline section) {
        SequencedMap<String, String> pairs = section.pairs();
        if (!pairs.isEmpty()) {
            add(new Statement().pairs(keyword, pairs));
        }
    }

    /** {@code name: value} a line; newer ones are {@code name=value} below the name of their set. */
    private void properties(Outline section) {
        SequencedMap<String, String> properties = new LinkedHashMap<>(section.pairs());
        for (Outline line : section.below()) {
            if (!line.value().isEmpty() && !line.text().contains("=")) {
                properties.put(line.key(), line.value());
            }
        }
        // What a cluster writes about itself.
        List.of("cluster-infrastructure", "cluster-name", "dc-version", "have-watchdog", "last-lrm-refresh")
                .forEach(properties::remove);
        properties.values().removeIf(String::isEmpty);
        properties.keySet().removeIf(name -> name.contains(" "));
        if (!properties.isEmpty()) {
            add(new Statement().pairs("property", properties));
        }
    }
}
