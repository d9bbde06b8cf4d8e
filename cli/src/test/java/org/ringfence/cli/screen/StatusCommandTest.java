package org.ringfence.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.command.StatusCommand;
import org.ringfence.cli.testing.CommandRun;
import org.ringfence.cli.testing.FakeNode;
import picocli.CommandLine;

class StatusCommandTest {
    @TempDir
    Path folder;

    private final CommandRun run = new CommandRun();

    private int run(List<Reply> answers, String... arguments) throws Exception {
        Path socket = folder.resolve("n");
        try (FakeNode node = new FakeNode(socket, _ -> answers)) {
            run.with("RINGFENCE_SOCKET", socket.toString());
            int status = new CommandLine(new StatusCommand(run.context())).execute(arguments);
            assertThat(node.requests())
                    .containsExactly(
                            arguments.length > 0 && arguments[0].equals("--watch")
                                    ? new Request.Watch()
                                    : new Request.Status());
            return status;
        }
    }

    @Test
    void showsTheScreen() throws Exception {
        assertThat(run(List.of(Statuses.healthy()))).isZero();
        assertThat(run.out()).startsWith("Cluster shop, asked n1").contains("promoted on n1");
    }

    @Test
    void jsonIsTheWholeReplyOnOneLine() throws Exception {
        assertThat(run(List.of(Statuses.nodeLost()), "--json")).isZero();
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.out()).startsWith("{\"type\":\"StatusReply\"").contains("\"state\":\"FENCING\"");
    }

    @Test
    void watchShowsEveryChange() throws Exception {
        assertThat(run(
                        List.of(Statuses.interlockEngaged(), Statuses.healthy(), new Reply.Done("", List.of())),
                        "--watch"))
                .isZero();
        assertThat(run.out())
                .contains("NO RESOURCE STARTS")
                .contains("promoted on n1")
                .doesNotContain("\u001b");
    }

    @Test
    void watchDrawsOverOnATerminal() throws Exception {
        run.withColour();
        assertThat(run(List.of(Statuses.healthy(), new Reply.Done("", List.of())), "--watch"))
                .isZero();
        assertThat(run.out()).startsWith("\u001b[H\u001b[2J");
    }
}
