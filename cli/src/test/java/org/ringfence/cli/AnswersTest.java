package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.api.Reply;
import org.ringfence.api.status.Role;
import org.ringfence.cli.testing.CommandRun;
import org.ringfence.cli.testing.FakeNode;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/** What a node answers decides the exit status, and is shown with element, reason and remedy. */
class AnswersTest {
    private static final Problem NO_FENCING =
            Problem.error(Place.NONE, "node \"n2\"", "no fence device can fence it", "add a fence device for n2");
    private static final Problem NO_SUCH =
            Problem.error(Place.NONE, "resource \"wbe\"", "does not exist", "did you mean web?");

    @TempDir
    Path folder;

    private final CommandRun run = new CommandRun();

    private int run(Reply answer, String... arguments) throws Exception {
        return run(List.of(answer), arguments);
    }

    private int run(List<Reply> answers, String... arguments) throws Exception {
        Path socket = folder.resolve("n");
        try (FakeNode _ = new FakeNode(socket, _ -> answers)) {
            run.with("RINGFENCE_SOCKET", socket.toString());
            return new CommandLines(run.context()).run(arguments);
        }
    }

    @Test
    void doneIsZeroAndShowsItsDetails() throws Exception {
        assertThat(run(new Reply.Done("web moved to n2", List.of("until 15:05")), "move", "web", "n2"))
                .isZero();
        assertThat(run.out()).isEqualTo("web moved to n2\n  until 15:05\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void notDoneIsOne() throws Exception {
        assertThat(run(new Reply.NotDone(List.of(NO_FENCING)), "fence", "n2")).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "ringfence: not done: node \"n2\": no fence device can fence it; add a fence device for n2\n");
    }

    @Test
    void unusableIsTwo() throws Exception {
        assertThat(run(new Reply.Unusable(List.of(NO_SUCH)), "move", "wbe")).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("ringfence: cannot be used, nothing was changed: resource \"wbe\": does not exist;"
                        + " did you mean web?\n");
    }

    @Test
    void refusedIsThreeAndEachReasonHasItsRemedyBelow() throws Exception {
        assertThat(run(new Reply.Refused(List.of(NO_FENCING, NO_SUCH)), "standby", "n2"))
                .isEqualTo(3);
        assertThat(run.err()).isEqualTo("""
            ringfence: refused as unsafe, nothing was changed:
              node "n2": no fence device can fence it
                to do: add a fence device for n2
              resource "wbe": does not exist
                to do: did you mean web?
            """);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aPlanShowsStepsAndWhatWouldBeUnsafe() throws Exception {
        var plan = new Reply.Plan(
                List.of(
                        new Reply.PlannedStep("stop", "web", new NodeId("n1"), Optional.empty()),
                        new Reply.PlannedStep("start", "web", new NodeId("n2"), Optional.empty()),
                        new Reply.PlannedStep("migrate", "vm", new NodeId("n2"), Optional.of(new NodeId("n1"))),
                        new Reply.PlannedStep("fence", "n3", new NodeId("n3"), Optional.empty())),
                List.of(NO_FENCING),
                List.of());
        assertThat(run(plan, "standby", "n1", "--plan")).isZero();
        assertThat(run.out()).isEqualTo("""
            This would be refused as unsafe:
              node "n2": no fence device can fence it
                to do: add a fence device for n2
            Plan, nothing was changed:
              stop     web  n1
              start    web  n2
              migrate  vm   n1 -> n2
              fence    n3
            """);
    }

    @Test
    void aPlanSaysForHowLongWhatWouldBeAway() throws Exception {
        var plan = new Reply.Plan(
                List.of(new Reply.PlannedStep("stop", "web", new NodeId("n1"), Optional.empty())),
                List.of(),
                List.of(),
                List.of(
                        new Reply.Away("web", Role.STARTED, Optional.of(Duration.ofMillis(2_340)), false),
                        new Reply.Away("db", Role.PROMOTED, Optional.of(Duration.ofSeconds(1)), true),
                        new Reply.Away("old", Role.STARTED, Optional.empty(), false)));
        assertThat(run(plan, "standby", "n1", "--plan")).isZero();
        assertThat(run.out()).isEqualTo("""
            Plan, nothing was changed:
              stop  web  n1
            Away meanwhile, by what operations took before:
              web            2.3 s
              db (promoted)  ~1.0 s
              old            until something starts it again
            """);
    }

    @Test
    void aPlanWithoutStepsSaysSo() throws Exception {
        assertThat(run(new Reply.Plan(List.of(), List.of(), List.of()), "cleanup", "--plan"))
                .isZero();
        assertThat(run.out()).isEqualTo("Nothing would be started, stopped or moved.\n");
    }

    @Test
    void jsonIsOneLineWhateverTheAnswer() throws Exception {
        assertThat(run(new Reply.Refused(List.of(NO_FENCING)), "standby", "n2", "--json"))
                .isEqualTo(3);
        assertThat(run.out())
                .startsWith("{\"type\":\"Refused\",\"problems\":[{\"severity\":\"ERROR\"")
                .endsWith("}\n");
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void progressGoesToStandardErrorLineByLineWhereNobodyLooks() throws Exception {
        List<Reply> answers = List.of(
                new Reply.Progress("asking fence-n2", 0, 0),
                new Reply.Progress("waiting for n2 to be off", 1, 2),
                new Reply.Done("n2 is fenced", List.of()));
        assertThat(run(answers, "fence", "n2")).isZero();
        assertThat(run.err()).isEqualTo("asking fence-n2\n[1/2] waiting for n2 to be off\n");
        assertThat(run.out()).isEqualTo("n2 is fenced\n");
    }

    @Test
    void progressIsOneLineWrittenOverAgainOnATerminal() throws Exception {
        List<Reply> answers = List.of(new Reply.Progress("asking fence-n2", 0, 0), new Reply.Done("ok", List.of()));
        run.withColour();
        assertThat(run(answers, "fence", "n2")).isZero();
        assertThat(run.err()).isEqualTo("\r\u001b[K\u001b[2masking fence-n2\u001b[0m\r\u001b[K");
    }

    @Test
    void jsonSaysNothingOfProgress() throws Exception {
        List<Reply> answers = List.of(new Reply.Progress("asking", 0, 0), new Reply.Done("ok", List.of()));
        assertThat(run(answers, "fence", "n2", "--json")).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("{\"type\":\"Done\",\"text\":\"ok\",\"details\":[]}\n");
    }
}
