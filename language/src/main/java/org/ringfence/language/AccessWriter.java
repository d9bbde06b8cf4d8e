package org.ringfence.language;

import java.util.Optional;
import org.ringfence.model.xml.Element;

/** Writes roles and users. */
final class AccessWriter {
    private AccessWriter() {}

    static void write(Line line, Element element) {
        line.word(element.id());
        for (Element child : element.children()) {
            switch (child.name()) {
                case "acl_permission" -> {
                    line.next(child.attribute("kind", ""));
                    what(line, child, "reference", "object-type");
                }
                case "role_ref" -> line.next("role:" + child.id());
                case "read", "write", "deny" -> {
                    line.next(child.name());
                    what(line, child, "ref", "tag");
                }
                default -> {}
            }
        }
    }

    private static void what(Line line, Element permission, String reference, String type) {
        Optional<String> path = permission.attribute("xpath");
        path.ifPresent(one -> line.word(AccessPaths.shortcut(one).orElseGet(() -> "xpath:" + Line.inQuotes(one))));
        permission.attribute(reference).ifPresent(id -> line.word("ref:" + id));
        permission.attribute(type).ifPresent(name -> line.word("type:" + name));
        permission.attribute("attribute").ifPresent(name -> line.word("attribute:" + name));
    }
}
