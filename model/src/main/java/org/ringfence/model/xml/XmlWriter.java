package org.ringfence.model.xml;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes elements as text: two spaces a level, attributes in their order, the same text for equal elements. */
public final class XmlWriter {
    private final StringBuilder out = new StringBuilder();

    private XmlWriter() {}

    /** @return the element as a document without an XML declaration, ended by a line feed */
    public static String write(Element root) {
        var writer = new XmlWriter();
        writer.element(root, 0);
        return writer.out.toString();
    }

    /**
     * The same text piece by piece, for a document too large to be held as a whole.
     *
     * @param root     its children do not count
     * @param children asked for one at a time
     */
    public static void write(Element root, Iterator<Element> children, Consumer<String> taker) {
        if (!children.hasNext()) {
            taker.accept(write(root.withChildren(List.of())));
            return;
        }
        var writer = new XmlWriter();
        writer.begin(root);
        writer.out.append('>');
        writer.escaped(root.text(), false);
        writer.out.append('\n');
        while (children.hasNext()) {
            writer.element(children.next(), 1);
            taker.accept(writer.out.toString());
            writer.out.setLength(0);
        }
        writer.end(root);
        taker.accept(writer.out.toString());
    }

    private void element(Element element, int depth) {
        out.repeat("  ", depth);
        if (element.name().equals(Element.COMMENT)) {
            out.append("<!--").append(element.text()).append("-->\n");
            return;
        }
        begin(element);
        if (element.children().isEmpty()) {
            if (element.text().isEmpty()) {
                out.append("/>\n");
            } else {
                out.append('>');
                escaped(element.text(), false);
                end(element);
            }
            return;
        }
        out.append('>');
        escaped(element.text(), false);
        out.append('\n');
        for (Element child : element.children()) {
            element(child, depth + 1);
        }
        out.repeat("  ", depth);
        end(element);
    }

    /** A start tag but for what closes it. */
    private void begin(Element element) {
        out.append('<').append(element.name());
        for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
            out.append(' ').append(attribute.getKey()).append("=\"");
            escaped(attribute.getValue(), true);
            out.append('"');
        }
    }

    private void end(Element element) {
        out.append("</").append(element.name()).append(">\n");
    }

    private void escaped(String value, boolean attribute) {
        for (int index = 0; index < value.length(); index++) {
            char found = value.charAt(index);
            switch (found) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(attribute ? "&quot;" : "\"");
                case '\n', '\t', '\r' -> {
                    if (attribute || found == '\r') {
                        out.append("&#").append((int) found).append(';');
                    } else {
                        out.append(found);
                    }
                }
                default -> out.append(found);
            }
        }
    }
}
