package org.ringfence.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlWriter;

/** What each statement means, and that it is written as it was read. */
class StatementsTest {

    /** A vertical bar stands for a new line that continues the statement. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "node n1",
                "node 1: n1|description=\"it's the first\"|attributes standby=on|utilization cpu=4",
                "node n3:remote",
                "primitive p Dummy",
                "primitive p ocf:pacemaker:Dummy|params a=1 b=\"two words\"|meta target-role=Stopped",
                "primitive p systemd:foo@bar|op monitor interval=10s timeout=20s|op_params OCF_CHECK_LEVEL=10|op start"
                        + " interval=0 timeout=1m",
                "primitive p stonith:fence_sbd|params 7: rule #uname eq n1 a=1|params a=2",
                "primitive p Dummy|params a='back\\slash' b=\"a \\\"quoted\\\" word\" c=\"\" d=\"#x\"",
                "rsc_template t Dummy|op monitor interval=10s",
                "tag t p q",
                "location l p inf: n1",
                "location l p role=Promoted resource-discovery=never -100: n1",
                "location l /web.*/ -inf: n1",
                "location l { p ( q r ) } 10: n1",
                "location l p|rule 100: #uname eq n1 and pingd number:gt 0|rule $role=Promoted -inf: not_defined pingd"
                        + " or a lt 5",
                "location l p|rule pingd: defined pingd",
                "location l p|rule inf: date in start=2026-01-01 end=2026-02-01 and date gt 2026-01-01 and date spec"
                        + " hours=9-17 weekdays=1-5",
                "colocation c inf: p q",
                "colocation c -500: p:Promoted q node-attribute=rack",
                "colocation c inf: a b c",
                "colocation c inf: ( a b ) c:Promoted",
                "colocation c inf: ( a b sequential=true )",
                "colocation c inf: a b ( c d sequential=true )",
                "order o p q",
                "order o Mandatory: p:promote q:start symmetrical=false",
                "order o Serialize: a b c",
                "order o Optional: a ( b c ) [ d e ] [ f g sequential=true ]",
                "order o 0: p q",
                "rsc_ticket r T: p",
                "rsc_ticket r T: p:Promoted loss-policy=fence",
                "rsc_ticket r T: p q",
                "fencing_topology|n1: a,b c|n2: d|pattern:r.* a|attr:rack=1 b",
                "property cib-bootstrap-options:|no-quorum-policy=stop|fencing-enabled=true",
                "property night: rule date spec hours=0-5|maintenance-mode=true",
                "rsc_defaults rsc-options:|resource-stickiness=1",
                "op_defaults op-options:|timeout=20s",
                "role r|read cib|write ref:p|deny type:node attribute:uname|write meta:p:target-role|read"
                        + " xpath:\"//a[@b='c']\"",
                "user joe|role:r",
                "acl_target joe r",
                "acl_group staff r",
                "alert a /usr/bin/tell|meta timeout=5s|attributes x=1|select attributes { standby } nodes|to foo"
                        + " attributes y=2|to bar",
            })
    void isWrittenAsItWasRead(String statement) {
        String text = statement.replace("|", " \\\n\t") + "\n";
        assertThat(Texts.again(text)).isEqualTo(text);
    }

    @Test
    void resourcesInsideOthersAreDefinedBesideThem() {
        String text = """
            primitive a Dummy
            primitive b Dummy
            group g a b
            clone c g \\
            	meta interleave=true
            primitive d ocf:pacemaker:Stateful
            ms m d
            primitive e Dummy
            bundle x \\
            	docker image=web replicas=2 \\
            	network ip-range-start=10.0.0.5 \\
            	port-mapping port=80 \\
            	storage \\
            	storage-mapping target-dir=/a source-dir=/b \\
            	primitive e
            """;
        assertThat(Texts.again(text)).isEqualTo(text);
        Element resources = Texts.read(text).child("resources").orElseThrow();
        assertThat(resources.children().stream().map(Element::label))
                .containsExactly("clone \"c\"", "master \"m\"", "bundle \"x\"");
    }

    @Test
    void idsAreMadeAsCrmshMakesThem() {
        Element read = Texts.read("""
            primitive p Dummy params a=1 params b=2 op monitor interval=10s OCF_CHECK_LEVEL=5 op monitor interval=10s role=Promoted
            location l p rule 5: #uname eq n1
            """);
        assertThat(XmlWriter.write(read))
                .contains(
                        "<instance_attributes id=\"p-instance_attributes\">",
                        "<nvpair id=\"p-instance_attributes-a\" name=\"a\" value=\"1\"/>",
                        "<instance_attributes id=\"p-instance_attributes-0\">",
                        "<op id=\"p-monitor-10s\"",
                        "<nvpair id=\"p-monitor-10s-instance_attributes-OCF_CHECK_LEVEL\"",
                        "<op id=\"p-monitor-10s-0\"",
                        "<rule id=\"l-rule\" score=\"5\">",
                        "<expression id=\"l-rule-expression\" attribute=\"#uname\" operation=\"eq\" value=\"n1\"/>");
    }

    @Test
    void pairsAndListsAreSharedById() {
        String text = """
            primitive a Dummy \\
            	params $id=shared $vip:ip=10.0.0.1 port=80
            primitive b Dummy \\
            	params @vip:server_ip
            primitive c Dummy \\
            	params $id-ref=shared
            """;
        assertThat(Texts.again(text)).isEqualTo(text);
    }

    @Test
    void aMonitorIsAddedToItsPrimitive() {
        assertThat(Texts.again("primitive p Dummy\nmonitor p:Promoted 10s:20s\n"))
                .isEqualTo("""
                    primitive p Dummy \\
                    	op monitor interval=10s timeout=20s role=Promoted
                    """);
    }

    @Test
    void aTopologyWithoutNodesIsForAllNodes() {
        assertThat(Texts.again("fencing_topology a b\nnode n1\nnode n2\n")).isEqualTo("""
            node n1
            node n2
            fencing_topology \\
            	n1: a b \\
            	n2: a b
            """);
    }

    @Test
    void whatTheLanguageHasNoWordsForIsXml() {
        String text = """
            primitive p Dummy
            xml <rsc_location id="l" rsc="p"> \\
              <rule id="l-rule" score="3" boolean-op="or"> \\
                <rule id="l-inner" boolean-op="and"> \\
                  <expression id="l-a" attribute="a" operation="eq" value="1"/> \\
                  <expression id="l-b" attribute="b" operation="eq" value="1"/> \\
                </rule> \\
                <expression id="l-c" attribute="c" operation="eq" value="2"/> \\
              </rule> \\
            </rsc_location>
            xml <op_defaults> \\
              <meta_attributes id="op-options"> \\
                <rule id="op-options-rule" score="INFINITY"> \\
                  <op_expression id="op-e" name="monitor" interval="10s"/> \\
                </rule> \\
                <nvpair id="op-t" name="timeout" value="1"/> \\
              </meta_attributes> \\
            </op_defaults>
            xml <resources> \\
              <novelty id="n"/> \\
            </resources>
            """;
        assertThat(Texts.again(text)).isEqualTo(text);
    }

    @Test
    void aContainerThatIsXmlHasItsMembersInIt() {
        String text = """
            xml <group id="g" colour="red"> \\
              <primitive id="p" class="ocf" provider="heartbeat" type="Dummy"/> \\
            </group>
            """;
        assertThat(Texts.again(text)).isEqualTo(text);
    }

    @Test
    void commentsStayWithWhatFollowsThem() {
        String text = """
            # the first node
            # has the disks
            node n1
            # a service
            primitive p Dummy
            """;
        assertThat(Texts.again(text)).isEqualTo(text);
        assertThat(Texts.again("primitive p Dummy \\\n  # why\n  params a=1\n# end\n"))
                .isEqualTo("# end\n# why\nprimitive p Dummy \\\n\tparams a=1\n");
    }

    @Test
    void aRuleMayBeginALineWithTheNameOfANodeAttribute() {
        assertThat(Texts.again("location l p rule 1: \\\n#uname eq n1\n"))
                .isEqualTo("location l p \\\n\trule 1: #uname eq n1\n");
    }
}
