package org.ringfence.controller.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.status.ResourceHistory;

/** Which devices are tried against a node, by whom, and after which delay. */
class FencePlanTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private static final List<NodeId> ALL = List.of(N1, N2, N3);

    private String properties = "";
    private String topology = "";
    private String constraints = "";
    private List<FencingLog.Entry> past = List.of();
    private final SortedMap<NodeId, ResourceHistories> histories = new TreeMap<>();
    private final StringBuilder devices = new StringBuilder();
    private final StringBuilder resources = new StringBuilder();

    private void device(String id, String... options) {
        deviceOf("fence_" + id, id, options);
    }

    private void deviceOf(String agent, String id, String... options) {
        devices.append("<primitive id=\"%1$s\" class=\"stonith\" type=\"%2$s\"><instance_attributes id=\"%1$s-o\">"
                .formatted(id, agent));
        for (String option : options) {
            String[] pair = option.split("=", 2);
            devices.append("<nvpair id=\"%s-%s\" name=\"%s\" value=\"%s\"/>".formatted(id, pair[0], pair[0], pair[1]));
        }
        devices.append("</instance_attributes></primitive>");
    }

    private void resource(String id, int priority) {
        resources.append(("<primitive id=\"%1$s\" class=\"ocf\" provider=\"test\" type=\"Web\"><meta_attributes"
                        + " id=\"%1$s-m\"><nvpair id=\"%1$s-p\" name=\"priority\""
                        + " value=\"%2$d\"/></meta_attributes></primitive>")
                .formatted(id, priority));
    }

    private void property(String name, String value) {
        properties += "<nvpair id=\"p-%1$s\" name=\"%1$s\" value=\"%2$s\"/>".formatted(name, value);
    }

    private Cib cib() {
        try {
            return Cib.read(
                    "<cib><configuration><crm_config><cluster_property_set id=\"s\">" + properties
                            + "</cluster_property_set></crm_config><nodes><node id=\"1\""
                            + " uname=\"n1\"><instance_attributes id=\"n1-a\"><nvpair id=\"n1-r\" name=\"rack\""
                            + " value=\"r1\"/></instance_attributes></node><node id=\"2\" uname=\"n2\"/><node id=\"3\""
                            + " uname=\"n3\"/></nodes><resources>" + devices + resources
                            + "</resources><constraints>" + constraints + "</constraints><fencing-topology>" + topology
                            + "</fencing-topology></configuration></cib>",
                    "test");
        } catch (UnusableInputException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private List<String> ways(NodeId target, String action) {
        List<String> ways = new ArrayList<>();
        FencePlan.of(cib(), target, action, device -> true)
                .ways()
                .forEach(way -> ways.add(String.join(
                        " ",
                        way.calls().stream()
                                .map(attempt -> attempt.call().action() + ":"
                                        + attempt.call().device())
                                .toList())));
        return ways;
    }

    @Test
    void withoutATopologyEachDeviceThatCoversTheNodeIsTriedInTurn() {
        device("a", "pcmk_host_list=n1 n2");
        device("b", "pcmk_host_map=n2:7;n3:8");
        assertThat(ways(N1, "reboot")).containsExactly("reboot:a");
        assertThat(ways(N2, "reboot")).containsExactly("reboot:a", "reboot:b");
        assertThat(FencePlan.of(cib(), N3, "off", device -> true)
                        .ways()
                        .getFirst()
                        .calls()
                        .getFirst()
                        .call()
                        .plug())
                .isEqualTo("8");
    }

    @Test
    void levelsNameNodesByNamePatternAndAttribute() {
        device("a");
        device("b");
        device("c");
        topology = "<fencing-level id=\"l1\" target=\"n2\" index=\"2\" devices=\"a\"/>"
                + "<fencing-level id=\"l2\" target-pattern=\"^N[23]\" index=\"1\" devices=\"b\"/>"
                + "<fencing-level id=\"l3\" target-attribute=\"rack\" target-value=\"r1\" index=\"1\" devices=\"c\"/>";
        assertThat(ways(N1, "off")).containsExactly("off:c");
        assertThat(ways(N2, "off")).containsExactly("off:b", "off:a");
        assertThat(ways(N3, "off")).containsExactly("off:b");
    }

    @Test
    void severalDevicesOfALevelAreAllOffBeforeAnyIsOnAgain() {
        device("a");
        device("b");
        topology = "<fencing-level id=\"l\" target=\"n1\" index=\"1\" devices=\"a,b\"/>";
        assertThat(ways(N1, "reboot")).containsExactly("off:a off:b on:a on:b");
        FencePlan plan = FencePlan.of(cib(), N1, "reboot", device -> true);
        assertThat(plan.ways().getFirst().calls().get(0).call().verify()).isTrue();
        assertThat(plan.ways().getFirst().calls().get(2).needed()).isFalse();
    }

    @Test
    void aBrokenPatternIsSaidAndNotThrown() {
        device("a");
        topology = "<fencing-level id=\"l\" target-pattern=\"node[\" index=\"1\" devices=\"a\"/>"
                + "<fencing-level id=\"m\" target=\"n1\" index=\"1\" devices=\"gone\"/>"
                + "<fencing-level id=\"o\" target=\"elsewhere\" index=\"1\" devices=\"a\"/>";
        assertThat(FencingTopology.problems(cib(), ALL))
                .extracting(Problem::element)
                .containsExactly("fencing-level l", "fencing-level m", "fencing-level o");
        assertThat(ways(N1, "off")).as("a level whose device is not there").isEmpty();
    }

    @Test
    void aDeviceThatIsNotTrustedIsNotInThePlan() {
        device("a");
        device("b");
        FencePlan plan = FencePlan.of(cib(), N1, "off", device -> !device.id().equals("a"));
        assertThat(plan.ways()).hasSize(1);
        assertThat(plan.first()).contains("b");
    }

    private FenceDelay delay(NodeId target, List<NodeId> nodes, List<NodeId> members, long chance) {
        FencePlan plan = FencePlan.of(cib(), target, "off", device -> true);
        return FenceDelay.of(cib(), plan, new FenceDelay.Sides(nodes, members, histories, past), chance);
    }

    /** What {@code node} remembers of a device: it was started, or looked after, in so many milliseconds. */
    private void called(NodeId node, String device, String operation, int callId, long millis) {
        var call = new OperationRecord(
                device + "_" + operation,
                device + "_" + operation,
                operation,
                operation.equals("monitor") ? Duration.ofSeconds(60) : Duration.ZERO,
                callId,
                0,
                ExecutionStatus.DONE,
                Instant.EPOCH,
                Duration.ofMillis(millis),
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
        ResourceHistories known = histories.getOrDefault(node, ResourceHistories.NONE);
        List<OperationRecord> calls = new ArrayList<>(Optional.ofNullable(known.get(device))
                .map(ResourceHistory::operations)
                .orElse(List.of()));
        calls.add(call);
        histories.put(
                node,
                known.with(new ResourceHistory(
                        device, new AgentName("stonith", "", "fence_" + device), new LinkedHashMap<>(), calls)));
    }

    @Test
    void theDelayIsTheBaseAndAPartByChanceUpToTheMost() {
        device("a", "pcmk_delay_base=n1:2s;n2:0", "pcmk_delay_max=5s");
        assertThat(delay(N1, ALL, List.of(N2, N3), 0).device()).isEqualTo(Duration.ofSeconds(2));
        assertThat(delay(N1, ALL, List.of(N2, N3), 3000).device()).isEqualTo(Duration.ofSeconds(5));
        assertThat(delay(N2, ALL, List.of(N1, N3), 3000).device()).isEqualTo(Duration.ofSeconds(3));
        assertThat(delay(N2, ALL, List.of(N1, N3), -1).device())
                .isLessThanOrEqualTo(Duration.ofSeconds(5))
                .isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void ofTwoNodesWithoutAnyDelayOneIsFencedLater() {
        device("a");
        List<NodeId> two = List.of(N1, N2);
        assertThat(delay(N1, two, List.of(N2), 0).whole()).isEqualTo(Duration.ofSeconds(5));
        past = List.of(
                new FencingLog.Entry(Instant.EPOCH, "n1", "off", true, "", "a from n2 in 700 ms"),
                new FencingLog.Entry(Instant.EPOCH, "n1", "off", true, "", "b from n2 in 9000 ms"));
        assertThat(delay(N1, two, List.of(N2), 0).whole())
                .as("twice what the device took")
                .isEqualTo(Duration.ofMillis(1800));
        assertThat(delay(N2, two, List.of(N1), 0).whole()).isZero();
        assertThat(delay(N1, ALL, List.of(N2, N3), 0).whole())
                .as("three nodes vote")
                .isZero();
    }

    @Test
    void aDeviceThatHasFencedNobodyIsKnownByItsLastMonitors() {
        device("a");
        called(N1, "a", "start", 1, 4000);
        called(N1, "a", "monitor", 2, 30);
        called(N2, "a", "start", 1, 50);
        called(N2, "a", "stop", 2, 9000);
        called(N2, "b", "start", 3, 9000);
        assertThat(delay(N1, List.of(N1, N2), List.of(N2), 0).whole())
                .as("four times the slower of the last ones, beside the time in which both notice")
                .isEqualTo(Duration.ofMillis(600));
        past = List.of(new FencingLog.Entry(Instant.EPOCH, "n1", "off", true, "", "a from n2 in 700 ms"));
        assertThat(delay(N1, List.of(N1, N2), List.of(N2), 0).whole())
                .as("what a fencing took says more")
                .isEqualTo(Duration.ofMillis(1800));
    }

    @Test
    void aMessageOnADiskIsReadLaterThanItIsWritten() {
        deviceOf("ringfence_sbd", "a");
        called(N2, "a", "start", 1, 5);
        assertThat(delay(N1, List.of(N1, N2), List.of(N2), 0).whole()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whoSetsADelayHasNoOther() {
        device("a", "pcmk_delay_base=0");
        assertThat(delay(N1, List.of(N1, N2), List.of(N2), 0).whole()).isZero();
    }

    @Test
    void onlyAPartitionWithoutAMajorityHoldsBackForWhatMattersMore() {
        device("a");
        property("priority-fencing-delay", "15s");
        resource("db", 10);
        assertThat(delay(N1, List.of(N1, N2), List.of(N2), 0).priority())
                .as("all run equally much: nothing")
                .isZero();
        assertThat(delay(N1, ALL, List.of(N2, N3), 0).priority()).isZero();
    }

    private static Executors executors() {
        return new Executors(ALL, N2, new TreeMap<NodeId, ResourceHistories>(), FactsState.EMPTY);
    }

    @Test
    void theDcExecutesFirstAndTheTargetAndBannedNodesNever() {
        device("a");
        assertThat(executors().of(cib(), "a", N3)).containsExactly(N2, N1);
        constraints = "<rsc_location id=\"c\" rsc=\"a\" node=\"n2\" score=\"-INFINITY\"/>";
        assertThat(executors().of(cib(), "a", N3)).containsExactly(N1);
        assertThat(executors().of(cib(), "a", N1)).containsExactly(N3);
        constraints = "<rsc_location id=\"c\" rsc-pattern=\"^a$\" node=\"n2\" score=\"-INFINITY\"/>";
        assertThat(executors().of(cib(), "a", N3)).containsExactly(N1);
    }

    @Test
    void inAnAsymmetricClusterOnlyAllowedNodesExecute() {
        device("a");
        property("symmetric-cluster", "false");
        constraints = "<rsc_location id=\"c\" rsc=\"a\" node=\"n1\" score=\"100\"/>";
        assertThat(executors().of(cib(), "a", N3)).containsExactly(N1);
    }

    @Test
    void whereAPathIsProvenComesBeforeWhereItIsBroken() {
        device("a");
        var facts = FactsState.EMPTY
                .with(new ViewNumber(1, N1), proof(N2), Optional.of("2026-01-01T00:00:00Z broken device: no route"))
                .with(new ViewNumber(1, N1), proof(N1), Optional.of("2026-01-01T00:00:00Z proven fence test"));
        var knowing = new Executors(ALL, N2, new TreeMap<NodeId, ResourceHistories>(), facts);
        assertThat(knowing.of(cib(), "a", N3)).containsExactly(N1, N2);
    }

    private static Fact.Key proof(NodeId executor) {
        return new Fact.Key(Fact.Kind.FENCING_PROOF, "n3", FencingProof.name("a", executor));
    }

    @Test
    void metadataSaysWhichParametersAreMissingAndAnOlderNameDoes() {
        Ability ability = Ability.read(List.of(
                        "<?xml version=\"1.0\"?>",
                        "<resource-agent name=\"x\"><parameters><parameter name=\"action\" required=\"1\"/>",
                        "<parameter name=\"ip\" required=\"1\" obsoletes=\"ipaddr\"/>",
                        "<parameter name=\"ipaddr\" required=\"1\" deprecated=\"1\"/>",
                        "<parameter name=\"plug\" required=\"1\"/></parameters>",
                        "<actions><action name=\"off\"/><action name=\"status\"/></actions></resource-agent>"))
                .orElseThrow();
        var given = new LinkedHashMap<String, String>();
        assertThat(ability.missing(given)).containsExactly("ip");
        given.put("ipaddr", "10.0.0.1");
        assertThat(ability.missing(given)).isEmpty();
        given.put("tpyo", "1");
        assertThat(ability.unknown(given)).containsExactly("tpyo");
        assertThat(ability.does("reboot")).isFalse();
        assertThat(ability.plugArgument()).isEqualTo("plug");
    }

    @Test
    void theLogForgetsTheOldestWhenItIsFull() {
        var view = new ViewNumber(1, N1);
        FactsState facts = FactsState.EMPTY;
        for (int number = 0; number < FencingLog.PLACES + 3; number++) {
            var entry =
                    new FencingLog.Entry(Instant.ofEpochSecond(number), "n" + number, "off", true, "why\tso", "how");
            facts = facts.with(view, FencingLog.nextPlace(facts), Optional.of(entry.value()));
        }
        List<FencingLog.Entry> kept = FencingLog.of(List.copyOf(facts.facts().values()));
        assertThat(kept).hasSize(FencingLog.PLACES);
        assertThat(kept.getFirst().target()).isEqualTo("n3");
        assertThat(kept.getLast().target()).isEqualTo("n" + (FencingLog.PLACES + 2));
        assertThat(kept.getLast().why()).isEqualTo("why so");
    }
}
