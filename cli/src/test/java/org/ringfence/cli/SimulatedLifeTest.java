package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.cli.testing.CommandRun;
import org.ringfence.cli.testing.Golden;

/** {@code ringfence simulate} from one saved status to the next. */
class SimulatedLifeTest {
    /** Two nodes that were never asked about anything; a group, a promotable clone, and what the nodes can carry. */
    private static final String CLUSTER = """
        <cib crm_feature_set="3.20.1" validate-with="pacemaker-4.0" admin_epoch="0" epoch="1" num_updates="0"
             have-quorum="1" dc-uuid="1" execution-date="1772373900">
          <configuration>
            <crm_config/>
            <nodes>
              <node id="1" uname="n1"><utilization id="u1"><nvpair id="c1" name="cpu" value="4"/></utilization></node>
              <node id="2" uname="n2"><utilization id="u2"><nvpair id="c2" name="cpu" value="2"/></utilization></node>
            </nodes>
            <resources>
              <primitive id="fence" class="stonith" type="fence_dummy"/>
              <group id="site">
                <primitive id="ip" class="ocf" provider="heartbeat" type="IPaddr2"/>
                <primitive id="web" class="ocf" provider="heartbeat" type="nginx">
                  <operations><op id="web-monitor" name="monitor" interval="10s"/></operations>
                  <utilization id="u-web"><nvpair id="c-web" name="cpu" value="1"/></utilization>
                </primitive>
              </group>
              <clone id="data">
                <meta_attributes id="m"><nvpair id="p" name="promotable" value="true"/></meta_attributes>
                <primitive id="db" class="ocf" provider="heartbeat" type="pgsql"/>
              </clone>
            </resources>
            <constraints>
              <rsc_location id="site-on-n1" rsc="site" node="n1" score="50"/>
              <rsc_ticket id="only-here" rsc="site" ticket="here" loss-policy="stop"/>
            </constraints>
          </configuration>
          <status>
            <node_state id="1" uname="n1" in_ccm="true" crmd="online" join="member" expected="member">
              <transient_attributes id="1">
                <instance_attributes id="t1"><nvpair id="t1-db" name="master-db" value="10"/></instance_attributes>
              </transient_attributes>
            </node_state>
            <node_state id="2" uname="n2" in_ccm="true" crmd="online" join="member" expected="member"/>
            <tickets><ticket_state id="here" granted="true"/></tickets>
          </status>
        </cib>
        """;

    @TempDir
    Path folder;

    private Path cib;
    private CommandRun run = new CommandRun();

    @BeforeEach
    void writeCluster() throws IOException {
        cib = Files.writeString(folder.resolve("cib.xml"), CLUSTER);
    }

    private int simulate(String... more) {
        run = new CommandRun();
        String[] arguments = new String[more.length + 3];
        arguments[0] = "simulate";
        arguments[1] = "--cib";
        arguments[2] = cib.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return new CommandLines(run.context()).run(arguments);
    }

    /** Carries it out and goes on from there. */
    private void live(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--save-cib";
        arguments[1] = cib.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        assertThat(simulate(arguments)).as(run.err()).isZero();
    }

    @Test
    void showsBeforeTransitionAndAfter() {
        assertThat(simulate("--scores", "--utilization")).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        Golden.compare(
                "simulate/cold.txt",
                "ringfence simulate --cib FILE --scores --utilization, nothing runs yet",
                run.out());
    }

    @Test
    void aSavedStatusHasNothingLeftToDo() {
        live();
        assertThat(simulate()).isZero();
        assertThat(run.out())
                .contains("Transition\n  Nothing to do.\n")
                .containsPattern("web +ocf:heartbeat:nginx +started on n1")
                .containsPattern("db +ocf:heartbeat:pgsql +promoted on n1")
                .doesNotContain("Status after", "next");
    }

    @Test
    void aNodeThatFailsIsFencedAndComesBack() {
        live();
        live("--node-fail", "n1");
        Golden.compare("simulate/node-fail.txt", "ringfence simulate --cib FILE --node-fail n1", run.out());
        live("--node-up", "n1");
        assertThat(run.out()).containsPattern("probe +db:\\d +n1");
        assertThat(simulate("--node-down", "n2")).isZero();
        assertThat(run.out()).doesNotContain("fence (").containsPattern("start +fence +n1");
    }

    @Test
    void aFailedOperationStopsTheTransitionAndCountsForTheNext() {
        live("--op-fail", "web_start_0@n1=1");
        assertThat(run.out())
                .containsPattern("start +web +n1 +FAILED, exit code 1")
                .containsPattern("monitor every 10000 ms +web +n1 +not done")
                .contains("What would be done next")
                .contains("ringfence cleanup web --node n1");
        live();
        assertThat(run.out()).containsPattern("start +web +n2");
        assertThat(simulate("--op-fail", "web_start_0@n1=1")).isZero();
        assertThat(run.err())
                .isEqualTo("ringfence: --op-fail web_start_0@n1=1: the transition did not come to such an operation\n");
    }

    @Test
    void injectedFailuresQuorumAndTickets() {
        live();
        assertThat(simulate("--op-inject", "web_monitor_10000@n1=7")).isZero();
        assertThat(run.out()).containsPattern("FAILED, started on n1").containsPattern("stop +web +n1");
        assertThat(simulate("--quorum", "no")).isZero();
        assertThat(run.out()).contains("WITHOUT QUORUM").containsPattern("stop +web +n1");
        assertThat(simulate("--ticket-revoke", "here")).isZero();
        assertThat(run.out()).containsPattern("stop +ip +n1").doesNotContainPattern("stop +db");
        live("--ticket-revoke", "here");
        assertThat(simulate("--ticket-grant", "here")).isZero();
        assertThat(run.out()).containsPattern("start +ip +n1");
    }

    @Test
    void jsonHasAllOfIt() {
        assertThat(simulate("--scores", "--utilization", "--node-fail", "n2", "--json"))
                .as(run.err())
                .isZero();
        assertThat(run.out())
                .contains("{\"at\":\"2026-03-01T14:05:00Z\",\"before\":{\"quorate\":true,\"dc\":\"n1\",\"nodes\":[")
                .contains("{\"operation\":\"fence (reboot)\",\"subject\":\"\",\"node\":\"n2\",\"outcome\":\"DONE\"")
                .contains("\"after\":{")
                .contains("\"next\":[]")
                .contains("{\"resource\":\"web\",\"node\":\"n1\",\"scores\":[{\"node\":\"n1\",\"score\":")
                .contains("{\"resource\":\"db:0\",\"node\":\"n1\",\"score\":\"10\",\"promoted\":true}")
                .contains("{\"node\":\"n1\",\"offered\":{\"cpu\":4},\"left\":{\"cpu\":3}}")
                .contains("{\"resource\":\"web\",\"node\":\"n1\",\"taken\":{\"cpu\":1}}")
                .endsWith("\"problems\":[]}\n");
    }

    @Test
    void mistakesAreOneLineAndNothingIsWritten() {
        Path saved = folder.resolve("saved.xml");
        refused("node n9: is not in this cluster; its nodes are n1, n2", "--node-up", "n9");
        refused("resource nix: is not configured", "--op-inject", "nix_start_0@n1=0");
        refused("ticket t: is named by no constraint", "--ticket-grant", "t");
        refused("'maybe' is neither yes nor no", "--quorum", "maybe");
        refused("'web' is not RESOURCE_OPERATION_INTERVAL@NODE=RC", "--op-fail", "web");
        assertThat(saved).doesNotExist();
    }

    private void refused(String why, String option, String value) {
        assertThat(simulate("--save-cib", folder.resolve("saved.xml").toString(), option, value))
                .isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains(why);
        assertThat(run.out()).isEmpty();
    }
}
