package org.ringfence.model.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.UnusableInputException;

class XmlReaderTest {
    @Test
    void everyElementKnowsWhereItsStartTagStood() throws UnusableInputException {
        Element root =
                XmlReader.read("<?xml version='1.0'?>\n<a>\n  <b x='1'/> <c\n y=\"2\"><d/></c>\n</a>\n", "f.xml");

        assertThat(root.place()).isEqualTo(new Place("f.xml", 2, 1));
        assertThat(root.children().get(0).place()).isEqualTo(new Place("f.xml", 3, 3));
        assertThat(root.children().get(1).place()).isEqualTo(new Place("f.xml", 3, 14));
        assertThat(root.children().get(1).children().getFirst().place()).isEqualTo(new Place("f.xml", 4, 8));
    }

    @Test
    void readsReferencesAndCharacterDataAndKeepsComments() throws UnusableInputException {
        Element root = XmlReader.read("<a x='&lt;&quot;&#x41;&#10;'>t&amp;<![CDATA[<u>]]><!-- c --></a>", "f");

        assertThat(root.attribute("x")).contains("<\"A\n");
        assertThat(root.text()).isEqualTo("t&<u>");
        assertThat(root.children()).extracting(Element::name).containsExactly(Element.COMMENT);
        assertThat(XmlReader.read(XmlWriter.write(root), "f")).isEqualTo(root);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        <cib>\\n <a id="x"></cib>       | f.xml:2:12: a "x": opened at line 2, is not closed before </cib>; add </a>
        <cib>\\n <a>                    | f.xml:2:2: a: is never closed; add </a>
        <cib><a b="1" b="2"/></cib>     | f.xml:1:15: a: attribute 'b' stands twice
        <cib><a b=1/></cib>             | f.xml:1:11: a: an attribute's value is not quoted; put it between double quotes
        <cib><a b="1/></cib>            | f.xml:1:11: a: the quoted value is not closed; add "
        <cib><a b="&x;"/></cib>         | f.xml:1:12: a: the entity &x; is not known; write &amp; for '&'
        <cib/><cib/>                    | f.xml:1:7: cib: stands after the end of the document; remove it
        <!DOCTYPE cib><cib/>            | f.xml:1:1: document types and entities are refused; remove the <!DOCTYPE ...>
        hello                           | f.xml:1:6: there is text outside of any element; this is not XML, or text around it
        <cib><1/></cib>                 | f.xml:1:7: an element's name is missing
        </cib>                          | f.xml:1:1: cib: is closed but was never opened; remove </cib>
        """)
    void aMistakeIsNamedWithItsPlaceAndElement(String text, String message) {
        assertThatThrownBy(() -> XmlReader.read(text.replace("\\n", "\n"), "f.xml"))
                .isInstanceOf(UnusableInputException.class)
                .hasMessage(message);
    }

    @Test
    void anEmptyTextIsRefused() {
        assertThatThrownBy(() -> XmlReader.read("", "f.xml")).hasMessage("f.xml:1:1: there is no element in it");
    }

    @Test
    void endlessNestingIsRefusedRatherThanFollowed() {
        assertThatThrownBy(() -> XmlReader.read("<a>".repeat(100_000), "f.xml")).hasMessageContaining("nested deeper");
    }

    @Test
    void aDocumentOfTwentyMegabytesIsRead() throws UnusableInputException {
        var text = new StringBuilder("<cib>\n");
        for (int index = 0; index < 200_000; index++) {
            text.append("<nvpair id=\"long-identifier-number-").append(index);
            text.append("\" name=\"target-role\" value=\"Started\" description=\"none\"/>\n");
        }
        Element root = XmlReader.read(text.append("</cib>").toString(), "f.xml");

        List<Element> children = root.children();
        assertThat(children).hasSize(200_000);
        assertThat(children.getLast().place()).isEqualTo(new Place("f.xml", 200_001, 1));
    }
}
