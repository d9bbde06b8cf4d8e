package org.ringfence.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import org.ringfence.cli.input.CibFile;
import org.ringfence.cli.input.ConfigurationFile;
import org.ringfence.cli.screen.VerdictJson;
import org.ringfence.controller.interlock.Interlock;
import org.ringfence.language.Loading.Mode;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence configure verify FILE}. */
@Command(
        name = "verify",
        description = {
            "Says what is wrong with a configuration, as text or as CIB XML. No node is asked.",
            "Exit status 2 when it cannot be used, 3 when nothing could start safely with it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence configure verify cluster.crm", "  ringfence configure verify --json cluster.xml"})
public final class ConfigureVerifyCommand extends LocalCommand {
    @Parameters(paramLabel = "FILE", description = "The file; - is standard input.")
    private Path file;

    @Option(names = "--json", description = "Answer with one line of JSON.")
    private boolean json;

    public ConfigureVerifyCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException {
        ConfigurationFile read = ConfigurationFile.read(file);
        Cib cib = read.isXml()
                ? CibFile.of(file, read.text()).cib()
                : read.asWritten(Cib.EMPTY, Mode.REPLACE, terminal());
        var problems = new ArrayList<>(cib.problems());
        ConfigurationFile.mistakes(cib).forEach(problems::add);
        boolean unusable = problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        Interlock interlock = Interlock.ofConfiguration(cib, context().clock().instant());
        List<Problem> unsafe = interlock.holdsBack(cib) ? interlock.problems() : List.of();
        ExitStatus status = unusable
                ? ExitStatus.UNUSABLE_INPUT
                : unsafe.isEmpty() ? ExitStatus.DONE : ExitStatus.REFUSED_AS_UNSAFE;
        if (json) {
            terminal().line(VerdictJson.write(problems, unsafe));
        } else {
            problems.forEach(problem -> terminal().line(problem.toString()));
            unsafe.forEach(problem -> terminal().line(problem.toString()));
            terminal().line(file + ": " + verdict(status, problems));
        }
        terminal().flush();
        return status;
    }

    private static String verdict(ExitStatus status, List<Problem> problems) {
        return switch (status) {
            case UNUSABLE_INPUT ->
                problems.stream()
                                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                                .count()
                        + " errors";
            case REFUSED_AS_UNSAFE -> "can be read, and would be refused as unsafe";
            case DONE, NOT_DONE -> "can be used";
        };
    }
}
