package org.ringfence.scheduler.foresee;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.reason.Cause;

/** What is suggested is the smallest change that helps, and it is said what it costs. */
class WhyTest {
    private static final String STATE = "in_ccm='true' crmd='online' join='member' expected='member'";
    private static final String DUMMY = "class='ocf' provider='pacemaker' type='Dummy'";

    /** Two nodes, a fence device, and these. */
    private static Cib cib(String nodeAttributes, String resources, String constraints, String status)
            throws UnusableInputException {
        return Cib.read("""
            <cib have-quorum='1'>
              <configuration>
                <crm_config/>
                <nodes>
                  <node id='1' uname='n1'><instance_attributes id='a'>%s</instance_attributes></node>
                  <node id='2' uname='n2'/>
                </nodes>
                <resources><primitive id='power' class='stonith' type='fence_x'/>%s</resources>
                <constraints>%s</constraints>
              </configuration>
              <status>
                <node_state id='1' uname='n1' %s>%s</node_state>
                <node_state id='2' uname='n2' %s/>
              </status>
            </cib>
            """.formatted(nodeAttributes, resources, constraints, STATE, status, STATE), "test");
    }

    private static String primitive(String id, String meta) {
        return "<primitive id='" + id + "' " + DUMMY + "><meta_attributes id='" + id + "-m'>" + meta
                + "</meta_attributes></primitive>";
    }

    private static String pair(String name, String value) {
        return "<nvpair id='p-" + name + "' name='" + name + "' value='" + value + "'/>";
    }

    private static Why why(Cib cib, String resource) {
        return Why.of(cib, Instant.EPOCH, resource).orElseThrow();
    }

    private static List<String> texts(Remedy remedy) {
        return remedy.changes().stream().map(Change::text).toList();
    }

    @Test
    void whatIsThereNeedsNoRemedy() throws UnusableInputException {
        Why why = why(cib("", primitive("db", ""), "", ""), "db");
        assertThat(why.wanted()).isTrue();
        assertThat(why.remedies()).isEmpty();
    }

    @Test
    void aResourceThatDoesNotExistHasNoAnswer() throws UnusableInputException {
        assertThat(Why.of(cib("", primitive("db", ""), "", ""), Instant.EPOCH, "dbb"))
                .isEmpty();
    }

    @Test
    void targetRoleIsTheCauseAndTheRemedy() throws UnusableInputException {
        Why why = why(cib("", primitive("db", pair("target-role", "Stopped")), "", ""), "db");
        assertThat(why.instances().getFirst().because()).extracting(Cause::kind).contains(Cause.Kind.TARGET_ROLE);
        assertThat(why.remedies()).singleElement().satisfies(remedy -> {
            assertThat(texts(remedy)).containsExactly("set target-role of db to Started");
            assertThat(remedy.changes().getFirst().command())
                    .isEqualTo("ringfence configure set --resource db target-role=Started");
            assertThat(remedy.effect()).startsWith("db runs on n");
        });
    }

    @Test
    void theGroupIsNamedThatStopsItsMembers() throws UnusableInputException {
        String group = "<group id='shop'><meta_attributes id='shop-m'>" + pair("target-role", "Stopped")
                + "</meta_attributes>" + primitive("web", "") + "</group>";
        assertThat(why(cib("", group, "", ""), "web").remedies())
                .singleElement()
                .satisfies(remedy -> assertThat(texts(remedy)).containsExactly("set target-role of shop to Started"));
    }

    @Test
    void eachOfSeveralWaysIsOffered() throws UnusableInputException {
        Cib cib = cib(
                pair("standby", "on"),
                primitive("db", ""),
                "<rsc_location id='not-n2' rsc='db' node='n2' score='-INFINITY'/>",
                "");
        assertThat(why(cib, "db").remedies())
                .extracting(remedy -> String.join(", ", texts(remedy)))
                .containsExactly("take n1 out of standby", "remove location constraint not-n2");
    }

    @Test
    void whatOnlyHelpsTogetherIsOfferedTogetherAndNoMore() throws UnusableInputException {
        Cib cib = cib(
                pair("standby", "on"),
                primitive("db", pair("target-role", "Stopped")),
                "<rsc_location id='not-n2' rsc='db' node='n2' score='-INFINITY'/>",
                "");
        assertThat(why(cib, "db").remedies())
                .singleElement()
                .satisfies(remedy -> assertThat(texts(remedy))
                        .containsExactly("take n1 out of standby", "set target-role of db to Started"));
    }

    @Test
    void whatItWaitsForIsStarted() throws UnusableInputException {
        Cib cib = cib(
                "",
                primitive("db", "") + primitive("disk", pair("target-role", "Stopped")),
                "<rsc_colocation id='together' rsc='db' with-rsc='disk' score='INFINITY'/>"
                        + "<rsc_order id='then' first='disk' then='db'/>",
                "");
        Why why = why(cib, "db");
        assertThat(why.behind()).extracting(one -> one.resource()).containsExactly("disk");
        assertThat(why.remedies().getFirst())
                .satisfies(remedy -> assertThat(texts(remedy)).containsExactly("set target-role of disk to Started"));
    }

    @Test
    void failuresAreForgotten() throws UnusableInputException {
        String failed = "<transient_attributes id='1'><instance_attributes id='t'><nvpair id='f'"
                + " name='fail-count-db#start_0' value='INFINITY'/></instance_attributes></transient_attributes><lrm"
                + " id='1'><lrm_resources><lrm_resource id='db' " + DUMMY + ">"
                + "<lrm_rsc_op id='db_last_0' operation_key='db_start_0' operation='start' transition-key='1:1:0:x'"
                + " call-id='3' rc-code='1' op-status='0' interval='0' last-rc-change='1'/>"
                + "<lrm_rsc_op id='db_last_failure_0' operation_key='db_start_0' operation='start'"
                + " transition-key='1:1:0:x' call-id='3' rc-code='1' op-status='0' interval='0' last-rc-change='1'/>"
                + "</lrm_resource></lrm_resources></lrm>";
        Cib cib = cib(
                "", primitive("db", ""), "<rsc_location id='not-n2' rsc='db' node='n2' score='-INFINITY'/>", failed);
        Remedy first = why(cib, "db").remedies().getFirst();
        assertThat(texts(first)).containsExactly("once their cause is mended, forget the failures of db on n1");
        assertThat(first.changes().getFirst().command()).isEqualTo("ringfence cleanup db --node n1");
        Forgetting.Forgotten forgotten = Forgetting.of(cib, "db"::equals, _ -> true);
        assertThat(forgotten.forgotten()).containsExactly("db on n1");
        assertThat(Forgetting.of(forgotten.cib(), "db"::equals, _ -> true).forgotten())
                .isEmpty();
    }

    @Test
    void itIsSaidWhatAChangeWouldStop() throws UnusableInputException {
        Cib cib = cib(
                "",
                primitive("a", "") + primitive("b", ""),
                "<rsc_location id='b-not-n2' rsc='b' node='n2' score='-INFINITY'/>"
                        + "<rsc_location id='a-not-n2' rsc='a' node='n2' score='-INFINITY'/>"
                        + "<rsc_colocation id='apart' rsc='b' with-rsc='a' score='-INFINITY'/>",
                "");
        assertThat(why(cib, "b").remedies())
                .extracting(remedy -> String.join(", ", texts(remedy)))
                .contains("remove colocation constraint apart");
    }

    @Test
    void whyItIsNotOnANodeNamesWhatKeepsItOff() throws UnusableInputException {
        Cib cib = cib("", primitive("db", ""), "<rsc_location id='not-n2' rsc='db' node='n2' score='-INFINITY'/>", "");
        Why why = Why.not(cib, Instant.EPOCH, "db", "n2").orElseThrow();
        assertThat(why.wanted()).isFalse();
        assertThat(why.against("n2")).extracting(cause -> cause.source().id()).containsExactly("not-n2");
        Cib better = cib("", primitive("db", ""), "<rsc_location id='n1' rsc='db' node='n1' score='5'/>", "");
        assertThat(Why.not(better, Instant.EPOCH, "db", "n2")
                        .orElseThrow()
                        .remedies()
                        .getFirst())
                .satisfies(remedy -> assertThat(texts(remedy)).containsExactly("move db to n2"));
    }
}
