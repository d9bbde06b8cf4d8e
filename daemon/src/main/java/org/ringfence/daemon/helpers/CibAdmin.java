package org.ringfence.daemon.helpers;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlWriter;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** {@code cibadmin -Q}: the configuration and the status as XML, the whole, a section, or what an XPath finds. */
final class CibAdmin {
    private static final Grammar GRAMMAR = Grammar.of(
            "Q:query",
            "o:scope=",
            ":obj_type=>scope",
            "A:xpath=",
            "l:local",
            "s:sync-call",
            "n:no-children",
            "f:force",
            "t:timeout=",
            "V:verbose");

    private CibAdmin() {}

    static Said run(Known known, List<String> arguments) throws UsageException {
        Grammar.Line line = GRAMMAR.read(arguments);
        if (!line.has("query")) {
            throw new UsageException("only queries (-Q) are offered; changes are made with 'ringfence configure'");
        }
        String whole = known.cib().write();
        if (line.has("xpath")) {
            return found(whole, line.value("xpath").orElse(""), line.has("no-children"));
        }
        if (line.has("scope")) {
            return section(known, line.value("scope").orElse(""));
        }
        return new Said(0, whole, "");
    }

    private static Said section(Known known, String name) {
        if (name.equals("status")) {
            return found(known.cib().write(), "/cib/status", false);
        }
        Element configuration = known.cib().configurationElement();
        return (name.equals("configuration") ? java.util.Optional.of(configuration) : configuration.child(name))
                .map(element -> new Said(0, XmlWriter.write(element), ""))
                .orElseGet(CibAdmin::nothing);
    }

    private static Said nothing() {
        return Said.failed(Said.NO_SUCH, "Call cib_query failed: No such device or address");
    }

    private static Said found(String whole, String path, boolean bare) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(whole)));
            var nodes = (NodeList)
                    XPathFactory.newInstance().newXPath().compile(path).evaluate(document, XPathConstants.NODESET);
            if (nodes.getLength() == 0) {
                return nothing();
            }
            var text = new StringBuilder();
            for (int index = 0; index < nodes.getLength(); index++) {
                text.append(text(bare ? nodes.item(index).cloneNode(false) : nodes.item(index)));
            }
            return new Said(
                    0, nodes.getLength() == 1 ? text.toString() : "<xpath-query>\n" + text + "</xpath-query>\n", "");
        } catch (XPathExpressionException unusable) {
            return Said.failed(Said.USAGE, "the XPath cannot be used: " + unusable.getMessage());
        } catch (ParserConfigurationException | SAXException | java.io.IOException | TransformerException impossible) {
            throw new IllegalStateException("what was written can be read", impossible);
        }
    }

    private static String text(Node node) throws TransformerException {
        Transformer transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        var text = new StringWriter();
        transformer.transform(new DOMSource(node), new StreamResult(text));
        return text.toString().stripTrailing() + "\n";
    }
}
