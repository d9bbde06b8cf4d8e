package org.ringfence.cli.screen;

import java.util.List;
import org.ringfence.api.FenceHistoryReply;
import org.ringfence.api.FenceTestReply;
import org.ringfence.api.HistoryReply;
import org.ringfence.api.Reply;
import org.ringfence.api.StatusReply;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.problem.Problem;

/** Any answer of a node. */
public final class OutcomeScreen {
    private final Terminal terminal;

    public OutcomeScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    public void show(Reply.Outcome outcome) {
        switch (outcome) {
            case Reply.Done(String text, List<String> details) -> {
                terminal.line(text);
                details.forEach(detail -> terminal.line("  " + detail));
            }
            case Reply.NotDone(List<Problem> problems) -> complain("not done", problems);
            case Reply.Unusable(List<Problem> problems) -> complain("cannot be used, nothing was changed", problems);
            case Reply.Refused(List<Problem> problems) -> complain("refused as unsafe, nothing was changed", problems);
            case Reply.Plan plan -> new PlanScreen(terminal).show(plan);
            case Reply.Configuration configuration -> terminal.out().print(configuration.cib());
            case Reply.KeptConfigurations kept -> new KeptConfigurationsScreen(terminal).show(kept);
            case Reply.Attributes attributes ->
                attributes
                        .values()
                        .forEach((node, values) ->
                                values.forEach((name, value) -> terminal.line(node + "  " + name + "=" + value)));
            case Reply.HostFindings findings -> throw unexpected(findings);
            case StatusReply status -> throw unexpected(status);
            case HistoryReply history -> throw unexpected(history);
            case Reply.Helped helped -> terminal.out().print(helped.out());
            case FenceTestReply test -> new FenceTestScreen(terminal).show(test);
            case FenceHistoryReply history -> throw unexpected(history);
        }
        terminal.flush();
    }

    /** One problem is one line; several stand below a line that says what they mean. */
    private void complain(String verdict, List<Problem> problems) {
        if (problems.size() == 1) {
            terminal.complain(verdict + ": " + problems.getFirst());
            return;
        }
        terminal.complain(verdict + ":");
        for (Problem problem : problems) {
            terminal.err()
                    .print("  " + terminal.paint(ProblemLines.style(problem.severity()), ProblemLines.reason(problem))
                            + "\n");
            if (!problem.remedy().isEmpty()) {
                terminal.err().print("    to do: " + terminal.paint(Style.STRONG, problem.remedy()) + "\n");
            }
        }
        terminal.err().flush();
    }

    private static IllegalStateException unexpected(Reply.Outcome outcome) {
        return new IllegalStateException(
                "the command that asks for a " + outcome.getClass().getSimpleName() + " shows it itself");
    }
}
