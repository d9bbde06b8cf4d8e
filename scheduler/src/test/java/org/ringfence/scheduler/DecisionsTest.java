package org.ringfence.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.problem.UnusableInputException;

/** Rules that are easily lost, each in the smallest configuration that shows it. */
class DecisionsTest {
    private static final String AGENT = "class='ocf' provider='pacemaker' type='Dummy'";

    /** What comes right before each action, by their keys. */
    private static Map<String, List<String>> decide(String resources, String constraints)
            throws UnusableInputException {
        List<Synapse> synapses = Scheduler.schedule(Inputs.cib(2, resources, constraints), Instant.EPOCH)
                .graph()
                .synapses();
        Map<Integer, String> keys = synapses.stream()
                .collect(Collectors.toMap(synapse -> synapse.action().id(), synapse -> key(synapse.action())));
        return synapses.stream()
                .collect(Collectors.toMap(
                        synapse -> key(synapse.action()),
                        synapse -> synapse.inputs().stream().map(keys::get).toList(),
                        (one, other) -> one));
    }

    private static String key(GraphAction action) {
        return switch (action) {
            case GraphAction.ResourceAction resource -> resource.operationKey();
            case GraphAction.ClusterAction cluster -> cluster.operation();
            case GraphAction.PseudoAction pseudo -> pseudo.operationKey();
        };
    }

    private static Map<String, String> attributes(String resources, String key) throws UnusableInputException {
        return Scheduler.schedule(Inputs.cib(1, resources, ""), Instant.EPOCH).graph().synapses().stream()
                .map(Synapse::action)
                .filter(GraphAction.ResourceAction.class::isInstance)
                .map(GraphAction.ResourceAction.class::cast)
                .filter(action -> action.operationKey().equals(key))
                .findFirst()
                .orElseThrow()
                .attributes();
    }

    private static String meta(String name, String value) {
        return "<meta_attributes id='%s-%s'><nvpair id='%1$s-%2$s-nv' name='%1$s' value='%2$s'/></meta_attributes>"
                .formatted(name, value);
    }

    @Test
    void aGroupIsNotCompleteWithoutAllItsMembers() throws UnusableInputException {
        String group = "<clone id='c'><group id='g'><primitive id='m1' " + AGENT + "/><primitive id='m2' " + AGENT
                + ">%s</primitive></group></clone>" + Inputs.singles(1);
        String after = "<rsc_order id='o' first='c' then='r1'/>";
        assertThat(decide(group.formatted(""), after)).containsKeys("m1:0_start_0", "r1_start_0");
        assertThat(decide(group.formatted(meta("target-role", "Stopped")), after))
                .containsKey("m1:0_start_0")
                .doesNotContainKey("r1_start_0");
    }

    @Test
    void aBundleThatNotifiesIsFollowedFromItsBegin() throws UnusableInputException {
        String bundle = "<bundle id='b'>%s<docker image='i'/><network control-port='3121'/><primitive id='in' " + AGENT
                + "/></bundle>" + Inputs.singles(1);
        String after = "<rsc_order id='o' first='b' then='r1'/>";
        assertThat(decide(bundle.formatted(""), after).get("r1_start_0")).contains("b_running_0");
        assertThat(decide(bundle.formatted(meta("notify", "true")), after).get("r1_start_0"))
                .contains("b_start_0")
                .doesNotContain("b_running_0");
    }

    @Test
    void instancesOfAnOrderedCloneArePromotedInTurn() throws UnusableInputException {
        String clone = "<clone id='c'>" + meta("promotable", "true") + meta("promoted-max", "2")
                + meta("ordered", "true") + "<primitive id='p' " + AGENT + "/></clone>";
        String promoted = "<rsc_location id='l' rsc='c'><rule id='u' role='Promoted' score='10'>"
                + "<expression id='e' attribute='#uname' operation='defined'/></rule></rsc_location>";
        assertThat(decide(clone, promoted).get("p:1_promote_0")).contains("p:0_promote_0");
    }

    @Test
    void anAnswerThatMakesNoSenseCountsAsNotGiven() throws UnusableInputException {
        String start = "<primitive id='r1' " + AGENT
                + "><operations><op id='o' name='start' interval='0' on-fail='%s'/>" + "</operations></primitive>";
        assertThat(attributes(start.formatted("stop"), "r1_start_0")).containsEntry("CRM_meta_on_fail", "stop");
        assertThat(attributes(start.formatted("demote"), "r1_start_0")).doesNotContainKey("CRM_meta_on_fail");
    }

    @Test
    void ofSetsWithOneScoreTheLaterDecides() throws UnusableInputException {
        String sets = "<primitive id='r1' " + AGENT + "><instance_attributes id='a'><nvpair id='x' name='n'"
                + " value='first'/></instance_attributes><instance_attributes id='b'"
                + " score='%d'><nvpair id='y' name='n' value='second'/>"
                + "</instance_attributes></primitive>";
        assertThat(attributes(sets.formatted(0), "r1_start_0")).containsEntry("n", "second");
        assertThat(attributes(sets.formatted(-1), "r1_start_0")).containsEntry("n", "first");
    }

    /** What the fencing of n2, which is lost with r2 on it, is to wait; r1 is on n1. */
    private static String fencingDelay(int priorityHere, int priorityThere) throws UnusableInputException {
        String resource = "<primitive id='r%d' " + AGENT + "><meta_attributes id='m%1$d'>"
                + "<nvpair id='n%1$d' name='priority' value='%d'/></meta_attributes></primitive>";
        String text = Inputs.running(
                        1,
                        resource.formatted(1, priorityHere) + resource.formatted(2, priorityThere)
                                + "<primitive id='f' class='stonith' type='fence_x'/>",
                        "",
                        "")
                .write()
                .replace(
                        "name=\"placement-strategy\" value=\"default\"",
                        "name=\"priority-fencing-delay\" value=\"25s\"")
                .replace("name=\"fencing-enabled\" value=\"false\"", "name=\"fencing-enabled\" value=\"true\"");
        String history = text.substring(text.indexOf("<lrm "), text.indexOf("</lrm>") + "</lrm>".length());
        int second = text.indexOf("<node_state id=\"2\"");
        String lost = "<node_state id='2' uname='n2' in_ccm='false' crmd='offline' join='member' expected='member'>"
                + history.replace("r1", "r2").replace("lrm id=\"1\"", "lrm id=\"2\"") + "</node_state>";
        Cib cib = Cib.read(text.substring(0, second) + lost + text.substring(text.indexOf("/>", second) + 2), "test");
        return Scheduler.schedule(cib, Instant.EPOCH).graph().synapses().stream()
                .map(Synapse::action)
                .filter(GraphAction.ClusterAction.class::isInstance)
                .map(GraphAction.ClusterAction.class::cast)
                .map(fencing -> fencing.attributes().getOrDefault("CRM_meta_priority_fencing_delay", "nothing is said"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFencingOfTheNodeThatMattersMoreWaits() throws UnusableInputException {
        assertThat(fencingDelay(1, 5)).isEqualTo("25");
        assertThat(fencingDelay(5, 1)).isEqualTo("0");
        assertThat(fencingDelay(3, 3)).isEqualTo("0");
    }
}
