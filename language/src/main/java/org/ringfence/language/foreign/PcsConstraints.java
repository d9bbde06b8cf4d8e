package org.ringfence.language.foreign;

import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The constraints that {@code pcs config} shows, old manner and new; those with rules and sets are named in the report. */
final class PcsConstraints {
    private static final Pattern PREFERS =
            Pattern.compile("resource '([^']+)' (prefers|avoids) node '([^']+)' with score (\\S+)");
    private static final Pattern NODE = Pattern.compile("(?:Node: )?(\\S+) \\(score:([^)]+)\\).*");
    private static final Pattern ORDER = Pattern.compile(
            "(start|promote|demote|stop) (?:resource )?'?([^' ]+)'? then (start|promote|demote|stop) (?:resource"
                    + " )?'?([^' ]+)'?(.*)");
    private static final Pattern TOGETHER =
            Pattern.compile("(?:(Started|Promoted|Master|Slave|Unpromoted) )?(?:resource )?'?([^' ]+)'? with"
                    + " (?:(Started|Promoted|Master|Slave|Unpromoted) )?(?:resource )?'?([^' ]+)'?(.*)");
    private static final Pattern OPTION = Pattern.compile("\\(([a-z-]+):([^)]+)\\)");

    private final PcsConfig config;
    private int count;

    PcsConstraints(PcsConfig config) {
        this.config = config;
    }

    void section(Outline section) {
        for (Outline line : section.below()) {
            switch (section.key()) {
                case "Location Constraints" -> location(line);
                case "Colocation Constraints" -> together(line);
                default -> order(line);
            }
        }
    }

    private String id(String kind, String... names) {
        count++;
        return kind + "-" + String.join("-", names) + "-" + count;
    }

    private void location(Outline line) {
        Matcher prefers = PREFERS.matcher(line.text());
        if (prefers.lookingAt()) {
            String score = prefers.group(2).equals("avoids") ? negative(prefers.group(4)) : prefers.group(4);
            config.add(new Statement(
                    "location",
                    id("location", prefers.group(1), prefers.group(3)),
                    prefers.group(1),
                    score + ":",
                    prefers.group(3)));
            return;
        }
        if (!line.key().equals("Resource")) {
            config.notUnderstood(line);
            return;
        }
        for (Outline kind : line.below()) {
            boolean enabled = kind.key().equals("Enabled on");
            if (!enabled && !kind.key().equals("Disabled on")) {
                config.notUnderstood(kind);
                continue;
            }
            if (!kind.value().isEmpty()) {
                node(line.value(), enabled, kind, kind.value());
            }
            kind.below().forEach(node -> node(line.value(), enabled, node, node.text()));
        }
    }

    private void node(String resource, boolean enabled, Outline line, String written) {
        Matcher node = NODE.matcher(written);
        if (!node.matches()) {
            config.notUnderstood(line);
            return;
        }
        String score = enabled ? node.group(2) : negative(node.group(2));
        config.add(new Statement(
                "location", id("location", resource, node.group(1)), resource, score + ":", node.group(1)));
    }

    private static String negative(String score) {
        return score.startsWith("-") ? score : "-" + score;
    }

    private SequencedMap<String, String> options(Outline line, String rest) {
        SequencedMap<String, String> options = new Outline(line.number(), ":" + rest, line.below()).pairs();
        Matcher option = OPTION.matcher(rest);
        while (option.find()) {
            options.put(option.group(1), option.group(2));
        }
        return options;
    }

    private void order(Outline line) {
        Matcher order = ORDER.matcher(line.text());
        if (!order.matches()) {
            config.notUnderstood(line);
            return;
        }
        SequencedMap<String, String> options = options(line, order.group(5));
        Statement statement = new Statement(
                "order",
                id("order", order.group(2), order.group(4)),
                options.getOrDefault("kind", "Mandatory") + ":",
                order.group(2) + ":" + order.group(1),
                order.group(4) + ":" + order.group(3));
        String symmetrical = options.getOrDefault("symmetrical", "");
        if (!symmetrical.isEmpty() || line.text().contains("(non-symmetrical)")) {
            statement.add("symmetrical=" + (symmetrical.equals("1") || symmetrical.equals("true")));
        }
        config.add(statement);
    }

    private void together(Outline line) {
        Matcher together = TOGETHER.matcher(line.text());
        if (!together.matches()) {
            config.notUnderstood(line);
            return;
        }
        SequencedMap<String, String> options = options(line, together.group(5));
        config.add(new Statement(
                "colocation",
                id("colocation", together.group(2), together.group(4)),
                options.getOrDefault("score", "INFINITY") + ":",
                together.group(2) + role(together.group(1), options.get("rsc-role")),
                together.group(4) + role(together.group(3), options.get("with-rsc-role"))));
    }

    private static String role(
            @org.jspecify.annotations.Nullable String before, @org.jspecify.annotations.Nullable String option) {
        for (String role : List.of(before == null ? "" : before, option == null ? "" : option)) {
            if (!role.isEmpty() && !role.equals("Started")) {
                return ":" + role.replace("Master", "Promoted").replace("Slave", "Unpromoted");
            }
        }
        return "";
    }
}
