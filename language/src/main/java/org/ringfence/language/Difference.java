package org.ringfence.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ringfence.model.xml.Element;

/**
 * One statement that differs between two configurations.
 *
 * @param element what it defines, as a person calls it: {@code primitive web}
 * @param lines   each with {@code "+ "}, {@code "- "} or two spaces before it
 */
public record Difference(Change change, String element, List<String> lines) {
    public Difference {
        lines = List.copyOf(lines);
    }

    /** What became of it. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED,
        /** It says the same and stands elsewhere, which can decide where equals go. */
        MOVED
    }

    /** What has to be done to {@code former} to make {@code now} of it, in the order of the text; what was removed comes first. */
    public static List<Difference> between(Element former, Element now) {
        Map<Definition.Key, ConfigurationText.Written> before = byKey(former);
        Map<Definition.Key, ConfigurationText.Written> after = byKey(now);
        var differences = new ArrayList<Difference>();
        before.forEach((key, written) -> {
            if (!after.containsKey(key)) {
                differences.add(of(Change.REMOVED, written, LineDifference.between(lines(written), List.of())));
            }
        });
        after.forEach((key, written) -> {
            ConfigurationText.Written old = before.get(key);
            if (old == null) {
                differences.add(of(Change.ADDED, written, LineDifference.between(List.of(), lines(written))));
            } else if (!old.text().equals(written.text())) {
                differences.add(of(Change.CHANGED, written, LineDifference.between(lines(old), lines(written))));
            }
        });
        var oldOrder = new ArrayList<>(before.keySet());
        var newOrder = new ArrayList<>(after.keySet());
        oldOrder.retainAll(after.keySet());
        newOrder.retainAll(before.keySet());
        var places = new ArrayList<>(oldOrder);
        after.forEach((key, written) -> {
            int index = newOrder.indexOf(key);
            if (index >= 0 && !places.get(index).equals(key)) {
                differences.add(
                        new Difference(Change.MOVED, written.definition().label(), List.of()));
                places.remove(key);
                places.add(index, key);
            }
        });
        return List.copyOf(differences);
    }

    private static Map<Definition.Key, ConfigurationText.Written> byKey(Element configuration) {
        var byKey = new LinkedHashMap<Definition.Key, ConfigurationText.Written>();
        ConfigurationText.statements(configuration)
                .forEach(written -> byKey.put(written.definition().key(), written));
        return byKey;
    }

    private static Difference of(Change change, ConfigurationText.Written written, List<String> lines) {
        return new Difference(change, written.definition().label(), lines);
    }

    private static List<String> lines(ConfigurationText.Written written) {
        return written.text().lines().toList();
    }
}
