package org.ringfence.daemon.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.api.status.FailCount;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

class FailCountViewTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    /** 14:00:00 of some day. */
    private static final Instant FAILED = Instant.parse("2026-03-01T14:00:00Z");

    private static Fact attribute(NodeId node, String name, String value) {
        return new Fact(
                new Fact.Key(Fact.Kind.ATTRIBUTE, node.name(), name),
                value.isEmpty() ? Optional.empty() : Optional.of(value),
                new Fact.Stamp(new ViewNumber(1, N1), 1));
    }

    private static Cib cib(String resources, String defaults) throws UnusableInputException {
        return Cib.read(
                "<cib><configuration><crm_config/><nodes/><resources>" + resources + "</resources><constraints/>"
                        + "<rsc_defaults>" + defaults + "</rsc_defaults></configuration></cib>",
                "test");
    }

    private static String meta(String id, String... values) {
        var text = new StringBuilder("<meta_attributes id='" + id + "-meta'>");
        for (int index = 0; index < values.length; index += 2) {
            text.append(
                    "<nvpair id='%s-%d' name='%s' value='%s'/>".formatted(id, index, values[index], values[index + 1]));
        }
        return text.append("</meta_attributes>").toString();
    }

    private static String primitive(String id, String inside) {
        return "<primitive id='" + id + "' class='ocf' provider='heartbeat' type='Dummy'>" + inside + "</primitive>";
    }

    @Test
    void itSaysHowManyOfHowManyAndWhenTheyAreForgotten() throws UnusableInputException {
        Cib cib = cib(primitive("db", meta("db", "migration-threshold", "3", "failure-timeout", "5min")), "");
        List<Fact> facts = List.of(
                attribute(N1, "fail-count-db#monitor_10000", "2"),
                attribute(N1, "last-failure-db#monitor_10000", Long.toString(FAILED.getEpochSecond())));
        List<FailCount> counts = new FailCountView(cib, facts).of("db");
        assertThat(counts)
                .containsExactly(new FailCount(
                        N1, 2, Optional.of(3), Optional.of(FAILED.plusSeconds(300)), "monitor_10000 failed"));
        assertThat(counts.getFirst()).hasToString("2 of 3");
    }

    @Test
    void failuresOfSeveralOperationsAddUpAndTheLastOneCounts() throws UnusableInputException {
        Cib cib = cib(primitive("db", meta("db", "failure-timeout", "60s")), "");
        List<Fact> facts = List.of(
                attribute(N2, "fail-count-db#monitor_10000", "1"),
                attribute(N2, "fail-count-db#start_0", "INFINITY"),
                attribute(N2, "last-failure-db#monitor_10000", Long.toString(FAILED.getEpochSecond())),
                attribute(N2, "last-failure-db#start_0", Long.toString(FAILED.getEpochSecond() + 9)));
        FailCount count = new FailCountView(cib, facts).of("db").getFirst();
        assertThat(count).hasToString("for good");
        assertThat(count.clears()).contains(FAILED.plusSeconds(69));
    }

    @Test
    void whatHoldsTheResourceAndTheDefaultsAreAskedInTurn() throws UnusableInputException {
        String group = "<group id='shop'>" + meta("shop", "migration-threshold", "5") + primitive("web", "")
                + primitive("db", meta("db", "migration-threshold", "2")) + "</group>";
        Cib cib = cib(group + primitive("mail", ""), meta("d", "migration-threshold", "7"));
        List<Fact> facts = List.of(
                attribute(N1, "fail-count-web#start_0", "1"),
                attribute(N1, "fail-count-db#start_0", "1"),
                attribute(N1, "fail-count-mail#start_0", "1"));
        var view = new FailCountView(cib, facts);
        assertThat(view.of("web").getFirst().threshold()).contains(5);
        assertThat(view.of("db").getFirst().threshold()).contains(2);
        assertThat(view.of("mail").getFirst().threshold()).contains(7);
    }

    /** Of two sets that say something else the one of the higher score counts, wherever it stands. */
    @Test
    void theMoreImportantSetCounts() throws UnusableInputException {
        String sets = "<meta_attributes id='a' score='1'><nvpair id='a1' name='migration-threshold' value='1'/>"
                + "</meta_attributes><meta_attributes id='b' score='9'>"
                + "<nvpair id='b1' name='migration-threshold' value='4'/></meta_attributes>";
        Cib cib = cib(primitive("db", sets), "");
        assertThat(new FailCountView(cib, List.of(attribute(N1, "fail-count-db#start_0", "1")))
                        .of("db")
                        .getFirst()
                        .threshold())
                .contains(4);
    }

    @Test
    void instancesThatAreToldApartAreShownWithTheirPrimitive() throws UnusableInputException {
        Cib cib = cib("<clone id='dbs'>" + primitive("db", "") + "</clone>", "");
        List<Fact> facts =
                List.of(attribute(N1, "fail-count-db:0#start_0", "1"), attribute(N1, "fail-count-db:1#start_0", "2"));
        assertThat(new FailCountView(cib, facts).of("db")).singleElement().hasToString("3");
    }

    @Test
    void whatIsForgottenOrOfAnotherIsNotCounted() throws UnusableInputException {
        Cib cib = cib(primitive("db", "") + primitive("db-2", ""), "");
        List<Fact> facts = List.of(
                attribute(N1, "fail-count-db#start_0", ""),
                attribute(N1, "fail-count-db-2#start_0", "1"),
                attribute(N1, "last-failure-db#start_0", "soon"));
        assertThat(new FailCountView(cib, facts).of("db")).isEmpty();
        assertThat(new FailCountView(cib, facts).of("db-2")).hasSize(1);
    }
}
