package org.ringfence.daemon.helpers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;

/** Sets of names and values in the configuration's XML. */
final class Pairs {
    private Pairs() {}

    /**
     * The value under {@code name} in any set of this kind that {@code owner} has, the first one's first.
     *
     * @param setId only this set; empty for all
     */
    static Optional<String> value(Element owner, String kind, Optional<String> setId, String name) {
        return owner.children(kind).stream()
                .filter(set -> setId.isEmpty() || setId.get().equals(set.id()))
                .flatMap(set -> set.children("nvpair").stream())
                .filter(pair -> pair.attribute("name", "").equals(name))
                .flatMap(pair -> pair.attribute("value").stream())
                .findFirst();
    }

    /** {@code owner} with a pair set where it stands, else in the named set, which is made if need be; or without it. */
    static Element with(Element owner, String kind, String setId, String name, Optional<String> value) {
        for (Element set : owner.children(kind)) {
            for (Element pair : set.children("nvpair")) {
                if (pair.attribute("name", "").equals(name)) {
                    return owner.withChild(value.map(text -> set.withChild(pair.withAttribute("value", text)))
                            .orElseGet(() -> without(set, pair)));
                }
            }
        }
        if (value.isEmpty()) {
            return owner;
        }
        Element set = owner.children(kind).stream()
                .filter(known -> known.id().equals(setId))
                .findFirst()
                .orElseGet(() -> Element.of(kind, attributes("id", setId), List.of()));
        Element pair = Element.of(
                "nvpair", attributes("id", setId + "-" + idOf(name), "name", name, "value", value.get()), List.of());
        return owner.withChild(set.withChild(pair));
    }

    private static Element without(Element set, Element pair) {
        List<Element> kept = new ArrayList<>(set.children());
        kept.remove(pair);
        return set.withChildren(kept);
    }

    /** An XML id has no spaces, colons and the like. */
    private static String idOf(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    static SequencedMap<String, String> attributes(String... pairs) {
        var attributes = new LinkedHashMap<String, String>();
        for (int index = 0; index < pairs.length; index += 2) {
            attributes.put(pairs[index], pairs[index + 1]);
        }
        return attributes;
    }

    static Element section(Cib cib, String name) {
        return cib.configurationElement().child(name).orElseGet(() -> Element.of(name, Attributes.NONE, List.of()));
    }

    /** The element of this id anywhere below. */
    static Optional<Element> byId(Element from, String id) {
        for (Element child : from.children()) {
            if (child.id().equals(id)) {
                return Optional.of(child);
            }
            Optional<Element> found = byId(child, id);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
