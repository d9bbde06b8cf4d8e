package org.ringfence.daemon.access;

import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.ringfence.model.xml.Element;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Which rights stand at which elements of one document, before those of the elements around them are looked at. */
final class Marks {
    private final IdentityHashMap<Element, Set<Right>> rights = new IdentityHashMap<>();
    private final IdentityHashMap<Element, Element> parents = new IdentityHashMap<>();

    private Marks() {}

    static Marks of(Element root, List<Permission> permissions) {
        var marks = new Marks();
        IdentityHashMap<Node, Element> elements = new IdentityHashMap<>();
        Document document;
        try {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("the JDK has a parser of XML", impossible);
        }
        document.appendChild(marks.built(document, root, elements));
        XPath language = XPathFactory.newInstance().newXPath();
        for (Permission permission : permissions) {
            for (Node node : found(language, document, permission)) {
                Element element = elements.get(node);
                if (element != null) {
                    marks.rights
                            .computeIfAbsent(element, _ -> EnumSet.noneOf(Right.class))
                            .add(permission.right());
                }
            }
        }
        return marks;
    }

    private Node built(Document document, Element element, IdentityHashMap<Node, Element> elements) {
        org.w3c.dom.Element node = document.createElement(element.name());
        element.attributes().forEach(node::setAttribute);
        elements.put(node, element);
        for (Element child : element.children()) {
            if (!child.name().equals(Element.COMMENT)) {
                parents.put(child, element);
                node.appendChild(built(document, child, elements));
            }
        }
        return node;
    }

    /** A path that cannot be used finds nothing, and so gives no right; one that denies denies all. */
    private static List<Node> found(XPath language, Document document, Permission permission) {
        NodeList nodes;
        try {
            nodes = (NodeList) language.evaluate(permission.path(), document, XPathConstants.NODESET);
        } catch (XPathExpressionException unusable) {
            return permission.right() == Right.DENY ? List.of(document.getDocumentElement()) : List.of();
        }
        var list = new java.util.ArrayList<Node>();
        for (int index = 0; index < nodes.getLength(); index++) {
            Node node = nodes.item(index);
            // An attribute that was found stands for its element.
            list.add(node instanceof org.w3c.dom.Attr attribute ? attribute.getOwnerElement() : node);
        }
        return list;
    }

    boolean mayRead(Element element) {
        return allows(element, false);
    }

    boolean mayWrite(Element element) {
        return allows(element, true);
    }

    private boolean allows(Element element, boolean toWrite) {
        for (Element at = element; at != null; at = parents.get(at)) {
            Set<Right> here = rights.getOrDefault(at, EnumSet.noneOf(Right.class));
            if (here.contains(Right.DENY)) {
                return false;
            }
            if (here.contains(Right.WRITE) || (!toWrite && here.contains(Right.READ))) {
                return true;
            }
        }
        return false;
    }
}
