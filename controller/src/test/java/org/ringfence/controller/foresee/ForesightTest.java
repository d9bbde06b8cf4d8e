package org.ringfence.controller.foresee;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.foresee.Failure.Kind;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

/** What single failures of small clusters mean. */
class ForesightTest {
    private static final String STATE = "in_ccm='true' crmd='online' join='member' expected='member'";
    private static final String DUMMY = "class='ocf' provider='pacemaker' type='Dummy'";

    private static String operation(String resource, String name, int interval, int took) {
        return "<lrm_rsc_op id='%1$s_%2$s_%3$d' operation_key='%1$s_%2$s_%3$d' operation='%2$s' interval='%3$d'"
                        .formatted(resource, name, interval)
                + " transition-key='1:1:0:x' call-id='3' rc-code='0' op-status='0' exec-time='" + took + "'/>";
    }

    private static String running(String resource) {
        return "<lrm_resource id='" + resource + "' " + DUMMY + ">" + operation(resource, "start", 0, 3000)
                + operation(resource, "monitor", 10_000, 20) + "</lrm_resource>";
    }

    /** A device for the nodes that {@code hosts} names; {@code db}, and on request another resource, run on n1. */
    private static Cib cib(int nodes, String hosts, String resources, String constraints)
            throws UnusableInputException {
        var configured = new StringBuilder();
        var states = new StringBuilder();
        for (int node = 1; node <= nodes; node++) {
            configured.append("<node id='%d' uname='n%1$d'/>".formatted(node));
            String history = node == 1 ? "<lrm id='1'><lrm_resources>" + running("db") + "</lrm_resources></lrm>" : "";
            states.append("<node_state id='%d' uname='n%1$d' %s>%s</node_state>".formatted(node, STATE, history));
        }
        String device = hosts.isEmpty()
                ? ""
                : "<primitive id='power' class='stonith' type='fence_x'><instance_attributes id='power-p'>"
                        + "<nvpair id='power-h' name='pcmk_host_list' value='" + hosts
                        + "'/></instance_attributes></primitive>";
        return Cib.read(
                "<cib have-quorum='1' dc-uuid='2'><configuration><crm_config/><nodes>" + configured
                        + "</nodes><resources>"
                        + device + resources + "</resources><constraints>" + constraints
                        + "</constraints></configuration><status>" + states + "</status></cib>",
                "test");
    }

    private static String db() {
        return "<primitive id='db' " + DUMMY
                + "><operations><op id='db-m' name='monitor' interval='10s'/></operations></primitive>";
    }

    private static Consequence of(Cib cib, Kind kind, String name) throws UnusableInputException {
        return new Foresight(cib, Instant.EPOCH).of(new Failure(kind, name));
    }

    @Test
    void everythingThatMayFailIsListed() throws UnusableInputException {
        assertThat(new Foresight(cib(3, "n1 n2 n3", db(), ""), Instant.EPOCH).failures())
                .extracting(Failure::toString)
                .containsExactly(
                        "node n1",
                        "node n2",
                        "node n3",
                        "link of n1",
                        "link of n2",
                        "link of n3",
                        "fence device power",
                        "resource db");
    }

    @Test
    void aLostNodeIsFencedAndWhatItRanComesBackElsewhere() throws UnusableInputException {
        Consequence lost = of(cib(3, "n1 n2 n3", db(), ""), Kind.NODE, "n1");
        assertThat(lost.isGap()).isFalse();
        assertThat(lost.happens()).first().isEqualTo("n1 is fenced");
        assertThat(lost.happens()).anyMatch(clause -> clause.startsWith("moves db to n"));
        assertThat(lost.takes().orElseThrow().toSeconds()).isGreaterThan(3);
    }

    @Test
    void whatMayRunNowhereElseDoesNotComeBack() throws UnusableInputException {
        Cib pinned = cib(
                3,
                "n1 n2 n3",
                db(),
                "<rsc_location id='a' rsc='db' node='n2' score='-INFINITY'/>"
                        + "<rsc_location id='b' rsc='db' node='n3' score='-INFINITY'/>");
        assertThat(of(pinned, Kind.NODE, "n1").lost()).containsExactly("db");
        assertThat(of(pinned, Kind.LINK, "n1").lost()).containsExactly("db");
        assertThat(of(pinned, Kind.RESOURCE, "db").lost()).containsExactly("db");
        assertThat(of(pinned, Kind.NODE, "n2").isGap()).isFalse();
    }

    @Test
    void aNodeThatNothingFencesKeepsWhatItHeld() throws UnusableInputException {
        Consequence lost =
                of(cib(3, "n2 n3", db(), "<rsc_location id='home' rsc='db' node='n1' score='50'/>"), Kind.NODE, "n1");
        assertThat(lost.lost()).contains("db");
        assertThat(lost.gaps()).containsExactly("no fence device covers n1");
    }

    @Test
    void withoutQuorumNothingComesBack() throws UnusableInputException {
        Cib three = cib(3, "n1 n2 n3", db(), "");
        Cib oneIsDown = Cib.read(
                three.write()
                        .replace(
                                "id=\"3\" uname=\"n3\" in_ccm=\"true\" crmd=\"online\"",
                                "id=\"3\" uname=\"n3\" in_ccm=\"false\" crmd=\"offline\"")
                        .replace("join=\"member\" expected=\"member\"/>", "join=\"down\" expected=\"down\"/>"),
                "test");
        Consequence lost = of(oneIsDown, Kind.NODE, "n1");
        assertThat(lost.gaps()).singleElement().asString().contains("no quorum");
    }

    @Test
    void theOnlyDeviceIsAGapAndOneOfTwoIsNone() throws UnusableInputException {
        assertThat(of(cib(3, "n1 n2 n3", db(), ""), Kind.FENCE_DEVICE, "power").gaps())
                .singleElement()
                .asString()
                .contains("n1 n2 n3");
        String second = "<primitive id='other' class='stonith' type='fence_y'/>";
        assertThat(of(cib(3, "n1 n2 n3", db() + second, ""), Kind.FENCE_DEVICE, "power")
                        .isGap())
                .isFalse();
    }

    @Test
    void aDiskOfThreeMayFailAndOneOfTwoMayNot() throws UnusableInputException {
        String disks = "<primitive id='sbd' class='stonith' type='ringfence_sbd'><instance_attributes id='s'>"
                + "<nvpair id='s-d' name='devices' value='%s'/></instance_attributes></primitive>";
        Cib three = cib(3, "", disks.formatted("/a,/b,/c") + db(), "");
        Cib two = cib(3, "", disks.formatted("/a,/b") + db(), "");
        assertThat(of(three, Kind.DISK, "sbd /b").isGap()).isFalse();
        assertThat(of(two, Kind.DISK, "sbd /b").gaps()).hasSize(1);
    }

    @Test
    void aResourceThatFailsMovesWhenItDoesNotStartAgain() throws UnusableInputException {
        Consequence failed = of(cib(3, "n1 n2 n3", db(), ""), Kind.RESOURCE, "db");
        assertThat(failed.isGap()).isFalse();
        assertThat(failed.happens()).anyMatch(clause -> clause.startsWith("moves db to n"));
    }

    @Test
    void nobodyNoticesWhatIsNotMonitored() throws UnusableInputException {
        String unwatched = "<primitive id='db' " + DUMMY + "/>";
        assertThat(of(cib(3, "n1 n2 n3", unwatched, ""), Kind.RESOURCE, "db").gaps())
                .isEqualTo(List.of("nobody would notice: it has no monitor operation of its own"));
    }
}
