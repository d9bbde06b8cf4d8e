package org.ringfence.model.cib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

class CibTest {
    private static final String TEXT = """
        <cib admin_epoch="1" epoch="7" num_updates="3" have-quorum="1">
          <configuration>
            <crm_config>
              <cluster_property_set id="cib-bootstrap-options">
                <nvpair id="p1" name="stonith-enabled" value="false"/>
              </cluster_property_set>
            </crm_config>
            <nodes><node id="1" uname="n1"/><node id="2" uname="n2"/></nodes>
            <resources>
              <group id="g"><primitive id="db" class="ocf" provider="heartbeat" type="pgsql"/></group>
            </resources>
            <constraints/>
          </configuration>
          <status/>
        </cib>
        """;

    private static Cib cib() throws UnusableInputException {
        return Cib.read(TEXT, "cib.xml");
    }

    private static Resource.Group group(Cib cib) {
        return (Resource.Group)
                Objects.requireNonNull(cib.configuration().resources().get("g"));
    }

    private static SequencedMap<String, String> secondNode(Cib cib) {
        List<AttributeSet> sets =
                Objects.requireNonNull(cib.configuration().nodes().get("2")).attributes();
        assertThat(sets).hasSize(1);
        return sets.getFirst().values();
    }

    @Test
    void versionIsReadAndChanged() throws UnusableInputException {
        assertThat(cib().version()).isEqualTo(new CibVersion(1, 7, 3));
        assertThat(Cib.read(cib().withVersion(new CibVersion(1, 8, 0)).write(), "again")
                        .version())
                .isEqualTo(new CibVersion(1, 8, 0));
    }

    @Test
    void oldAndNewNamesOfAPropertyAreOneThing() throws UnusableInputException {
        assertThat(cib().property("fencing-enabled")).contains("false");
        assertThat(cib().property("stonith-enabled")).contains("false");

        Cib changed = CibEdit.withProperty(cib(), "fencing-enabled", "true");

        assertThat(changed.property("stonith-enabled")).contains("true");
        assertThat(changed.write()).contains("name=\"stonith-enabled\" value=\"true\"");
        assertThat(CibEdit.withoutProperty(changed, "fencing-enabled").property("stonith-enabled"))
                .isEmpty();
    }

    @Test
    void standbyIsSetReplacedAndRemoved() throws UnusableInputException {
        Cib standby = CibEdit.withNodeAttribute(cib(), "n2", "standby", "on");
        assertThat(secondNode(standby)).containsEntry("standby", "on");

        Cib off = CibEdit.withNodeAttribute(standby, "n2", "standby", "off");
        assertThat(secondNode(off)).containsEntry("standby", "off");

        Cib removed = CibEdit.withoutNodeAttribute(off, "n2", "standby");
        assertThat(secondNode(removed)).isEmpty();
        assertThat(CibEdit.withNodeAttribute(cib(), "none", "standby", "on")).isEqualTo(cib());
    }

    @Test
    void elementsAreAddedReplacedAndRemovedByTheirId() throws UnusableInputException {
        Cib with = CibEdit.withLocation(cib(), "move-db", "db", "n1", "INFINITY");
        assertThat(with.configuration().constraints()).hasSize(1);

        Cib replaced = CibEdit.withLocation(with, "move-db", "db", "n2", "100");
        assertThat(replaced.configuration().constraints()).hasSize(1);

        assertThat(CibEdit.without(replaced, "constraints", "move-db")).isEqualTo(cib());
        assertThat(CibEdit.without(cib(), "constraints", "no-such")).isEqualTo(cib());
    }

    @Test
    void aMetaAttributeOfAGroupsMemberIsSetAndRemoved() throws UnusableInputException {
        Cib with = CibEdit.withMeta(cib(), "db", "target-role", "Stopped");

        assertThat(group(with).members().getFirst().meta().getFirst().values()).containsEntry("target-role", "Stopped");

        Cib without = CibEdit.withoutMeta(with, "db", "target-role");
        assertThat(group(without).members().getFirst().meta().getFirst().values())
                .isEmpty();
    }

    @Test
    void whatIsNotUnderstoodIsKeptAndReported() throws UnusableInputException {
        String text = TEXT.replace("<constraints/>", "<constraints><rsc_dream id=\"d\"/></constraints><moods/>");
        Cib cib = Cib.read(text, "cib.xml");

        assertThat(cib.write()).contains("<rsc_dream id=\"d\"/>").contains("<moods/>");
        assertThat(cib.problems())
                .extracting(Problem::toString)
                .contains(
                        "cib.xml:12:18: rsc_dream \"d\": is not understood inside constraints; it is kept but has no"
                                + " effect",
                        "cib.xml:12:51: moods: is not understood inside configuration; it is kept but has no effect");
    }

    @Test
    void whatIsNotACibIsRefused() {
        assertThatThrownBy(() -> Cib.read("<html/>", "x.xml"))
                .hasMessage("x.xml:1:1: html: is not a cluster configuration; it must begin with <cib>");
    }

    @Test
    void referencesByIdAreResolvedInTheViewAndKeptInTheDocument() throws UnusableInputException {
        String text = TEXT.replace("type=\"pgsql\"/>", """
            type="pgsql">
              <operations id="ops"><op id="m" name="monitor" interval="10s"/></operations>
            </primitive>
            <primitive id="ip" class="ocf" provider="heartbeat" type="IPaddr2"><operations id-ref="ops"/></primitive>
            """);
        Cib cib = Cib.read(text, "cib.xml");

        assertThat(group(cib).members().get(1).operations()).hasSize(1);
        assertThat(cib.write()).contains("<operations id-ref=\"ops\"/>");
    }
}
