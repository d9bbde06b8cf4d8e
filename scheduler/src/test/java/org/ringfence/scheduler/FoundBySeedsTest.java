package org.ringfence.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.problem.UnusableInputException;

/** What random configurations showed to be decided otherwise than administrators know it, each in a small configuration of its own. */
class FoundBySeedsTest {
    private static final String FENCE = "<primitive id='r1' class='stonith' type='fence_x'><operations>"
            + "<op id='o' name='monitor' interval='10s'/></operations></primitive>";

    /** Real actions by key and node, probes left out. */
    private static List<String> actions(Cib cib) {
        return Scheduler.schedule(cib, Instant.EPOCH).graph().synapses().stream()
                .map(Synapse::action)
                .filter(GraphAction.ResourceAction.class::isInstance)
                .map(GraphAction.ResourceAction.class::cast)
                .map(action -> action.operation().equals("cancel")
                        ? "cancel " + action.operationKey()
                        : action.operationKey() + " " + action.node())
                .filter(action -> !action.contains("_monitor_0 "))
                .sorted()
                .toList();
    }

    private static Cib with(Cib cib, String was, String now) throws UnusableInputException {
        String text = cib.write();
        assertThat(text).contains(was);
        return Cib.read(text.replace(was, now), "test");
    }

    private static Cib option(Cib cib, String name, String value) throws UnusableInputException {
        return with(
                cib, "name=\"placement-strategy\" value=\"default\"", "name=\"" + name + "\" value=\"" + value + "\"");
    }

    @Test
    void allResourcesToBeStoppedIncludesFenceDevices() throws UnusableInputException {
        Cib cib = option(Inputs.running(1, FENCE, "", ""), "stop-all-resources", "true");
        assertThat(actions(cib)).containsExactly("r1_stop_0 n1");
    }

    @Test
    void inACircleOfColocationsTheFirstGetsAPlace() throws UnusableInputException {
        String circle = "<rsc_colocation id='c' rsc='r1' with-rsc='r2' score='INFINITY'/>"
                + "<rsc_colocation id='d' rsc='r2' with-rsc='r1' score='INFINITY'/>";
        assertThat(actions(Inputs.cib(2, Inputs.singles(2), circle))).containsExactly("r1_start_0 n1", "r2_start_0 n1");
    }

    @Test
    void whereASinglePrimaryIsSaysNothingToADependentWhoseRoleIsNotDecidedYet() throws UnusableInputException {
        String resources = "<clone id='c'><meta_attributes id='m'><nvpair id='n' name='promotable' value='true'/>"
                + "</meta_attributes><primitive id='p' class='ocf' provider='pacemaker' type='Stateful'/></clone>"
                + Inputs.singles(1);
        String constraints = "<rsc_colocation id='k' rsc='c' rsc-role='Unpromoted' with-rsc='r1' score='INFINITY'/>"
                + "<rsc_location id='l' rsc='r1' node='n1' score='1'/>";
        assertThat(actions(Inputs.cib(2, resources, constraints))).contains("p:0_start_0 n2", "p:1_start_0 n1");
    }

    @Test
    void aFenceDeviceThatALostNodeHadDoesNotRestartElsewhere() throws UnusableInputException {
        Cib both = Inputs.running(1, FENCE, "", "");
        String text = both.write()
                .replace("name=\"fencing-enabled\" value=\"false\"", "name=\"fencing-enabled\" value=\"true\"");
        int second = text.indexOf("<node_state id=\"2\"");
        int history = text.indexOf("<lrm id=\"1\"");
        String lrm = text.substring(history, text.indexOf("</lrm>") + "</lrm>".length());
        int end = text.indexOf("/>", second);
        String lost = text.substring(0, second)
                + "<node_state id=\"2\" uname=\"n2\" in_ccm=\"false\" crmd=\"offline\" join=\"member\""
                + " expected=\"member\">"
                + lrm.replace("lrm id=\"1\"", "lrm id=\"2\"") + "</node_state>" + text.substring(end + 2);
        assertThat(actions(Cib.read(lost, "test"))).isEmpty();
    }

    @Test
    void onANodeInStandbyNothingIsEndedForMaintenance() throws UnusableInputException {
        String watched = "<primitive id='r1' class='ocf' provider='pacemaker' type='Dummy'><operations>"
                + "<op id='o' name='monitor' interval='10s'/></operations><meta_attributes id='m'>"
                + "<nvpair id='n' name='maintenance' value='true'/></meta_attributes></primitive>";
        Cib cib = Inputs.running(1, watched, "", "");
        assertThat(actions(cib)).containsExactly("cancel r1_monitor_10000");
        Cib standby = with(
                cib,
                "<node id=\"1\" uname=\"n1\"/>",
                "<node id=\"1\" uname=\"n1\"><instance_attributes id=\"s\"><nvpair id=\"t\" name=\"standby\""
                        + " value=\"on\"/></instance_attributes></node>");
        assertThat(actions(standby)).isEmpty();
    }

    @Test
    void whatIsLeftOfADislikeOverAWeakColocationCountsForBeingTogether() throws UnusableInputException {
        String constraints = "<rsc_location id='l' rsc='r1' node='n2' score='-100'/>"
                + "<rsc_colocation id='c' rsc='r1' with-rsc='r2' score='10'/>";
        assertThat(actions(Inputs.cib(2, Inputs.singles(2), constraints))).contains("r2_start_0 n2");
    }

    /** A promotable clone on one node, whose agent asks to be promoted with a score, in a colocation with what is there too. */
    private static List<String> promotions(int score, String colocation) throws UnusableInputException {
        return promotions(score, "false", Inputs.singles(1), "with-rsc='r1' " + colocation);
    }

    private static List<String> promotions(int score, String interleave, String others, String colocation)
            throws UnusableInputException {
        String clone = "<clone id='c'><meta_attributes id='m'><nvpair id='n' name='promotable' value='true'/>"
                + "<nvpair id='i' name='interleave' value='" + interleave
                + "'/></meta_attributes><primitive id='p' class='ocf' provider='pacemaker' type='Stateful'/></clone>";
        String constraint = "<rsc_colocation id='k' rsc='c' " + colocation + "/>";
        Cib cib = Inputs.cib(1, clone + others, constraint);
        String text = cib.write();
        int end = text.indexOf("/>", text.indexOf("<node_state"));
        String asking = text.substring(0, end) + "><transient_attributes id='1'><instance_attributes id='a'>"
                + "<nvpair id='b' name='master-p' value='" + score + "'/></instance_attributes></transient_attributes>"
                + "</node_state>" + text.substring(end + 2);
        return actions(Cib.read(asking, "test")).stream()
                .filter(action -> action.contains("_promote_"))
                .toList();
    }

    @Test
    void whereTheUnpromotedInstanceIsToBeItIsNotPromoted() throws UnusableInputException {
        assertThat(promotions(100, "rsc-role='Unpromoted' score='INFINITY'")).isEmpty();
        assertThat(promotions(100, "rsc-role='Unpromoted' score='50'")).containsExactly("p:0_promote_0 n1");
        assertThat(promotions(20, "rsc-role='Unpromoted' score='50'")).isEmpty();
        assertThat(promotions(-20, "rsc-role='Unpromoted' score='-50'")).containsExactly("p:0_promote_0 n1");
    }

    @Test
    void whatInterleavesIsUnpromotedBesideItsOwnInstanceAndWhatDoesNotIsBesideAny() throws UnusableInputException {
        String others = "<clone id='d'>" + Inputs.singles(1) + "</clone>";
        String beside = "with-rsc='d' score='INFINITY' rsc-role=";
        assertThat(promotions(100, "true", others, beside + "'Unpromoted'")).isEmpty();
        assertThat(promotions(100, "false", others, beside + "'Unpromoted'")).containsExactly("p:0_promote_0 n1");
        assertThat(promotions(100, "true", others, beside + "'Promoted'")).containsExactly("p:0_promote_0 n1");
    }

    @Test
    void aWishForARoleBesideACloneCountsInFullWithAndWithoutInterleaving() throws UnusableInputException {
        String others = "<clone id='d'>" + Inputs.singles(1) + "</clone>";
        for (String interleave : List.of("true", "false")) {
            String unpromoted = "with-rsc='d' score='50' rsc-role='Unpromoted'";
            assertThat(promotions(49, interleave, others, unpromoted)).isEmpty();
            assertThat(promotions(51, interleave, others, unpromoted)).containsExactly("p:0_promote_0 n1");
            String promoted = "with-rsc='d' score='50' rsc-role='Promoted'";
            assertThat(promotions(-49, interleave, others, promoted)).containsExactly("p:0_promote_0 n1");
        }
    }

    @Test
    void aDislikeOfThePromotedInstanceCountsAlsoWhereItLeavesNoPlace() throws UnusableInputException {
        assertThat(promotions(100, "rsc-role='Promoted' score='-50'")).containsExactly("p:0_promote_0 n1");
        assertThat(promotions(20, "rsc-role='Promoted' score='-50'")).isEmpty();
    }

    /** Starts and stops where r1 and so on are active on n1, and a resource would rather be on n2. */
    private static List<String> moves(int active, String resources, String constraints, String wanting)
            throws UnusableInputException {
        String location = "<rsc_location id='l' rsc='" + wanting + "' node='n2' score='100'/>";
        return actions(Inputs.running(active, resources, constraints + location, "")).stream()
                .filter(action -> action.contains("_start_") || action.contains("_stop_"))
                .toList();
    }

    private static String notCritical(String id) {
        return "<primitive id='" + id + "' class='ocf' provider='pacemaker' type='Dummy'><meta_attributes id='m" + id
                + "'><nvpair id='n" + id + "' name='critical' value='false'/></meta_attributes></primitive>";
    }

    @Test
    void aDependentWithoutInfluenceDoesNotMoveAnActivePrimary() throws UnusableInputException {
        String colocation = "<rsc_colocation id='k' rsc='r2' with-rsc='r1' score='INFINITY' influence='false'/>";
        assertThat(moves(2, Inputs.singles(2), colocation, "r2")).isEmpty();
        assertThat(moves(1, Inputs.singles(2), colocation, "r2")).containsExactly("r2_start_0 n1");
        String other = "<rsc_colocation id='k' rsc='r1' with-rsc='r2' score='INFINITY' influence='false'/>";
        assertThat(moves(1, Inputs.singles(2), other, "r1"))
                .containsExactly("r1_start_0 n2", "r1_stop_0 n1", "r2_start_0 n2");
    }

    @Test
    void whatIsNotCriticalHasNoInfluence() throws UnusableInputException {
        String colocation = "<rsc_colocation id='k' rsc='d' with-rsc='r1' score='INFINITY'/>";
        assertThat(moves(1, Inputs.singles(1) + notCritical("d"), colocation, "d"))
                .containsExactly("d_start_0 n1");
    }

    @Test
    void whatComesInAGroupAfterAMemberThatIsNotCriticalIsNotCritical() throws UnusableInputException {
        String last = "<primitive id='z' class='ocf' provider='pacemaker' type='Dummy'/>";
        String group = "<group id='g'>" + Inputs.singles(1) + notCritical("d") + last + "</group>";
        String away = "<rsc_location id='a' rsc='z' node='n1' score='-INFINITY'/>";
        assertThat(moves(1, group, away, "z")).containsExactly("d_start_0 n1");
    }

    @Test
    void inMaintenanceWhatAMonitorDidNotFindIsStoppedAndNotWatched() throws UnusableInputException {
        String watched = "<primitive id='r1' class='ocf' provider='pacemaker' type='Dummy'><operations>"
                + "<op id='o' name='monitor' interval='10s'/></operations></primitive>";
        Cib cib = option(Inputs.running(1, watched, "", ""), "maintenance-mode", "true");
        assertThat(actions(cib)).containsExactly("cancel r1_monitor_10000");
        String text = cib.write();
        int monitor = text.indexOf("id=\"r1_monitor_10000\"");
        Cib gone = Cib.read(
                text.substring(0, monitor) + text.substring(monitor).replaceFirst("rc-code=\"0\"", "rc-code=\"7\""),
                "test");
        assertThat(actions(gone)).isEmpty();
    }
}
