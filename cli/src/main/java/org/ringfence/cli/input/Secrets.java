package org.ringfence.cli.input;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.ringfence.model.xml.Element;

/**
 * What a configuration holds that is nobody else's to know: the values of parameters whose names say so.
 *
 * @param values longest first, so that one within another is removed with it
 */
public record Secrets(List<String> values) {
    public static final Secrets NONE = new Secrets(List.of());

    private static final String REMOVED = "(removed)";
    private static final Pattern NAME = Pattern.compile(
            "(?i).*(passw|passwd|secret|token|credential|private_?key|access_?key|api_?key|community|snmp_auth|snmp_priv|(^|_)pass$|(^|_)pin$|ssh_?key).*");
    /** A script that fetches a password, and a file that holds one, are no secrets; they are what support asks for. */
    private static final Pattern NO_SECRET = Pattern.compile("(?i).*(_script|_file|_path|_prompt)$");

    /** Shorter ones would take half of every text with them. */
    private static final int ELSEWHERE_LEAST = 4;

    public Secrets {
        values = List.copyOf(values);
    }

    public static Secrets of(Element root) {
        var found = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        collect(root, found);
        return new Secrets(new ArrayList<>(found));
    }

    static boolean isSecret(String name) {
        return NAME.matcher(name).matches() && !NO_SECRET.matcher(name).matches();
    }

    private static void collect(Element element, TreeSet<String> found) {
        if (isSecretPair(element)) {
            found.add(element.attribute("value", ""));
        }
        element.children().forEach(child -> collect(child, found));
    }

    private static boolean isSecretPair(Element element) {
        return element.name().equals("nvpair")
                && isSecret(element.attribute("name", ""))
                && !element.attribute("value", "").isEmpty();
    }

    public Element removedFrom(Element element) {
        if (isSecretPair(element)) {
            return element.withAttribute("value", REMOVED);
        }
        return element.withChildren(
                element.children().stream().map(this::removedFrom).toList());
    }

    /** A text without them, also as JSON and XML write them. */
    public String removedFrom(String text) {
        String cleared = text;
        for (String value : values) {
            if (value.length() >= ELSEWHERE_LEAST) {
                cleared = cleared.replace(value, REMOVED)
                        .replace(value.replace("\\", "\\\\").replace("\"", "\\\""), REMOVED)
                        .replace(
                                value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"), REMOVED);
            }
        }
        return cleared;
    }
}
