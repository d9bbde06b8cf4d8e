package org.ringfence.daemon.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.ringfence.model.xml.Element;

/**
 * Goes through two documents side by side and collects what was changed without the right to. What is there before and after has
 * to be writable in both, so that no change gives a right to itself.
 */
final class PermittedChange {
    private final Marks before;
    private final Marks after;
    private final List<Element> refused = new ArrayList<>();

    PermittedChange(Marks before, Marks after) {
        this.before = before;
        this.after = after;
    }

    List<Element> refused() {
        return refused;
    }

    void compare(Element old, Element now) {
        if (old.equals(now)) {
            return;
        }
        SequencedMap<String, Element> former = byKey(old);
        SequencedMap<String, Element> present = byKey(now);
        boolean changed = !old.attributes().equals(now.attributes())
                || !old.text().equals(now.text())
                || isReordered(former, present);
        if (changed && !(before.mayWrite(old) && after.mayWrite(now))) {
            refused.add(now);
        }
        former.forEach((key, child) -> {
            Element counterpart = present.get(key);
            if (counterpart != null) {
                compare(child, counterpart);
            } else {
                goes(child);
            }
        });
        present.forEach((key, child) -> {
            if (!former.containsKey(key)) {
                comes(child);
            }
        });
    }

    /** By name and id, or by name and number among those without an id. */
    private static SequencedMap<String, Element> byKey(Element element) {
        var found = new LinkedHashMap<String, Element>();
        var counts = new TreeMap<String, Integer>();
        for (Element child : element.children()) {
            if (!child.name().equals(Element.COMMENT)) {
                String key = child.name() + "\n" + child.id();
                found.put(key + "\n" + counts.merge(key, 1, Integer::sum), child);
            }
        }
        return found;
    }

    private static boolean isReordered(SequencedMap<String, Element> former, SequencedMap<String, Element> present) {
        List<String> kept =
                former.keySet().stream().filter(present::containsKey).toList();
        List<String> now = present.keySet().stream().filter(former::containsKey).toList();
        return !kept.equals(now);
    }

    private void goes(Element element) {
        if (!before.mayWrite(element)) {
            refused.add(element);
            return;
        }
        element.children().stream()
                .filter(child -> !child.name().equals(Element.COMMENT))
                .forEach(this::goes);
    }

    /** What only holds something together, such as a set around a value, comes with what it holds. */
    private void comes(Element element) {
        boolean holder = !element.children().isEmpty()
                && element.attributes().keySet().stream().allMatch("id"::equals);
        if (!holder && !after.mayWrite(element)) {
            refused.add(element);
            return;
        }
        element.children().stream()
                .filter(child -> !child.name().equals(Element.COMMENT))
                .forEach(this::comes);
    }
}
