package org.ringfence.scheduler.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ParameterDigest;

/** Parameters that a rule makes differ by an attribute of the node, where a group, a clone or a template has them. */
class ParametersByNodeTest {
    private static final String AGENT = "class='ocf' provider='pacemaker' type='Dummy'";
    private static final String SETS = set("east") + set("west");
    private static final String GROUP =
            "<group id='r'>" + SETS + "<primitive id='p' " + AGENT + "/><primitive id='q' " + AGENT + "/></group>";
    private static final String CLONE = "<clone id='r'>" + SETS + "<primitive id='p' " + AGENT + "/></clone>";
    private static final String TEMPLATE =
            "<template id='t' " + AGENT + ">" + SETS + "</template><primitive id='r' template='t'/>";

    private static String set(String site) {
        return ("<instance_attributes id='%1$s'><rule id='%1$s-rule' score='0'><expression id='%1$s-is'"
                        + " attribute='site' operation='eq' value='%1$s'/></rule><nvpair id='%1$s-where' name='where'"
                        + " value='%1$s'/></instance_attributes>")
                .formatted(site);
    }

    private static String node(int id, String site) {
        return ("<node id='%1$d' uname='n%1$d'><instance_attributes id='a%1$d'><nvpair id='site%1$d' name='site'"
                        + " value='%2$s'/></instance_attributes></node>")
                .formatted(id, site);
    }

    /** n1 is in the east and n2 in the west; the resource would rather be on n1. */
    private static Cib cib(String resources) throws UnusableInputException {
        String state =
                "<node_state id='%d' uname='n%1$d' in_ccm='true' crmd='online' join='member' expected='member'/>";
        return Cib.read(
                "<cib have-quorum='1' dc-uuid='1'><configuration><crm_config><cluster_property_set id='c'><nvpair"
                        + " id='f' name='fencing-enabled' value='false'/></cluster_property_set></crm_config><nodes>"
                        + node(1, "east") + node(2, "west") + "</nodes><resources>" + resources
                        + "</resources><constraints><rsc_location id='l' rsc='r' node='n1' score='100'/></constraints>"
                        + "</configuration><status>" + state.formatted(1) + state.formatted(2) + "</status></cib>",
                "test");
    }

    private static Cib with(Cib cib, String was, String now) throws UnusableInputException {
        String text = cib.write();
        assertThat(text).containsOnlyOnce(was);
        return Cib.read(text.replace(was, now), "test");
    }

    private static Cib preferring(Cib cib, String was, String now) throws UnusableInputException {
        return with(cib, "rsc=\"r\" node=\"" + was + "\"", "rsc=\"r\" node=\"" + now + "\"");
    }

    private static Cib moved(Cib cib, int node, String was, String now) throws UnusableInputException {
        String site = "id=\"site" + node + "\" name=\"site\" value=\"";
        return with(cib, site + was, site + now);
    }

    /** Each start with its node and what it is given, sorted. */
    private static List<String> starts(Cib cib) {
        return Life.transition(cib).synapses().stream()
                .map(Synapse::action)
                .filter(GraphAction.ResourceAction.class::isInstance)
                .map(GraphAction.ResourceAction.class::cast)
                .filter(action -> action.operation().equals("start"))
                .map(action -> action.operationKey() + "@" + action.node() + " "
                        + action.attributes().get("where"))
                .sorted()
                .toList();
    }

    /** The digest that a node's last start of a resource has left. */
    private static String digest(Cib cib, String node, String resource) {
        return Objects.requireNonNull(Life.node(cib, node).history().get(resource)).operations().stream()
                .filter(record -> record.operation().equals("start"))
                .map(OperationRecord::digests)
                .map(digests -> digests.getOrDefault("op-digest", "none"))
                .findFirst()
                .orElseThrow();
    }

    private static String digestOf(String site) {
        return ParameterDigest.of(Map.of("where", site));
    }

    @Test
    void everyStartHasTheParametersOfItsNode() throws UnusableInputException {
        assertThat(starts(cib(CLONE))).containsExactly("p:0_start_0@n1 east", "p:1_start_0@n2 west");
        assertThat(starts(cib(GROUP))).containsExactly("p_start_0@n1 east", "q_start_0@n1 east");
        assertThat(starts(preferring(cib(GROUP), "n1", "n2")))
                .containsExactly("p_start_0@n2 west", "q_start_0@n2 west");
        assertThat(starts(cib(TEMPLATE))).containsExactly("r_start_0@n1 east");
        assertThat(starts(preferring(cib(TEMPLATE), "n1", "n2"))).containsExactly("r_start_0@n2 west");
    }

    @Test
    void everyNodeRemembersTheDigestOfItsOwnParameters() throws UnusableInputException {
        Cib settled = Life.step(cib(CLONE)).cib();
        assertThat(digest(settled, "n1", "p")).isEqualTo(digestOf("east"));
        assertThat(digest(settled, "n2", "p")).isEqualTo(digestOf("west"));
        assertThat(Life.wanted(settled)).isEmpty();
    }

    @Test
    void whatOneNodeRemembersRestartsNothingOnAnother() throws UnusableInputException {
        for (String resources : List.of(GROUP, TEMPLATE)) {
            Cib east = Life.step(cib(resources)).cib();
            assertThat(Life.wanted(east)).isEmpty();
            Cib west = Life.step(preferring(east, "n1", "n2")).cib();
            assertThat(starts(preferring(east, "n1", "n2"))).isNotEmpty().allMatch(start -> start.endsWith("@n2 west"));
            assertThat(Life.wanted(west)).isEmpty();
            Cib back = Life.step(preferring(west, "n2", "n1")).cib();
            assertThat(Life.wanted(back)).isEmpty();
        }
    }

    @Test
    void whenANodesAttributeChangesOnlyWhatIsOnThatNodeRestarts() throws UnusableInputException {
        Cib clone = moved(Life.step(cib(CLONE)).cib(), 2, "west", "east");
        assertThat(Life.wanted(clone)).isNotEmpty().allMatch(action -> action.endsWith("@n2"));
        assertThat(starts(clone)).singleElement().asString().endsWith("@n2 east");
        for (String resources : List.of(GROUP, TEMPLATE)) {
            Cib settled = Life.step(cib(resources)).cib();
            assertThat(Life.wanted(moved(settled, 2, "west", "east"))).isEmpty();
            assertThat(starts(moved(settled, 1, "east", "west")))
                    .isNotEmpty()
                    .allMatch(start -> start.endsWith("@n1 west"));
        }
    }
}
