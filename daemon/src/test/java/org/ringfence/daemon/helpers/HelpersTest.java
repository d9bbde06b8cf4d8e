package org.ringfence.daemon.helpers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.configuration.Edits;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

/** Command lines as the agents of resource-agents 4.12 write them, and what those agents search the answers for. */
class HelpersTest {
    private static final String CIB = """
        <cib admin_epoch="0" epoch="7" num_updates="0">
          <configuration>
            <crm_config/>
            <nodes><node id="1" uname="n1"/><node id="2" uname="N2">
              <instance_attributes id="a2"><nvpair id="a2-d" name="pgsql-data-status" value="STREAMING|SYNC"/></instance_attributes>
            </node></nodes>
            <resources>
              <clone id="replicas"><meta_attributes id="m"><nvpair id="m-p" name="promotable" value="true"/></meta_attributes>
                <primitive id="pgsql" class="ocf" provider="heartbeat" type="pgsql"/></clone>
            </resources>
            <constraints/>
          </configuration>
          <status>
            <node_state id="1" uname="n1" in_ccm="true" crmd="online" expected="member">
              <transient_attributes id="1"><instance_attributes id="s1">
                <nvpair id="s1-m" name="master-pgsql" value="1000"/>
                <nvpair id="s1-f" name="fail-count-pgsql#monitor_2000" value="2"/>
              </instance_attributes></transient_attributes>
              <lrm id="1"><lrm_resources>
                <lrm_resource id="pgsql" class="ocf" provider="heartbeat" type="pgsql">
                  <lrm_rsc_op id="pgsql_last_0" operation_key="pgsql_promote_0" operation="promote" call-id="7" rc-code="0"
                    op-status="0" interval="0" transition-key="1:1:0:n1" exec-time="1" queue-time="0"/>
                </lrm_resource>
              </lrm_resources></lrm>
            </node_state>
          </status>
        </cib>
        """;

    private final FakeCluster cluster = new FakeCluster();

    /** Makes the changes that it is asked for at once. */
    private static final class FakeCluster implements Cluster {
        private Cib cib = read();
        private final Map<String, Optional<String>> told = new LinkedHashMap<>();
        private final Map<String, Waiting> waiting = new LinkedHashMap<>();
        private final List<Duration> delays = new ArrayList<>();

        private static Cib read() {
            try {
                return Cib.read(CIB, "test");
            } catch (UnusableInputException broken) {
                throw new AssertionError(broken);
            }
        }

        @Override
        public Optional<Known> known() {
            var n1 = new NodeId("n1");
            return Optional.of(new Known(cib, n1, List.of(n1), Optional.of(n1), true));
        }

        @Override
        public Said set(String node, String name, Optional<String> value, Duration after) {
            told.put(node + " " + name, value);
            delays.add(after);
            if (after.isPositive()) {
                waiting.put(node + " " + name, new Waiting(value));
            }
            return Said.NOTHING;
        }

        @Override
        public Optional<Waiting> waiting(String node, String name) {
            return Optional.ofNullable(waiting.get(node + " " + name));
        }

        @Override
        public Said change(List<Edit> edits, String why) {
            try {
                cib = Edits.apply(cib, edits);
                return Said.NOTHING;
            } catch (UnusableInputException unusable) {
                return Said.failed(Said.ERROR, unusable.problem().toString());
            }
        }

        @Override
        public Said forget(Optional<String> resource, Optional<String> node) {
            told.put("forget " + resource.orElse("*") + " on " + node.orElse("*"), Optional.empty());
            return Said.NOTHING;
        }
    }

    private Reply.Helped run(String line) {
        List<String> words = List.of(line.split(" "));
        try {
            return Helpers.answer(
                    cluster,
                    new Request.Helper(words.getFirst(), words.subList(1, words.size()), Optional.of("pgsql")));
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private String out(String line) {
        Reply.Helped helped = run(line);
        assertEquals("", helped.err());
        assertEquals(0, helped.status());
        return helped.out();
    }

    @Test
    void aPromotionScoreIsSetAndReadWithoutSayingOfWhat() {
        out("crm_attribute -p -v -INFINITY");
        out("crm_master -l reboot -v 100");
        assertEquals(Map.of("n1 master-pgsql", Optional.of("100")), cluster.told);
        assertEquals("1000\n", out("crm_master -N n1 -l reboot -G --quiet"));
        assertEquals("1000\n", out("crm_attribute --promotion -G -q"));
    }

    @Test
    void whatIsSoAlreadyIsNotSetAgain() {
        out("crm_attribute -l reboot -N n1 -n master-pgsql -v 1000");
        assertTrue(cluster.told.isEmpty());
    }

    @Test
    void aMissingAttributeHasAStatusOfItsOwn() {
        Reply.Helped helped = run("crm_attribute -l reboot -N n1 -n pgsql-status -G -q");
        assertEquals(105, helped.status());
        assertEquals("", helped.out());
        assertEquals(
                "true\n", out("crm_attribute --type=crm_config --name=stonith-enabled --query --quiet --default=true"));
    }

    @Test
    void nodesAreFoundWhateverTheCaseOfTheirNames() {
        assertEquals("STREAMING|SYNC\n", out("crm_attribute -l forever -N n2 -n pgsql-data-status -G -q"));
        out("crm_attribute -l reboot -N n2 -n pgsql-status -v HS:sync");
        assertEquals(Map.of("N2 pgsql-status", Optional.of("HS:sync")), cluster.told);
    }

    @Test
    void permanentAttributesAreConfiguration() {
        out("crm_attribute -l forever --node=n1 -n seen -v yes");
        assertEquals("scope=nodes  name=seen value=yes\n", out("crm_attribute -l forever --node n1 -n seen -G"));
        out("crm_attribute -l forever --node n1 -n seen -D");
        assertEquals(105, run("crm_attribute -l forever --node n1 -n seen -G").status());
    }

    @Test
    void aNamedSetOfTheClusterIsNotMixedWithItsProperties() {
        out("crm_attribute --type crm_config --name redis_REPL_INFO -s redis_replication -v n1");
        assertEquals(
                "n1\n", out("crm_attribute --type crm_config --name redis_REPL_INFO -s redis_replication --query -q"));
        assertTrue(cluster.cib.writeConfiguration().contains("<cluster_property_set id=\"redis_replication\">"));
    }

    @Test
    void utilizationOfANodeIsKept() {
        out("crm_attribute -t nodes --node n1 -z -n cpu -v 4");
        assertEquals("4\n", out("crm_attribute --quiet -t nodes --node n1 -z -n cpu"));
    }

    @Test
    void attrdUpdaterSpeaksAsAgentsReadIt() {
        assertEquals(
                "name=\"master-pgsql\" host=\"n1\" value=\"1000\"\n", out("attrd_updater -n master-pgsql -Q -N n1"));
        out("attrd_updater -n pingd -B 100 -d 5s");
        assertEquals(List.of(Duration.ofSeconds(5)), cluster.delays);
        assertEquals("name=\"pingd\" host=\"n1\" value=\"100\"\n", out("attrd_updater -n pingd -Q"));
        out("attrd_updater -D -n pingd");
        assertEquals(Optional.empty(), cluster.told.get("n1 pingd"));
    }

    @Test
    void nodesAndQuorum() {
        assertEquals("n1\n", out("crm_node -n"));
        assertEquals("1\n", out("crm_node -i"));
        assertEquals("1 n1 member\n2 N2 lost\n", out("crm_node -l"));
        assertEquals("n1\n", out("crm_node -p"));
        assertEquals("1\n", out("crm_node -q"));
    }

    @Test
    void crmMonIsFoundByTheAgentsOwnPatterns() {
        String shown = out("crm_mon -1 --output-as=xml").replace('\n', ' ');
        assertTrue(shown.matches(".*<node name=\"n1\" .* online=\"true\".*"), shown);
        assertTrue(
                shown.matches(".*<resource id=\"pgsql\" .* role=\"Promoted\""
                        + " .*active=\"true\".*orphaned=\"false\".*failed=\"false\".*"),
                shown);
        assertFalse(shown.matches(".*<node name=\"N2\" [^>]* online=\"true\".*"), shown);
    }

    @Test
    void aResourceIsFoundBannedAndFreed() {
        assertEquals("resource pgsql is running on: n1 Master\n", out("crm_resource -W -r pgsql"));
        out("crm_resource -B -r pgsql -N n1 -Q");
        assertTrue(cluster.cib.writeConfiguration().contains("rsc=\"replicas\" node=\"n1\" score=\"-INFINITY\""));
        out("crm_resource -U -r pgsql -N n1");
        assertFalse(cluster.cib.writeConfiguration().contains("cli-ban"));
    }

    @Test
    void parametersOfResourcesAreReadSetAndRemoved() {
        out("crm_resource -r pgsql -z -p cpu -v 2");
        assertEquals("2\n", out("crm_resource -Q -r pgsql -z -g cpu"));
        out("crm_resource --resource=pgsql --utilization --delete-parameter=cpu");
        assertEquals(105, run("crm_resource -Q -r pgsql -z -g cpu").status());
    }

    @Test
    void anInstanceHasTheMetaAttributesOfItsClone() {
        assertEquals("true\n", out("crm_resource --resource pgsql --meta --get-parameter promotable"));
        assertEquals("1000\n", out("crm_master --lifetime reboot --quiet --get-value --node n1"));
        assertEquals(
                105,
                run("attrd_updater --private --lifetime reboot --name lsn-pgsql --query")
                        .status());
    }

    @Test
    void failuresAreCountedAndForgotten() {
        assertEquals("2\n", out("crm_failcount -G -r pgsql -N n1 -q"));
        out("crm_failcount -D -r pgsql -N n1");
        assertTrue(cluster.told.containsKey("forget pgsql on n1"));
    }

    @Test
    void theConfigurationIsQueriedByXPathAndSection() {
        assertTrue(out("cibadmin -Q --xpath //node_state[@crmd='online']//nvpair[@name='master-pgsql']")
                .contains("value=\"1000\""));
        assertEquals(105, run("cibadmin -Q --xpath //nothing").status());
        assertTrue(out("cibadmin -Q -o nodes").startsWith("<nodes>"));
        assertEquals(64, run("cibadmin -E").status());
    }

    @Test
    void whatIsNotOfferedSaysSo() {
        assertEquals(3, run("crm_ticket -r a").status());
        assertEquals(64, run("crm_attribute --nonsense").status());
        assertEquals(64, run("crm_attribute -l reboot -N elsewhere -n a -v b").status());
    }

    @Test
    void optionsMayBeTogetherAttachedAndBegun() throws UsageException {
        Grammar grammar = Grammar.of("q:quiet", "n:name=", "p:promotion=?", ":node=>name");
        assertEquals("a", grammar.read(List.of("-qna")).options().get("name"));
        assertEquals("b", grammar.read(List.of("--na=b")).options().get("name"));
        assertEquals("c", grammar.read(List.of("--node", "c")).options().get("name"));
        assertEquals("", grammar.read(List.of("-p", "-q")).options().get("promotion"));
        assertEquals(List.of("x"), grammar.read(List.of("-q", "--", "x")).operands());
    }
}
