package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringfence.api.Reply;
import org.ringfence.cli.screen.Statuses;
import org.ringfence.cli.testing.CommandRun;
import org.ringfence.cli.testing.FakeNode;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/** The short way and the parser do the same. */
class StatusMainTest {
    @TempDir
    Path folder;

    private String outcome(boolean quick, Reply answer, String... arguments) throws Exception {
        Path socket = Files.createTempDirectory(folder, "s").resolve("n");
        var run = new CommandRun().with("RINGFENCE_SOCKET", socket.toString());
        try (FakeNode _ = FakeNode.answering(socket, answer)) {
            int status = quick
                    ? StatusMain.run(run.context(), arguments).orElseThrow()
                    : new CommandLines(run.context()).run(arguments);
            return status + "\n" + run.out() + run.err();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "status --json"})
    void theAnswerIsTheSameBothWays(String typed) throws Exception {
        String[] arguments = typed.split(" ");
        for (Reply answer : List.of(
                Statuses.nodeLost(),
                new Reply.NotDone(List.of(Problem.error(Place.NONE, "n1", "still starting", ""))))) {
            assertThat(outcome(true, answer, arguments)).isEqualTo(outcome(false, answer, arguments));
        }
    }

    @Test
    void aNodeThatIsNotThereIsTheSameBothWays() {
        String[] arguments = {"status", "--socket", folder.resolve("none").toString()};
        var quick = new CommandRun();
        var parsed = new CommandRun();
        assertThat(StatusMain.run(quick.context(), arguments)).hasValue(1);
        assertThat(new CommandLines(parsed.context()).run(arguments)).isEqualTo(1);
        assertThat(quick.err()).isEqualTo(parsed.err()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "move",
                "status --help",
                "status --watch",
                "status --jsn",
                "status now",
                "status --socket",
                "status --json --json",
                "status --socket a --json"
            })
    void allElseIsForTheParser(String typed) {
        assertThat(StatusMain.run(new CommandRun().context(), typed.split(" "))).isEmpty();
    }
}
