package org.ringfence.scheduler.foresee;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.scheduler.foresee.Absence.What;

/** For how long what a transition stops is away. */
class AbsenceTest {
    private static final String DUMMY = "class='ocf' provider='pacemaker' type='Dummy'";

    private static String operation(String resource, String name, int took) {
        return "<lrm_rsc_op id='%1$s_%2$s_0' operation_key='%1$s_%2$s_0' operation='%2$s' interval='0'"
                        .formatted(resource, name)
                + " transition-key='1:1:0:x' call-id='" + (name.equals("stop") ? 2 : 3)
                + "' rc-code='0' op-status='0' exec-time='" + took + "'/>";
    }

    /** {@code db} and {@code web}, which starts after it, run on n1; what they took there is known, on n2 of a stop too. */
    private static Cib cib(String first, String db) throws UnusableInputException {
        String state = " in_ccm='true' crmd='online' join='member' expected='member'><lrm id='1'><lrm_resources>";
        return Cib.read(
                "<cib have-quorum='1' dc-uuid='1'><configuration><crm_config/><nodes><node id='1' uname='n1'>" + first
                        + "</node><node id='2' uname='n2'/></nodes><resources>"
                        + "<primitive id='power' class='stonith' type='fence_x'/><primitive id='db' " + DUMMY + ">"
                        + db + "</primitive><primitive id='web' " + DUMMY + "/></resources><constraints><rsc_order"
                        + " id='o' first='db'"
                        + " then='web'/></constraints><rsc_defaults><meta_attributes"
                        + " id='d'><nvpair id='ds'"
                        + " name='resource-stickiness'"
                        + " value='100'/></meta_attributes></rsc_defaults>"
                        + "</configuration><status><node_state"
                        + " id='1' uname='n1'" + state
                        + "<lrm_resource id='db' " + DUMMY + ">" + operation("db", "start", 3_000) + "</lrm_resource>"
                        + "<lrm_resource id='web' " + DUMMY + ">" + operation("web", "start", 500) + "</lrm_resource>"
                        + "</lrm_resources></lrm></node_state><node_state id='2' uname='n2'" + state
                        + "<lrm_resource id='db' " + DUMMY + ">" + operation("db", "stop", 2_000) + "</lrm_resource>"
                        + "<lrm_resource id='web' " + DUMMY + ">" + operation("web", "stop", 250) + "</lrm_resource>"
                        + "</lrm_resources></lrm></node_state></status></cib>",
                "test");
    }

    private static List<Absence> absences(Cib cib) {
        return Absence.of(Scheduler.schedule(cib, Instant.EPOCH).graph(), new Makespan(cib));
    }

    @Test
    void whatMovesIsAwayFromItsStopToItsStart() throws UnusableInputException {
        Cib standby =
                cib("<instance_attributes id='a'><nvpair id='s' name='standby' value='on'/></instance_attributes>", "");
        assertThat(absences(standby))
                .containsExactly(
                        // web stops first, db stops and starts, web starts.
                        new Absence("db", What.STOPPED, Optional.of(Duration.ofSeconds(5)), false),
                        new Absence("web", What.STOPPED, Optional.of(Duration.ofMillis(250 + 5_000 + 500)), false));
    }

    @Test
    void whatIsNotStartedAgainHasNoEnd() throws UnusableInputException {
        Cib stopped = cib(
                "", "<meta_attributes id='m'><nvpair id='t' name='target-role' value='Stopped'/></meta_attributes>");
        assertThat(absences(stopped)).contains(new Absence("db", What.STOPPED, Optional.empty(), false));
    }

    @Test
    void whatALostNodeRanIsAwayFromItsFencingToItsStart() throws UnusableInputException {
        Cib lost = Cib.read(
                cib("", "")
                        .write()
                        .replaceFirst("in_ccm=\"true\" crmd=\"online\"", "in_ccm=\"false\" crmd=\"offline\""),
                "test");
        assertThat(absences(lost))
                .containsExactly(
                        new Absence("db", What.STOPPED, Optional.of(Duration.ofSeconds(3)), false),
                        new Absence("web", What.STOPPED, Optional.of(Duration.ofMillis(3_000 + 500)), false));
    }

    @Test
    void whereNothingStopsNothingIsAway() throws UnusableInputException {
        assertThat(absences(cib("", ""))).isEmpty();
    }

    @Test
    void whatWasNeverMeasuredCountsASecondAndIsSaidToBeGuessed() throws UnusableInputException {
        Cib standby =
                cib("<instance_attributes id='a'><nvpair id='s' name='standby' value='on'/></instance_attributes>", "");
        Cib unmeasured = Cib.read(standby.write().replace("exec-time=\"2000\"", "exec-time=\"0\""), "test");
        assertThat(absences(unmeasured))
                .contains(new Absence("db", What.STOPPED, Optional.of(Duration.ofSeconds(4)), true));
    }
}
