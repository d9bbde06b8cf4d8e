package org.ringfence.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.language.Loading.Mode;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlWriter;

/** What becomes of a configuration when a text is loaded into it. */
class LoadingTest {
    private static final String BASE = """
        <cib><configuration>
          <crm_config><cluster_property_set id="cib-bootstrap-options">
            <nvpair id="opt-1" name="dc-version" value="1"/>
            <nvpair id="opt-2" name="no-quorum-policy" value="stop"/>
          </cluster_property_set></crm_config>
          <nodes><node id="1" uname="n1"/></nodes>
          <resources>
            <group id="g"><primitive id="a" class="ocf" provider="heartbeat" type="Dummy">
              <instance_attributes id="strange-id"><nvpair id="stranger" name="x" value="1"/></instance_attributes>
            </primitive></group>
            <primitive id="b" class="ocf" provider="heartbeat" type="Dummy"/>
          </resources>
          <constraints><rsc_location id="l" rsc="g" node="n1" score="5"/></constraints>
        </configuration></cib>
        """;

    private static Element base() {
        try {
            return Cib.read(BASE, "base").configurationElement();
        } catch (UnusableInputException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Element loaded(String text, Mode mode) {
        Reading reading = ConfigurationText.read(text, "text", Optional.of(Definitions.of(base())));
        assertThat(reading.problems()).isEmpty();
        Loading.Loaded loaded = Loading.into(base(), reading.definitions(), mode);
        assertThat(loaded.problems()).isEmpty();
        return loaded.configuration();
    }

    @Test
    void loadingWhatWasShownChangesNothingAtAll() {
        for (Mode mode : Mode.values()) {
            assertThat(XmlWriter.write(loaded(ConfigurationText.write(base()), mode)))
                    .isEqualTo(XmlWriter.write(base()));
        }
    }

    @Test
    void updateKeepsWhatIsNotNamed() {
        Element after = loaded("property fencing-enabled=true\nprimitive c Dummy\nlocation l g 7: n1\n", Mode.UPDATE);
        assertThat(ConfigurationText.write(after)).isEqualTo("""
            node 1: n1
            primitive a Dummy \\
            	params x=1
            group g a
            primitive b Dummy
            primitive c Dummy
            location l g 7: n1
            property cib-bootstrap-options: \\
            	dc-version=1 \\
            	no-quorum-policy=stop \\
            	fencing-enabled=true
            """);
        assertThat(XmlWriter.write(after)).contains("strange-id", "stranger");
    }

    @Test
    void replaceRemovesWhatIsNotNamed() {
        assertThat(ConfigurationText.write(loaded("primitive b Dummy\n", Mode.REPLACE)))
                .isEqualTo("primitive b Dummy\n");
    }

    @Test
    void pushKeepsNodesAndWhatTheClusterWrites() {
        assertThat(ConfigurationText.write(loaded("primitive b Dummy\nproperty fencing-enabled=true\n", Mode.PUSH)))
                .isEqualTo("""
                    node 1: n1
                    primitive b Dummy
                    property cib-bootstrap-options: \\
                    	dc-version=1 \\
                    	fencing-enabled=true
                    """);
    }

    @Test
    void anUpdateMayPutAnOldResourceIntoANewGroup() {
        Element after = loaded("group h b\n", Mode.UPDATE);
        assertThat(after.child("resources").orElseThrow().children().stream().map(Element::label))
                .containsExactly("group \"g\"", "group \"h\"");
    }

    @Test
    void whatAGroupNoLongerNamesStandsAlone() {
        Element after = loaded("primitive c Dummy\ngroup g c\n", Mode.UPDATE);
        assertThat(after.child("resources").orElseThrow().children().stream().map(Element::label))
                .containsExactlyInAnyOrder("primitive \"a\"", "group \"g\"", "primitive \"b\"");
    }
}
