package org.ringfence.language;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;

/** Puts two definitions of the same thing together. */
final class Merging {
    private Merging() {}

    /**
     * A set of properties or defaults with what a later statement adds; of two pairs of the same name the later counts. A section
     * of its own gets the later one's children.
     */
    static Definition joined(Definition former, Definition later) {
        Element joined = former.element();
        for (var attribute : later.element().attributes().entrySet()) {
            joined = joined.withAttribute(attribute.getKey(), attribute.getValue());
        }
        var children = new ArrayList<>(joined.children());
        for (Element child : later.element().children()) {
            int same = former.kind() == Kind.OTHER ? -1 : indexOf(children, child);
            if (same < 0) {
                children.add(child);
            } else {
                children.set(same, child.withAttribute("id", children.get(same).id()));
            }
        }
        return new Definition(former.kind(), joined.withChildren(children));
    }

    private static int indexOf(List<Element> children, Element pair) {
        for (int index = 0; index < children.size(); index++) {
            Element child = children.get(index);
            if (pair.name().equals("nvpair")
                    && child.name().equals("nvpair")
                    && child.attribute("name", "").equals(pair.attribute("name", ""))
                    && child.attributes().containsKey("name")
                    && pair.attributes().containsKey("id")) {
                return index;
            }
        }
        return -1;
    }

    static Definition withOperation(Definition primitive, Element operation) {
        Element operations = primitive
                .element()
                .child("operations")
                .orElseGet(() -> Element.of("operations", Attributes.NONE, List.of()));
        var children = new ArrayList<>(primitive.element().children());
        int at = children.indexOf(operations);
        var more = new ArrayList<>(operations.children());
        more.add(operation);
        if (at < 0) {
            children.add(operations.withChildren(more));
        } else {
            children.set(at, operations.withChildren(more));
        }
        return new Definition(primitive.kind(), primitive.element().withChildren(children));
    }
}
