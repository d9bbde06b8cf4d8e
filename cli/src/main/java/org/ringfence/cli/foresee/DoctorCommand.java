package org.ringfence.cli.foresee;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.json.RecordJson;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.cli.terminal.Style;
import org.ringfence.controller.doctor.Diagnosis;
import org.ringfence.controller.doctor.Doctor;
import org.ringfence.controller.doctor.Finding;
import org.ringfence.controller.doctor.HostsTold;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.Problem.Severity;
import org.ringfence.model.problem.Suggestion;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence doctor [CODE]}. */
@Command(
        name = "doctor",
        description = {
            "Looks for what can be wrong: in the configuration with its status, on the host of the node that is asked,"
                    + " and on the others' by what their daemons found.",
            "With a CODE it explains that finding. Exit status 1 when an error or a warning was found."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence doctor",
            "  ringfence doctor fencing-no-delay      what it means, and what to do",
            "  ringfence doctor --list                all that is looked for",
            "  ringfence doctor --cib saved.xml       a file; no host is looked at"
        })
public final class DoctorCommand extends NodeCommand {
    private static final RecordJson<Report> JSON = RecordJson.of(Report.class).build();

    @Parameters(arity = "0..1", paramLabel = "CODE", description = "Explain this finding.")
    private @Nullable String code;

    @Option(names = "--list", description = "List the catalogue.")
    private boolean list;

    @Option(names = "--cib", paramLabel = "FILE", description = "A CIB in XML; - is standard input. No node is asked.")
    private @Nullable Path file;

    public DoctorCommand(Context context) {
        super(context);
    }

    /** For programs. */
    record Report(List<Entry> findings) {}

    /** One finding, or one entry of the catalogue when {@code element} and {@code detail} are empty. */
    record Entry(
            String code, Severity severity, String where, String element, String detail, String reason, String remedy) {
        static Entry of(Finding finding) {
            Diagnosis diagnosis = finding.diagnosis();
            return new Entry(
                    diagnosis.code(),
                    diagnosis.severity(),
                    diagnosis.where().name(),
                    finding.element(),
                    finding.detail(),
                    diagnosis.reason(),
                    diagnosis.remedy());
        }
    }

    @Override
    protected Request request() {
        return new Request.HostCheck();
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        if (list) {
            show(List.of(Diagnosis.values()).stream()
                    .map(one -> new Finding(one, "", ""))
                    .toList());
            return ExitStatus.DONE;
        }
        if (code != null) {
            explain(code);
            return ExitStatus.DONE;
        }
        return switch (Subject.of(file, null, context().clock().instant(), conversation())) {
            case Subject.Refused(Reply.Outcome outcome) -> conversation().show(outcome, this::show);
            case Subject.Known known -> {
                List<Finding> findings = new ArrayList<>(Doctor.examine(known.cib()));
                if (file == null) {
                    Reply.Outcome outcome = conversation().call(request());
                    if (!(outcome instanceof Reply.HostFindings host)) {
                        yield conversation().show(outcome, this::show);
                    }
                    findings.addAll(of(host));
                    findings.addAll(HostsTold.of(known.cib(), Optional.of(host.node())));
                } else {
                    findings.addAll(HostsTold.of(known.cib(), Optional.empty()));
                }
                findings.sort(
                        Comparator.comparing(finding -> finding.diagnosis().severity()));
                show(findings);
                yield findings.stream().anyMatch(one -> one.diagnosis().severity() != Severity.NOTE)
                        ? ExitStatus.NOT_DONE
                        : ExitStatus.DONE;
            }
        };
    }

    /** A node of another release may find what this command has no words for. */
    private List<Finding> of(Reply.HostFindings host) {
        List<Finding> findings = new ArrayList<>();
        for (Reply.HostFinding found : host.findings()) {
            Optional<Diagnosis> diagnosis = Diagnosis.of(found.code());
            diagnosis.ifPresentOrElse(
                    known -> findings.add(new Finding(known, found.element(), found.detail())),
                    () -> terminal()
                            .complain("node " + host.node() + " found " + found.code() + ": " + found.element() + " "
                                    + found.detail()));
        }
        return findings;
    }

    private void explain(String asked) throws UnusableInputException {
        Diagnosis diagnosis = Diagnosis.of(asked)
                .orElseThrow(() -> new UnusableInputException(Problem.error(
                        Place.NONE,
                        "'" + asked + "'",
                        "is not in the catalogue",
                        Suggestion.nearest(asked, Diagnosis.codes())
                                .map(one -> "did you mean '" + one + "'?")
                                .orElse("see 'ringfence doctor --list'"))));
        show(List.of(new Finding(diagnosis, "", "")));
    }

    private void show(List<Finding> findings) {
        if (json()) {
            var report = new Report(findings.stream().map(Entry::of).toList());
            terminal().line(new String(JSON.write(report), StandardCharsets.UTF_8));
        } else if (findings.isEmpty()) {
            terminal()
                    .line(terminal()
                            .paint(Style.GOOD, "Nothing was found of " + Diagnosis.values().length + " things."));
        } else {
            findings.forEach(this::line);
        }
        terminal().flush();
    }

    private void line(Finding finding) {
        Diagnosis diagnosis = finding.diagnosis();
        String about = finding.element().isEmpty() ? "" : "  " + finding.element();
        String detail = finding.detail().isEmpty() ? "" : ": " + finding.detail();
        terminal()
                .line(terminal()
                                .paint(
                                        style(diagnosis.severity()),
                                        diagnosis.severity().name().toLowerCase(Locale.ROOT))
                        + "  " + terminal().paint(Style.STRONG, diagnosis.code()) + about + detail);
        terminal().line("    " + diagnosis.reason());
        terminal().line("    to do: " + diagnosis.remedy());
    }

    private static Style style(Severity severity) {
        return switch (severity) {
            case ERROR -> Style.BAD;
            case WARNING -> Style.WARNING;
            case NOTE -> Style.FAINT;
        };
    }
}
