package org.ringfence.model.xml;

import java.util.Map;

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

    private void element(Element element, int depth) {
        out.repeat("  ", depth);
        if (element.name().equals(Element.COMMENT)) {
            out.append("<!--").append(element.text()).append("-->\n");
            return;
        }
        out.append('<').append(element.name());
        for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
            out.append(' ').append(attribute.getKey()).append("=\"");
            escaped(attribute.getValue(), true);
            out.append('"');
        }
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
