package org.ringfence.model.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

/**
 * Reads an XML 1.0 document into elements that know where they stood. Document types, and with them entities of one's
 * own and anything that would reach outside the text, are refused. Comments inside the root are kept as elements named
 * {@link Element#COMMENT}; processing instructions are passed over.
 *
 * <p>Hand-written because the JDK's readers name the place where a tag ends rather than where it begins, and need three
 * times the memory. One pass, no recursion.
 */
public final class XmlReader {
    /** Deeper nesting than any format read here has; a bound on what others may recurse into. */
    private static final int MAX_DEPTH = 250;

    private final XmlScanner in;
    private final ArrayList<OpenElement> open = new ArrayList<>();
    private final ArrayList<String> pairs = new ArrayList<>();
    private final String section;
    private final Consumer<Element> taker;
    private @Nullable Element root;

    private XmlReader(String text, String file, String section, Consumer<Element> taker) {
        this.in = new XmlScanner(text, file);
        this.section = section;
        this.taker = taker;
    }

    /** A start tag whose end tag is still to come. */
    private static final class OpenElement {
        final String name;
        final Attributes attributes;
        final Place place;
        final ArrayList<Element> children = new ArrayList<>();
        String text = "";

        OpenElement(String name, Attributes attributes, Place place) {
            this.name = name;
            this.attributes = attributes;
            this.place = place;
        }

        Element close() {
            return new Element(name, attributes, children, text.strip(), place);
        }
    }

    /**
     * @param file how problems and places call the text
     * @throws UnusableInputException when it is not well-formed, with line, column and element
     */
    public static Element read(String text, String file) throws UnusableInputException {
        return read(text, file, "", _ -> {});
    }

    /**
     * The same for a document with a part too large to be held as elements.
     *
     * @param section name of a child of the root whose own children are not kept
     * @param taker   gets each of those as soon as it is read, in order; also of a document that turns out to be unusable
     */
    public static Element read(String text, String file, String section, Consumer<Element> taker)
            throws UnusableInputException {
        return new XmlReader(text, file, section, taker).document();
    }

    private Element document() throws UnusableInputException {
        while (!in.atEnd()) {
            if (in.take("<!--")) {
                comment();
            } else if (in.take("<![CDATA[")) {
                text(in.until("]]>", "the CDATA section is not closed"));
            } else if (in.take("<?")) {
                in.until("?>", "the processing instruction is not closed");
            } else if (in.startsWith("<!")) {
                throw in.unusable("", "document types and entities are refused", "remove the <!DOCTYPE ...>");
            } else if (in.startsWith("</")) {
                endTag();
            } else if (in.startsWith("<")) {
                startTag();
            } else {
                text(in.characterData());
            }
        }
        if (!open.isEmpty()) {
            OpenElement last = open.getLast();
            throw unusable(last.place, name(last.name, last.attributes), "is never closed", "add </" + last.name + ">");
        }
        if (root == null) {
            throw in.unusable("", "there is no element in it", "");
        }
        return root;
    }

    private void startTag() throws UnusableInputException {
        Place place = in.place();
        in.take("<");
        String name = in.name("", "an element's name");
        if (root != null && open.isEmpty()) {
            throw unusable(place, name, "stands after the end of the document", "remove it");
        }
        pairs.clear();
        while (true) {
            boolean space = in.skipSpace();
            if (in.take("/>")) {
                add(new Element(name, attributes(), List.of(), "", place));
                return;
            }
            if (in.take(">")) {
                break;
            }
            if (!space) {
                throw in.unusable(name(name, attributes()), "white space or the end of the tag is missing", "");
            }
            attribute(name);
        }
        if (open.size() >= MAX_DEPTH) {
            throw unusable(place, name, "is nested deeper than " + MAX_DEPTH + " elements", "");
        }
        open.add(new OpenElement(name, attributes(), place));
    }

    private void attribute(String element) throws UnusableInputException {
        int from = in.at();
        String key = in.name(element, "an attribute's name or the end of the tag");
        for (int index = 0; index < pairs.size(); index += 2) {
            if (pairs.get(index).equals(key)) {
                throw unusable(in.place(from), name(element, attributes()), "attribute '" + key + "' stands twice", "");
            }
        }
        in.skipSpace();
        if (!in.take("=")) {
            throw in.unusable(name(element, attributes()), "'=' is missing after attribute '" + key + "'", "");
        }
        in.skipSpace();
        pairs.add(key);
        pairs.add(in.quoted(element));
    }

    private void endTag() throws UnusableInputException {
        int from = in.at();
        in.take("</");
        String name = in.name("", "an element's name");
        in.skipSpace();
        if (!in.take(">")) {
            throw in.unusable(name, "the end tag is not closed", "");
        }
        if (open.isEmpty()) {
            throw unusable(in.place(from), name, "is closed but was never opened", "remove </" + name + ">");
        }
        OpenElement last = open.removeLast();
        if (!last.name.equals(name)) {
            throw unusable(
                    in.place(from),
                    name(last.name, last.attributes),
                    "opened at line " + last.place.line() + ", is not closed before </" + name + ">",
                    "add </" + last.name + ">");
        }
        add(last.close());
    }

    private void comment() throws UnusableInputException {
        Place place = in.place();
        String comment = in.until("-->", "the comment is not closed");
        if (!open.isEmpty()) {
            add(new Element(Element.COMMENT, Attributes.NONE, List.of(), comment, place));
        }
    }

    private void text(String text) throws UnusableInputException {
        if (text.isBlank()) {
            return;
        }
        if (open.isEmpty()) {
            throw in.unusable("", "there is text outside of any element", "this is not XML, or text around it");
        }
        OpenElement last = open.getLast();
        last.text = last.text + text;
    }

    private void add(Element element) {
        if (open.isEmpty()) {
            root = element;
        } else if (open.size() == 2 && open.getLast().name.equals(section)) {
            taker.accept(element);
        } else {
            open.getLast().children.add(element);
        }
    }

    private Attributes attributes() {
        return Attributes.ofPairs(pairs.toArray(String[]::new));
    }

    private static String name(String element, Attributes attributes) {
        String id = attributes.getOrDefault("id", "");
        return id.isEmpty() ? element : element + " \"" + id + "\"";
    }

    private static UnusableInputException unusable(Place place, String element, String text, String remedy) {
        return new UnusableInputException(Problem.error(place, element, text, remedy));
    }
}
