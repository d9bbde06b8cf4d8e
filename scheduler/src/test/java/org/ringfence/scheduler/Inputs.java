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
