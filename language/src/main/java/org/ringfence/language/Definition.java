package org.ringfence.language;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.model.xml.Element;

/**
 * What one statement says, as an element. A resource that has others inside names them by elements called
 * {@link Definitions#MEMBER}; comments come first in it.
 */
public record Definition(Kind kind, Element element) {

    /** Empty for the fencing topology, of which there is one. */
    public String id() {
        return switch (kind) {
            case FENCING_TOPOLOGY -> "";
            case OTHER -> element.name();
            default -> element.id();
        };
    }

    /** How a person calls it: {@code primitive web}. */
    public String label() {
        return id().isEmpty() ? kind.keyword() : kind.keyword() + " " + id();
    }

    /** Two of the same key are the same thing; a primitive may become a clone and stay it. */
    Key key() {
        String section = switch (kind) {
            case FENCING_TOPOLOGY -> kind.element();
            case OTHER -> "other";
            default -> kind.section();
        };
        return new Key(section, id());
    }

    record Key(String section, String id) {}

    List<String> members() {
        return element.children(Definitions.MEMBER).stream().map(Element::id).toList();
    }

    Definition withComments(List<Element> comments) {
        if (comments.isEmpty()) {
            return this;
        }
        var children = new ArrayList<>(comments);
        children.addAll(element.children());
        return new Definition(kind, element.withChildren(children));
    }
}
