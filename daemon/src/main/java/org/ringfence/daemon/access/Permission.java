package org.ringfence.daemon.access;

import java.util.Locale;
import java.util.Optional;
import org.ringfence.model.xml.Element;

/**
 * One {@code acl_permission}.
 *
 * @param path the XPath of the elements that it is about
 */
public record Permission(String id, Right right, String path) {

    /** Empty for one that names nothing, or no right: it allows nothing. */
    static Optional<Permission> read(Element element) {
        Right right;
        switch (element.attribute("kind", "").toLowerCase(Locale.ROOT)) {
            case "read" -> right = Right.READ;
            case "write" -> right = Right.WRITE;
            case "deny" -> right = Right.DENY;
            default -> {
                return Optional.empty();
            }
        }
        return path(element).map(path -> new Permission(element.id(), right, path));
    }

    private static Optional<String> path(Element element) {
        Optional<String> path = element.attribute("xpath");
        Optional<String> reference = element.attribute("reference");
        Optional<String> type = element.attribute("object-type");
        if (path.isPresent()) {
            return path;
        }
        if (reference.isPresent()) {
            return Optional.of("//" + type.orElse("*") + "[@id=" + quoted(reference.get()) + "]");
        }
        return type.map(tag -> "//" + tag
                + element.attribute("attribute").map(name -> "[@" + name + "]").orElse(""));
    }

    private static String quoted(String text) {
        return text.contains("'") ? "\"" + text + "\"" : "'" + text + "'";
    }
}
