package org.ringfence.scheduler;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

/** Configurations made by tests: nodes that are all online, and what the test writes of resources and constraints. */
final class Inputs {
    private Inputs() {}

    static Cib cib(int nodes, String resources, String constraints) throws UnusableInputException {
        return cib(nodes, "default", resources, constraints);
    }

    static Cib cib(int nodes, String strategy, String resources, String constraints) throws UnusableInputException {
        return Cib.read(
                """
                <cib have-quorum="1" dc-uuid="1"><configuration>
                <crm_config><cluster_property_set id="p"><nvpair id="p1" name="fencing-enabled" value="false"/>
                <nvpair id="p2" name="placement-strategy" value="%s"/></cluster_property_set></crm_config>
                <nodes>%s</nodes><resources>%s</resources><constraints>%s</constraints></configuration><status>%s</status></cib>
                """.formatted(
                                strategy,
                                each(nodes, "<node id='%d' uname='n%1$d'/>"),
                                resources,
                                constraints,
                                each(
                                        nodes,
                                        "<node_state id='%d' uname='n%1$d' in_ccm='true' crmd='online' join='member'"
                                                + " expected='member'/>")),
                "test");
    }

    /**
     * The same on two nodes, with r1, r2 and so on active on n1 and a monitor every ten seconds under way there.
     *
     * @param attributes transient ones of n1
     */
    static Cib running(int active, String resources, String constraints, String attributes)
            throws UnusableInputException {
        String history = each(
                active,
                "<lrm_resource id='r%d' class='ocf' provider='pacemaker' type='Dummy'>" + operation("start", 0, 1)
                        + operation("monitor", 10_000, 2) + "</lrm_resource>");
        if (resources.contains("stonith")) {
            history =
                    history.replace("class='ocf' provider='pacemaker' type='Dummy'", "class='stonith' type='fence_x'");
        }
        String state = "<lrm id='1'><lrm_resources>" + history + "</lrm_resources></lrm><transient_attributes id='1'>"
                + "<instance_attributes id='t'>" + attributes
                + "</instance_attributes></transient_attributes></node_state>";
        String cib = cib(2, resources, constraints).write();
        int end = cib.indexOf("/>", cib.indexOf("<node_state id=\"1\""));
        return Cib.read(cib.substring(0, end) + ">" + state + cib.substring(end + 2), "test");
    }

    private static String operation(String task, int interval, int call) {
        return ("<lrm_rsc_op id='r%%1$d_%1$s_%2$d' operation='%1$s' operation_key='r%%1$d_%1$s_%2$d' interval='%2$d'"
            + " rc-code='0' op-status='0' call-id='%3$d' transition-key='1:0:0:u' transition-magic='0:0;1:0:0:u'/>")
                .formatted(task, interval, call);
    }

    /** The text for each number from 1, which stands where the text has {@code %d} or {@code %1$d}. */
    static String each(int count, String text) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> text.formatted(number))
                .collect(Collectors.joining("\n"));
    }

    /** Single resources r1, r2 and so on. */
    static String singles(int count) {
        return each(count, "<primitive id='r%d' class='ocf' provider='pacemaker' type='Dummy'/>");
    }
}
