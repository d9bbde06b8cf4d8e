package org.ringfence.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ringfence.api.json.MalformedJsonException;
import org.ringfence.api.status.Role;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.CibVersion;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

class LinesTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final Problem PROBLEM =
            Problem.error(new Place("a.xml", 3, 4), "primitive \"db\"", "it is wrong", "mend it");

    static Stream<Request> requests() {
        return Stream.of(
                new Request.Status(),
                new Request.Watch(),
                new Request.Snapshot(),
                new Request.HostCheck(),
                new Request.ConfigureShow(),
                new Request.ConfigureHistory(),
                new Request.ConfigureShowKept(41),
                new Request.ConfigureLoad("<cib/>", "a.crm", "", false, false, Optional.of(new CibVersion(0, 7, 1))),
                new Request.ConfigureLoad("<cib/>\n", "a.xml", "why not", true, false),
                new Request.SetProperty("fencing-enabled", Optional.of("true"), "", false),
                new Request.SetProperty("fencing-enabled", Optional.empty(), "", true),
                new Request.Standby(N1, true, false),
                new Request.Maintenance(Optional.of(N1), false, true),
                new Request.Move("db", Optional.empty(), Duration.ofDays(1), false),
                new Request.Ban("db", Optional.of(N1), Duration.ofHours(1), false),
                new Request.Unmove("db", false),
                new Request.Cleanup(Optional.of("db"), Optional.empty(), false),
                new Request.Waive(List.of("db"), Duration.ofHours(1), "a test", false),
                new Request.WithdrawWaiver(List.of(), false),
                new Request.Fence(N1, Request.FenceAction.REBOOT, "hung", false),
                new Request.ConfirmFenced(N1, "I pulled the plug"),
                new Request.FenceTest(Optional.of(N1), Optional.empty()),
                new Request.FenceHistory(Optional.empty()),
                new Request.AdmitNode(N1, "its memory was replaced"),
                new Request.TrustDevice("power", N1, "its cable was in the wrong outlet"),
                new Request.History(Optional.of(Instant.EPOCH), Optional.of("7")),
                new Request.WaitSettled(Duration.ofSeconds(30)),
                new Request.AttributeSet(Optional.empty(), "master-db", Optional.of("100"), Request.Lifetime.REBOOT),
                new Request.AttributeGet(Optional.of(N1), Optional.of("master-db"), Request.Lifetime.FOREVER),
                new Request.Helper("crm_attribute", List.of("-n", "a b", "-v", "\"\n"), Optional.of("db")),
                new Request.Shutdown("kernel update"));
    }

    static Stream<Reply> replies() {
        SequencedMap<NodeId, SequencedMap<String, String>> attributes = new LinkedHashMap<>();
        attributes.put(N1, new LinkedHashMap<>(java.util.Map.of("master-db", "100")));
        return Stream.of(
                new Reply.Progress("fencing n2", 1, 3),
                new Reply.Done("done", List.of("a", "b")),
                new Reply.NotDone(List.of(PROBLEM)),
                new Reply.Unusable(List.of(PROBLEM)),
                new Reply.Refused(List.of(PROBLEM)),
                new Reply.Plan(
                        List.of(new Reply.PlannedStep("start", "db", N1, Optional.empty())),
                        List.of(PROBLEM),
                        List.of(),
                        List.of(new Reply.Away("db", Role.PROMOTED, Optional.of(Duration.ofSeconds(3)), true))),
                new Reply.Configuration(
                        new CibVersion(0, 7, 1), "<cib/>", new Reply.ChangeNote("root", Instant.EPOCH, "first")),
                new Reply.KeptConfigurations(
                        List.of(new Reply.KeptConfiguration(
                                41, new CibVersion(0, 7, 1), new Reply.ChangeNote("root@n1", Instant.EPOCH, "second"))),
                        List.of("000000040 is damaged")),
                new Reply.HostFindings(
                        N1,
                        List.of(new Reply.HostFinding("agent-missing", "primitive db", "gone")),
                        List.of("agent-missing")),
                new Reply.Attributes(attributes),
                new Reply.Helped(105, "out\n", "err\n"),
                new FenceTestReply(
                        Instant.EPOCH,
                        List.of(new FenceTestReply.Path(
                                N1,
                                "power",
                                N1,
                                List.of(new FenceTestReply.ProofStep(
                                        "agent", FenceTestReply.Verdict.FAILED, "it is not there", "it can be run")))),
                        List.of(N1)),
                new FenceHistoryReply(List.of(new FenceHistoryReply.Entry(
                        Instant.EPOCH, N1, "reboot", true, "it was lost", "power from n1"))),
                Samples.status(),
                Samples.history());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyRequestComesBackAsItWas(Request request) throws MalformedJsonException {
        byte[] line = Lines.write(request);
        assertThat(line).doesNotContain('\n');
        assertThat(Lines.readRequest(line)).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void everyReplyComesBackAsItWas(Reply reply) throws MalformedJsonException {
        byte[] line = Lines.write(reply, reply instanceof Reply.Outcome);
        assertThat(line).doesNotContain('\n');
        Lines.ReplyLine read = Lines.readReply(line);
        assertThat(read.reply()).isEqualTo(reply);
        assertThat(read.last()).isEqualTo(reply instanceof Reply.Outcome);
    }

    @Test
    void theSamplesAboveMissNoKind() {
        assertThat(requests().map(Object::getClass).distinct().toArray())
                .containsExactlyInAnyOrder((Object[]) Request.class.getPermittedSubclasses());
        assertThat(replies()
                        .filter(Reply.Outcome.class::isInstance)
                        .map(Object::getClass)
                        .distinct()
                        .toArray())
                .containsExactlyInAnyOrder((Object[]) Reply.Outcome.class.getPermittedSubclasses());
    }

    @Test
    void aRequestCanBeTypedByHand() throws MalformedJsonException {
        assertThat(read("{\"protocol\":1,\"request\":{\"type\":\"Standby\",\"node\":\"n1\",\"on\":true}}"))
                .isEqualTo(new Request.Standby(N1, true, false));
    }

    @Test
    void aMisspeltFieldIsRefusedSoThatAPlanDoesNotBecomeAChange() {
        refused(
                "{\"protocol\":1,\"request\":{\"type\":\"Standby\",\"node\":\"n1\",\"on\":true,\"planonly\":true}}",
                "planonly is not known; Standby has [node, on, planOnly]");
    }

    @Test
    void whatARequestNeedsMustBeGiven() {
        refused("{\"protocol\":1,\"request\":{\"type\":\"SetProperty\",\"value\":\"x\"}}", "name is missing");
        refused(
                "{\"protocol\":1,\"request\":{\"type\":\"Move\",\"resource\":\"db\",\"lasts\":\"PT0S\"}}",
                "lasts must be");
        refused("{\"protocol\":1,\"request\":{\"type\":\"ConfirmFenced\",\"node\":\"n1\"}}", "reason is missing");
    }

    @Test
    void anotherVersionOfTheProtocolIsNamed() {
        refused("{\"protocol\":2,\"request\":{\"type\":\"Status\"}}", "the command speaks version 2 of the protocol");
        refused("{\"request\":{\"type\":\"Status\"}}", "a line must be an object with a number \"protocol\"");
    }

    @Test
    void exitStatusesAreThoseThatScriptsRelyOn() {
        assertThat(new Reply.Done("", List.of()).exitStatus().number()).isZero();
        assertThat(new Reply.NotDone(List.of()).exitStatus().number()).isEqualTo(1);
        assertThat(new Reply.Unusable(List.of()).exitStatus().number()).isEqualTo(2);
        assertThat(new Reply.Refused(List.of()).exitStatus().number()).isEqualTo(3);
        assertThat(Samples.status().exitStatus().number()).isZero();
    }

    @Test
    void onlyWhatIsNotPlannedChanges() {
        assertThat(new Request.Status().changes()).isFalse();
        assertThat(new Request.Standby(N1, true, true).changes()).isFalse();
        assertThat(new Request.Standby(N1, true, false).changes()).isTrue();
        assertThat(new Request.Fence(N1, Request.FenceAction.OFF, "", false).changes())
                .isTrue();
    }

    private static Request read(String text) throws MalformedJsonException {
        return Lines.readRequest(text.getBytes(UTF_8));
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining(message);
    }
}
