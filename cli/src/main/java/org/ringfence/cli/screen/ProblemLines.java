package org.ringfence.cli.screen;

import java.util.List;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.problem.Problem;

/** Problems as a person reads them: where and what, then the way out below it. */
final class ProblemLines {
    private ProblemLines() {}

    /** @param indent spaces before each line */
    static void print(Terminal terminal, int indent, List<Problem> problems) {
        for (Problem problem : problems) {
            print(terminal, indent, problem);
        }
    }

    static void print(Terminal terminal, int indent, Problem problem) {
        String margin = " ".repeat(indent);
        terminal.line(margin + terminal.paint(style(problem.severity()), reason(problem)));
        if (!problem.remedy().isEmpty()) {
            terminal.line(margin + "  to do: " + problem.remedy());
        }
    }

    /** Place, element and reason on one line. */
    static String reason(Problem problem) {
        return Problem.error(problem.place(), problem.element(), problem.text(), "")
                .toString();
    }

    static Style style(Problem.Severity severity) {
        return switch (severity) {
            case ERROR -> Style.BAD;
            case WARNING -> Style.WARNING;
            case NOTE -> Style.PLAIN;
        };
    }
}
