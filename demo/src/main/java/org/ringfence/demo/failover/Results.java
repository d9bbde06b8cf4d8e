package org.ringfence.demo.failover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.StringJoiner;
import java.util.TreeSet;

/** Figures by what was measured and by whom, and the two forms in which they are written down. */
final class Results {
    static final String OURS = "Ringfence";
    static final String PEER = "Pacemaker + Corosync";

    private final SequencedMap<String, Row> rows = new LinkedHashMap<>();

    /** @param target the most that is wanted of Ringfence, in words; empty when nothing was set */
    private record Row(String unit, String target, Map<String, List<Double>> values) {}

    void declare(String what, String unit, String target) {
        rows.computeIfAbsent(what, _ -> new Row(unit, target, new LinkedHashMap<>()));
    }

    void add(String what, String stack, double value) {
        Row row = rows.get(what);
        if (row == null) {
            throw new IllegalArgumentException(what + " was not declared");
        }
        row.values.computeIfAbsent(stack, _ -> new ArrayList<>()).add(value);
    }

    private static Optional<Double> median(Row row, String stack) {
        List<Double> sorted =
                row.values.getOrDefault(stack, List.of()).stream().sorted().toList();
        int size = sorted.size();
        return size == 0 ? Optional.empty() : Optional.of((sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2);
    }

    /** {@code median (least to most, of n)}. */
    private static String cell(Row row, String stack) {
        Optional<Double> median = median(row, stack);
        if (median.isEmpty()) {
            return "not measured";
        }
        var values = new TreeSet<>(row.values.getOrDefault(stack, List.of()));
        int count = row.values.getOrDefault(stack, List.of()).size();
        return count == 1
                ? number(median.get()) + " " + row.unit
                : "%s %s (%s to %s, %d runs)"
                        .formatted(
                                number(median.get()), row.unit, number(values.first()), number(values.last()), count);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }

    String markdown() {
        var lines = new StringJoiner("\n", "", "\n");
        lines.add("| what | " + OURS + " | " + PEER + " | ratio | wanted |");
        lines.add("|---|---|---|---|---|");
        rows.forEach((what, row) -> {
            Optional<Double> ours = median(row, OURS);
            Optional<Double> peer = median(row, PEER).filter(value -> value > 0);
            String ratio = ours.isPresent() && peer.isPresent() ? number(ours.get() / peer.get()) : "";
            lines.add(
                    "| %s | %s | %s | %s | %s |".formatted(what, cell(row, OURS), cell(row, PEER), ratio, row.target));
        });
        return lines.toString();
    }

    String json() {
        var all = new StringJoiner(",\n", "[\n", "\n]\n");
        rows.forEach((what, row) -> {
            var values = new StringJoiner(",", "{", "}");
            row.values.forEach((stack, figures) -> values.add("\"%s\":%s".formatted(stack, figures)));
            all.add("{\"what\":\"%s\",\"unit\":\"%s\",\"wanted\":\"%s\",\"values\":%s}"
                    .formatted(what, row.unit, row.target, values));
        });
        return all.toString();
    }
}
