package org.ringfence.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.problem.UnusableInputException;

/** Whatever is asked for, there is an answer within seconds. */
class TerminationTest {
    private static final Duration SECONDS = Duration.ofSeconds(30);

    private static Scheduler.Schedule schedule(Cib cib) {
        return assertTimeoutPreemptively(SECONDS, () -> Scheduler.schedule(cib, Instant.EPOCH));
    }

    private static Scheduler.Schedule schedule(int nodes, String resources, String constraints)
            throws UnusableInputException {
        return schedule(Inputs.cib(nodes, resources, constraints));
    }

    @Test
    void nothingAtAll() throws UnusableInputException {
        assertThat(schedule(Cib.read("<cib><configuration/></cib>", "test"))
                        .graph()
                        .synapses())
                .isEmpty();
        assertThat(schedule(0, Inputs.singles(3), "").graph().synapses()).isEmpty();
    }

    @Test
    void orderingsInACircle() throws UnusableInputException {
        Scheduler.Schedule schedule =
                schedule(3, Inputs.singles(100), circle(100, "<rsc_order id='o%d' first='r%1$d' then='r%2$d'/>"));
        assertThat(schedule.problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("lead in a circle", "r2 to start"));
        schedule(
                3,
                Inputs.singles(100),
                circle(100, "<rsc_order id='o%d' kind='Serialize' first='r%1$d' then='r%2$d'/>"));
    }

    @Test
    void aTangleOfOrderings() throws UnusableInputException {
        schedule(3, Inputs.singles(60), tangle(60, "<rsc_order id='o%d-%d' first='r%1$d' then='r%2$d'/>"));
    }

    @Test
    void colocationsInACircle() throws UnusableInputException {
        schedule(
                3,
                Inputs.singles(300),
                circle(300, "<rsc_colocation id='c%d' rsc='r%1$d' with-rsc='r%2$d' score='INFINITY'/>"));
    }

    @Test
    void aTangleOfColocations() throws UnusableInputException {
        for (String score : new String[] {"INFINITY", "-INFINITY", "1000", "-1"}) {
            schedule(
                    5,
                    Inputs.singles(25),
                    tangle(25, "<rsc_colocation id='c%d-%d' rsc='r%1$d' with-rsc='r%2$d' score='" + score + "'/>"));
        }
    }

    @Test
    void aLongChainOfColocationsEndsOnOneNode() throws UnusableInputException {
        String chain = circle(2000, "<rsc_colocation id='c%d' rsc='r%1$d' with-rsc='r%2$d' score='INFINITY'/>")
                .replace("with-rsc='r1'", "with-rsc='r2001'");
        Scheduler.Schedule schedule = schedule(3, Inputs.singles(2001), chain);
        assertThat(starts(schedule)).hasSize(2001);
        assertThat(starts(schedule).stream()
                        .map(GraphAction.ResourceAction::node)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aLongChainOfColocationsInACircle() throws UnusableInputException {
        String circle = circle(2000, "<rsc_colocation id='c%d' rsc='r%1$d' with-rsc='r%2$d' score='INFINITY'/>");
        schedule(3, Inputs.singles(2000), circle);
        schedule(Inputs.cib(3, "balanced", Inputs.singles(2000), circle));
    }

    @Test
    void aLongChainOfOrderings() throws UnusableInputException {
        schedule(3, Inputs.singles(2000), circle(2000, "<rsc_order id='o%d' first='r%1$d' then='r%2$d'/>"));
    }

    @Test
    void aLongGroup() throws UnusableInputException {
        schedule(3, "<group id='g'>" + Inputs.singles(1000) + "</group>", "");
    }

    @Test
    void thousandsOfReferencesToNothing() throws UnusableInputException {
        String constraints = Inputs.each(2000, """
            <rsc_order id='o%d' first='none%1$d' then='r1'/><rsc_colocation id='c%1$d' rsc='r1' with-rsc='none%1$d' score='1'/>
            <rsc_location id='l%1$d' rsc='none%1$d' node='n1' score='1'/><rsc_location id='m%1$d' rsc='r1' node='none%1$d' score='1'/>
            <rsc_ticket id='t%1$d' rsc='none%1$d' ticket='none'/>\
            """);
        assertThat(schedule(3, Inputs.singles(1), constraints).problems()).hasSizeGreaterThanOrEqualTo(8000);
    }

    @Test
    void thousandsOfMistakes() throws UnusableInputException {
        String resources = Inputs.each(500, """
            <primitive id='r%d'/><primitive id='r%1$d' class='' type=''/><group id='g%1$d'/>
            <clone id='c%1$d'><meta_attributes id='x'><nvpair id='y' name='clone-max' value='many'/></meta_attributes></clone>
            <bundle id='b%1$d'><docker/><primitive id='b%1$d'/></bundle><template id='t%1$d'/><primitive id='u%1$d' template='v'/>
            <primitive id='w%1$d' class='ocf' provider='p' type='t'><operations><op id='z' name='monitor' interval='often' timeout='long'
              on-fail='cry'/></operations><meta_attributes id='w'><nvpair id='w' name='priority' value='high'/></meta_attributes>
              </primitive>\
            """);
        String constraints = Inputs.each(500, """
            <rsc_order id='o%d'/><rsc_colocation id='o%1$d'/><rsc_location id='o%1$d'/><rsc_ticket id='o%1$d'/><rsc_unheard id='o%1$d'/>
            <rsc_order id='s%1$d'><resource_set/></rsc_order><rsc_colocation id='s%1$d'><resource_set id='s%1$d'><resource_ref id='w1'/>
              </resource_set></rsc_colocation><rsc_location id='s%1$d' rsc='w%1$d'><rule><expression/></rule></rsc_location>\
            """);
        Cib cib = Inputs.cib(3, resources, constraints);
        assertThat(schedule(cib).problems().size() + cib.problems().size()).isGreaterThan(2000);
    }

    @Test
    void numbersBeyondAllMeasure() throws UnusableInputException {
        for (String number : List.of(
                "999999999999999999999999",
                "-999999999999999999999999",
                "1e9",
                "0x7fffffff",
                "",
                " ",
                "NaN",
                "+-1",
                "INFINITYs")) {
            String resources = Inputs.singles(2) + """
                <clone id='c'>%s<primitive id='i' class='ocf' provider='p' type='t'>
                  <operations><op id='m' name='monitor' interval='%s' timeout='%<s'/></operations></primitive></clone>
                <bundle id='b'><docker image='i' replicas='%<s' replicas-per-host='%<s'/></bundle>
                """.formatted(meta(number), number);
            String constraints = """
                <rsc_location id='l' rsc='r1' node='n1' score='%s'/><rsc_colocation id='k' rsc='r1' with-rsc='r2' score='%<s'/>
                <rsc_order id='o' first='r1' then='r2' score='%<s'/>
                """.formatted(number);
            assertThat(schedule(2, resources, constraints).graph()).as(number).isNotNull();
        }
    }

    private static String meta(String number) {
        return Stream.of(
                        "clone-max",
                        "clone-node-max",
                        "clone-min",
                        "promoted-max",
                        "priority",
                        "resource-stickiness",
                        "migration-threshold",
                        "failure-timeout",
                        "promotable")
                .map(name -> "<nvpair id='%s' name='%1$s' value='%s'/>".formatted(name, number))
                .collect(Collectors.joining("", "<meta_attributes id='m'>", "</meta_attributes>"));
    }

    @Test
    void moreInstancesThanAnybodyWants() throws UnusableInputException {
        String clone = "<clone id='c'><meta_attributes id='m'><nvpair id='n' name='clone-max'"
                + " value='100000'/></meta_attributes>"
                + Inputs.singles(1) + "</clone>";
        Scheduler.Schedule schedule = schedule(3, clone, "");
        assertThat(starts(schedule)).hasSize(3);
        assertThat(schedule.problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("clone-max 100000"));
    }

    @Test
    void whatRefersToItselfOrToEachOther() throws UnusableInputException {
        String resources = """
            <template id='t' template='t' class='ocf' provider='p' type='t'/><primitive id='a' template='t'/><primitive id='b' template='a'/>
            <primitive id='r1' class='ocf' provider='p' type='t'><meta_attributes id='m1'>
              <nvpair id='n1' name='container' value='r2'/></meta_attributes></primitive>
            <primitive id='r2' class='ocf' provider='p' type='t'><meta_attributes id='m2'>
              <nvpair id='n2' name='container' value='r1'/></meta_attributes></primitive>
            <primitive id='r3' class='ocf' provider='p' type='t'><meta_attributes id='m3'>
              <nvpair id='n3' name='remote-node' value='r3'/></meta_attributes></primitive>
            <primitive id='r4' class='ocf' provider='p' type='t'><meta_attributes id='m4' id-ref='m4'/></primitive>
            """;
        String constraints = """
            <rsc_colocation id='c' rsc='r1' with-rsc='r1' score='INFINITY'/><rsc_order id='o' first='r1' then='r1'/>
            <rsc_location id='l' rsc='r1'><rule id='u' id-ref='u'/></rsc_location>
            <rsc_colocation id='s' score='INFINITY'><resource_set id='s1'><resource_ref id='r1'/><resource_ref id='r1'/></resource_set>
              </rsc_colocation>
            """;
        schedule(3, resources, constraints);
    }

    @Test
    void oneIdForEverything() throws UnusableInputException {
        schedule(
                2,
                "<primitive id='x' class='ocf' provider='p' type='t'/>".repeat(50) + "<group id='x'>"
                        + Inputs.singles(2) + "</group>",
                "<rsc_order id='x' first='x' then='x'/>".repeat(50));
    }

    @Test
    void aStatusOfRubbish() throws UnusableInputException {
        String states = Inputs.each(200, """
            <node_state id='n%d' uname='' in_ccm='perhaps' crmd='' join='so' expected=''>
            <transient_attributes id='x'><instance_attributes id='i'><nvpair id='f' name='fail-count-r1#monitor_10000' value='many'/>
            <nvpair id='g' name='last-failure-r1' value='yesterday'/><nvpair id='h' name='master-r1' value='high'/></instance_attributes>
            </transient_attributes><lrm id='x'><lrm_resources><lrm_resource id='' class='' type=''>
            <lrm_rsc_op id='o' operation='' operation_key='' interval='x' rc-code='y' op-status='z' call-id='w' transition-key='::::'
              transition-magic=''/></lrm_resource><lrm_resource id='r1'><lrm_rsc_op id='p' operation='start' rc-code='0'/></lrm_resource>
            </lrm_resources></lrm></node_state><ticket_state id='' granted='often'/>\
            """);
        String cib = Inputs.cib(3, Inputs.singles(2), "").write();
        schedule(Cib.read(cib.replace("</status>", states + "</status>"), "test"));
    }

    private static List<GraphAction.ResourceAction> starts(Scheduler.Schedule schedule) {
        return schedule.graph().synapses().stream()
                .map(Synapse::action)
                .filter(GraphAction.ResourceAction.class::isInstance)
                .map(GraphAction.ResourceAction.class::cast)
                .filter(action -> action.operation().equals("start"))
                .toList();
    }

    private static String circle(int count, String text) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> text.formatted(number, number % count + 1))
                .collect(Collectors.joining("\n"));
    }

    private static String tangle(int count, String text) {
        return IntStream.rangeClosed(1, count)
                .boxed()
                .flatMap(one -> IntStream.rangeClosed(1, count)
                        .filter(other -> other != one)
                        .mapToObj(other -> text.formatted(one, other)))
                .collect(Collectors.joining("\n"));
    }
}
