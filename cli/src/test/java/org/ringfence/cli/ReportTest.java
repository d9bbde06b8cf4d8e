package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.testing.CommandRun;
import org.ringfence.cli.testing.FakeNode;
import org.ringfence.model.cib.CibVersion;

class ReportTest {
    private static final String CIB = """
        <cib epoch="7"><configuration><crm_config/><nodes/><resources>
          <primitive id="power" class="stonith" type="fence_ipmilan"><instance_attributes id="i">
            <nvpair id="i1" name="passwd" value="hunter&quot;2"/>
            <nvpair id="i2" name="password_script" value="/etc/ringfence/ask"/>
            <nvpair id="i3" name="username" value="admin"/>
          </instance_attributes></primitive>
        </resources><constraints/></configuration></cib>
        """;

    @TempDir
    Path folder;

    private CommandRun run = new CommandRun();

    private int run(String... arguments) {
        run = new CommandRun().with("RINGFENCE_SOCKET", folder.resolve("n").toString());
        return new CommandLines(run.context()).run(arguments);
    }

    private static Map<String, String> parts(Path file) throws IOException {
        var parts = new LinkedHashMap<String, String>();
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }

    private FakeNode node() throws IOException {
        return new FakeNode(
                folder.resolve("n"),
                request -> List.of(
                        request instanceof Request.ConfigureShow
                                ? new Reply.Configuration(
                                        new CibVersion(0, 7, 0), CIB, new Reply.ChangeNote("root", Instant.EPOCH, ""))
                                : new Reply.Done("fence_ipmilan said: bad password hunter\"2", List.of())));
    }

    @Test
    void secretsAreRemovedWhereverTheyStand() throws IOException {
        Path file = folder.resolve("report.zip");
        try (FakeNode _ = node()) {
            assertThat(run("report", file.toString())).isZero();
        }
        Map<String, String> parts = parts(file);
        assertThat(parts.keySet())
                .contains(
                        "ringfence-report/configuration.xml",
                        "ringfence-report/history.json",
                        "ringfence-report/status.json");
        assertThat(String.join("\n", parts.values())).doesNotContain("hunter").contains("(removed)");
        assertThat(parts.get("ringfence-report/configuration.xml"))
                .contains("/etc/ringfence/ask")
                .contains("admin");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aFileThatIsThereIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.zip"), "mine");
        assertThat(run("report", file.toString())).isEqualTo(2);
        assertThat(run.err()).contains("is there already");
        assertThat(Files.readString(file)).isEqualTo("mine");
    }

    @Test
    void applyCanWaitForItsOutcome() throws IOException {
        Path text = Files.writeString(folder.resolve("more.crm"), "primitive web systemd:nginx\n");
        try (var node = new FakeNode(folder.resolve("n"), request -> switch (request) {
            case Request.ConfigureShow _ ->
                List.of(new Reply.Configuration(
                        new CibVersion(0, 7, 0), CIB, new Reply.ChangeNote("root", Instant.EPOCH, "")));
            case Request.ConfigureLoad load
            when load.planOnly() -> List.of(new Reply.Plan(List.of(), List.of(), List.of()));
            case Request.WaitSettled _ ->
                List.of(
                        new Reply.Progress("start web on n1", 1, 2),
                        new Reply.Done("nothing is left to do", List.of("start web on n1: ok")));
            default -> List.of(new Reply.Done("taken", List.of()));
        })) {
            assertThat(run("apply", text.toString(), "--wait")).isZero();
            assertThat(node.requests().getLast()).isEqualTo(new Request.WaitSettled(java.time.Duration.ofMinutes(5)));
        }
        assertThat(run.out()).contains("taken").contains("start web on n1: ok");
        assertThat(run.err()).contains("[1/2] start web on n1");
    }
}
