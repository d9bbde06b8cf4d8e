package org.ringfence.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        schedule(3, Inputs.singles(100), circle(100, "<rsc_order id='o%d' first='r%1$d' then='r%2$d'/>"));
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
    void aThousandMistakes() throws UnusableInputException {
        String resources = Inputs.each(250, """
            <primitive id='r%d'/><primitive id='r%1$d' class='' type=''/><group id='g%1$d'/>
            <clone id='c%1$d'><meta_attributes id='x'><nvpair id='y' name='clone-max' value='many'/></meta_attributes></clone>
            <bundle id='b%1$d'><docker/><primitive id='b%1$d'/></bundle><template id='t%1$d'/><primitive id='u%1$d' template='v'/>
            <primitive id='w%1$d' class='ocf' provider='p' type='t'><operations><op id='z' name='monitor' interval='often' timeout='long'
              on-fail='cry'/></operations><meta_attributes id='w'><nvpair id='w' name='priority' value='high'/></meta_attributes>
              </primitive>\
            """);
        String constraints = Inputs.each(250, """
            <rsc_order id='o%d'/><rsc_colocation id='o%1$d'/><rsc_location id='o%1$d'/><rsc_ticket id='o%1$d'/><rsc_unheard id='o%1$d'/>
            <rsc_order id='s%1$d'><resource_set/></rsc_order><rsc_colocation id='s%1$d'><resource_set id='s%1$d'><resource_ref id='w1'/>
              </resource_set></rsc_colocation><rsc_location id='s%1$d' rsc='w%1$d'><rule><expression/></rule></rsc_location>\
            """);
        Cib cib = Inputs.cib(3, resources, constraints);
        assertThat(schedule(cib).problems().size() + cib.problems().size()).isGreaterThan(1000);
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
