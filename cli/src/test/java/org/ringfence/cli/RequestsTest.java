package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.testing.CommandRun;
import org.ringfence.cli.testing.FakeNode;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.CibVersion;

/** What is typed is what the node is asked. */
class RequestsTest {
    private static final NodeId BETA = new NodeId("beta");
    private static final Duration DAY = Duration.ofDays(1);
    private static final String CIB = "<cib epoch=\"1\"><configuration><nodes><node id=\"1\""
            + " uname=\"beta\"/></nodes><resources><primitive id=\"web\" class=\"ocf\" provider=\"x\""
            + " type=\"y\"/></resources></configuration></cib>";

    private static final Reply.Plan NOTHING = new Reply.Plan(List.of(), List.of(), List.of());

    private static Map<String, Request> expected() {
        var expected = new LinkedHashMap<String, Request>();
        expected.put("history", new Request.History(Optional.empty(), Optional.empty()));
        expected.put(
                "history --since 10m 7",
                new Request.History(Optional.of(Instant.parse("2026-03-01T13:55:00Z")), Optional.of("7")));
        expected.put("standby beta", new Request.Standby(BETA, true, false));
        expected.put("standby beta --off --plan", new Request.Standby(BETA, false, true));
        expected.put("maintenance on", new Request.Maintenance(Optional.empty(), true, false));
        expected.put("maintenance off --node beta", new Request.Maintenance(Optional.of(BETA), false, false));
        expected.put("move web", new Request.Move("web", Optional.empty(), DAY, false));
        expected.put(
                "move web beta --for 90s --plan",
                new Request.Move("web", Optional.of(BETA), Duration.ofSeconds(90), true));
        expected.put("move web --clear", new Request.Unmove("web", false));
        expected.put("ban web beta", new Request.Ban("web", Optional.of(BETA), DAY, false));
        expected.put("cleanup", new Request.Cleanup(Optional.empty(), Optional.empty(), false));
        expected.put("cleanup web --node beta", new Request.Cleanup(Optional.of("web"), Optional.of(BETA), false));
        expected.put("fence beta", new Request.Fence(BETA, Request.FenceAction.REBOOT, "", false));
        expected.put("fence beta --plan", new Request.Fence(BETA, Request.FenceAction.REBOOT, "", true));
        expected.put("fence test", new Request.FenceTest(Optional.empty(), Optional.empty()));
        expected.put("fence test beta --device power", new Request.FenceTest(Optional.of(BETA), Optional.of("power")));
        expected.put("fence history beta", new Request.FenceHistory(Optional.of(BETA)));
        expected.put("fence admit beta --reason mended", new Request.AdmitNode(BETA, "mended"));
        expected.put("fence trust power beta --reason mended", new Request.TrustDevice("power", BETA, "mended"));
        expected.put("fence beta --off", new Request.Fence(BETA, Request.FenceAction.OFF, "", false));
        expected.put("fence beta --on --reason up", new Request.Fence(BETA, Request.FenceAction.ON, "up", false));
        expected.put("fence confirm beta --reason looked", new Request.ConfirmFenced(BETA, "looked"));
        expected.put("wait --timeout 5s", new Request.WaitSettled(Duration.ofSeconds(5)));
        expected.put("node stop --reason kernel", new Request.Shutdown("kernel"));
        expected.put("configure show", new Request.ConfigureShow());
        expected.put(
                "configure set no-quorum-policy=stop",
                new Request.SetProperty("no-quorum-policy", Optional.of("stop"), "", false));
        expected.put(
                "configure set no-quorum-policy= --plan",
                new Request.SetProperty("no-quorum-policy", Optional.empty(), "", true));
        expected.put(
                "configure waive a b --for 2h --reason why",
                new Request.Waive(List.of("a", "b"), Duration.ofHours(2), "why", false));
        expected.put("configure waive --withdraw a", new Request.WithdrawWaiver(List.of("a"), false));
        return expected;
    }

    @TempDir
    static Path folder;

    @TestFactory
    List<DynamicTest> whatIsTypedIsWhatIsAsked() {
        return expected().entrySet().stream()
                .map(pair -> DynamicTest.dynamicTest(
                        pair.getKey(),
                        () -> assertThat(asked(pair.getKey().split(" "))).isEqualTo(pair.getValue())))
                .toList();
    }

    @Test
    void loadSendsTheTextOfTheFileAndItsName() throws Exception {
        Path file = folder.resolve("cluster.xml");
        String text = "<cib><configuration><crm_config/></configuration></cib>\n";
        Files.writeString(file, text);
        assertThat(asked("configure", "load", file.toString(), "--reason", "tidy", "--accept-unsafe"))
                .isEqualTo(new Request.ConfigureLoad(text, file.toString(), "tidy", false, true));
    }

    private static Request asked(String... arguments) throws IOException {
        Path socket = Files.createTempDirectory(folder, "s").resolve("n");
        boolean asIs =
                List.of(arguments).contains("--plan") || List.of(arguments).contains("show");
        try (FakeNode node = new FakeNode(socket, request -> List.of(answer(request, asIs)))) {
            var run = new CommandRun().with("RINGFENCE_SOCKET", socket.toString());
            int status = new CommandLines(run.context()).run(arguments);
            assertThat(status).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo("done\n");
            return node.requests().getLast();
        }
    }

    /** Some look first at what would follow: nothing does. {@code asIs}: what is typed is the only request. */
    private static Reply answer(Request request, boolean asIs) {
        return switch (request) {
            case Request.ConfigureShow _, Request.Snapshot _
            when !asIs ->
                new Reply.Configuration(new CibVersion(0, 1, 0), CIB, new Reply.ChangeNote("", Instant.EPOCH, ""));
            case Request.ConfigureLoad load when load.planOnly() && !asIs -> NOTHING;
            case Request.Standby standby when standby.planOnly() && !asIs -> NOTHING;
            case Request.Maintenance maintenance when maintenance.planOnly() && !asIs -> NOTHING;
            default -> new Reply.Done("done", List.of());
        };
    }
}
