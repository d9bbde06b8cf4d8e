package org.ringfence.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import org.ringfence.cli.input.CibFile;
import org.ringfence.cli.input.ConfigurationFile;
import org.ringfence.cli.input.ForeignCib;
import org.ringfence.cli.screen.ImportJson;
import org.ringfence.controller.interlock.Interlock;
import org.ringfence.language.ConfigurationText;
import org.ringfence.language.Loading.Mode;
import org.ringfence.language.References;
import org.ringfence.language.foreign.Heartbeat;
import org.ringfence.language.foreign.Imported;
import org.ringfence.language.foreign.PcsConfig;
import org.ringfence.language.foreign.Source;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence import FILE...}. */
@Command(
        name = "import",
        description = {
            "Reads what another cluster stack has and writes it as a configuration for this one: on standard output"
                    + " the",
            "configuration, on standard error what differs. It asks no node and changes nothing.",
            "It reads a saved CIB ('cibadmin -Q', 'pcs cluster cib'), what 'crm configure show' and 'pcs config' show,"
                    + " and",
            "heartbeat's ha.cf and haresources (name both). Which of them a file is, it sees by itself.",
            "Exit status 2 when there is a mistake in it, 3 when nothing could start safely with it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence import saved-cib.xml >cluster.crm",
            "  ringfence import /etc/ha.d/ha.cf /etc/ha.d/haresources >cluster.crm",
            "  pcs config | ringfence import - --json"
        })
public final class ImportCommand extends LocalCommand {
    @Parameters(paramLabel = "FILE", arity = "1..2", description = "The files; - is standard input.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--xml", description = "Write CIB XML instead of text.")
    private boolean xml;

    @Option(names = "--json", description = "Answer with one line of JSON: the configuration and the report.")
    private boolean json;

    public ImportCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException {
        List<ConfigurationFile> read = new ArrayList<>();
        for (Path file : files) {
            read.add(ConfigurationFile.read(file));
        }
        var report = new ArrayList<Problem>();
        Cib cib = cib(read, report);
        report.addAll(References.dangling(cib.configurationElement()));
        Interlock interlock = Interlock.ofConfiguration(cib, context().clock().instant());
        List<Problem> unsafe = interlock.holdsBack(cib) ? interlock.problems() : List.of();
        report.addAll(unsafe);
        String text = xml ? cib.write() : ConfigurationText.write(cib.configurationElement());
        if (json) {
            terminal().line(ImportJson.write(text, report));
        } else {
            report.forEach(problem ->
                    terminal().complain(problem.severity().name().toLowerCase(java.util.Locale.ROOT) + ": " + problem));
            terminal().out().print(text);
        }
        terminal().flush();
        return report.stream()
                        .anyMatch(problem -> problem.severity() == Problem.Severity.ERROR && !unsafe.contains(problem))
                ? ExitStatus.UNUSABLE_INPUT
                : unsafe.isEmpty() ? ExitStatus.DONE : ExitStatus.REFUSED_AS_UNSAFE;
    }

    private Cib cib(List<ConfigurationFile> read, List<Problem> report) throws UnusableInputException {
        Optional<ConfigurationFile> settings = named(read, "ha.cf");
        Optional<ConfigurationFile> resources = named(read, "haresources");
        if (settings.isPresent() || resources.isPresent()) {
            if (read.size() > 1 && (settings.isEmpty() || resources.isEmpty())) {
                throw unusable("two files go together only as ha.cf and haresources");
            }
            return made(
                    Heartbeat.read(settings.map(ImportCommand::source), resources.map(ImportCommand::source)), report);
        }
        if (read.size() > 1) {
            throw unusable("two files go together only as ha.cf and haresources");
        }
        ConfigurationFile one = read.getFirst();
        if (one.isXml()) {
            Cib cib = CibFile.of(files.getFirst(), one.text()).cib();
            report.addAll(cib.problems());
            report.addAll(ForeignCib.report(cib));
            return cib.withStatus(org.ringfence.model.status.Status.EMPTY);
        }
        if (PcsConfig.looksLikeIt(one.text())) {
            return made(PcsConfig.read(source(one)), report);
        }
        Cib cib = one.asWritten(Cib.EMPTY, Mode.REPLACE, terminal());
        report.addAll(cib.problems());
        report.addAll(ForeignCib.report(cib));
        return cib;
    }

    private static UnusableInputException unusable(String why) {
        return new UnusableInputException(Problem.error(Place.NONE, "import", why, "see 'ringfence import --help'"));
    }

    private static Optional<ConfigurationFile> named(List<ConfigurationFile> read, String name) {
        return read.stream()
                .filter(file -> Path.of(file.name()).getFileName().toString().startsWith(name))
                .findFirst();
    }

    private static Source source(ConfigurationFile file) {
        return new Source(file.name(), file.text());
    }

    private Cib made(Imported imported, List<Problem> report) throws UnusableInputException {
        report.addAll(imported.report());
        return new ConfigurationFile("what was made of it", imported.text())
                .asWritten(Cib.EMPTY, Mode.REPLACE, terminal());
    }
}
