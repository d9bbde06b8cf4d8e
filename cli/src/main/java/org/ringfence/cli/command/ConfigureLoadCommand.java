package org.ringfence.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.ChangingCommand;
import org.ringfence.cli.Context;
import org.ringfence.cli.input.CibFile;
import org.ringfence.cli.input.ConfigurationFile;
import org.ringfence.cli.input.TextFile;
import org.ringfence.language.Loading.Mode;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.Suggestion;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence configure load [replace|update|push] FILE}. */
@Command(
        name = "load",
        description = {
            "Takes the configuration from a file: text as 'configure show' and crmsh write it, or CIB XML. The status"
                    + " stays.",
            "  replace  the file is the configuration (default)",
            "  update   what the file does not name stays",
            "  push     what the file does not name goes, but for nodes and for properties that the cluster writes"
                    + " itself",
            "A configuration with which nothing could start safely is refused (exit status 3), and one that would stop"
                    + " a resource without asking for it, until --accept-stops names it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence configure load cluster.crm --plan",
            "  ringfence configure load update web.crm --reason 'second web server'",
            "  ringfence configure load cluster.xml",
            "  ringfence configure load --cib saved.xml cluster.crm     a file, not a cluster"
        })
public final class ConfigureLoadCommand extends ChangingCommand {
    private static final List<String> MODES = List.of("replace", "update", "push");

    @Parameters(
            arity = "1..2",
            paramLabel = "[replace|update|push] FILE",
            description = "How, and the file; - is standard input.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--cib",
            paramLabel = "FILE",
            description = "Load into this file; it is made when it does not exist. No node is asked.")
    private @Nullable Path cib;

    @Mixin
    private SafeChangeOptions options = new SafeChangeOptions();

    public ConfigureLoadCommand(Context context) {
        super(context);
    }

    private Path file() {
        return Path.of(words.getLast());
    }

    private Mode mode() throws UnusableInputException {
        if (words.size() == 1) {
            return Mode.REPLACE;
        }
        String word = words.getFirst();
        if (!MODES.contains(word)) {
            throw new UnusableInputException(Problem.error(
                    Place.NONE,
                    "configure load",
                    "'" + word + "' is none of " + String.join(", ", MODES),
                    Suggestion.nearest(word, MODES)
                            .map(one -> "did you mean '" + one + "'?")
                            .orElse("one file is loaded at a time")));
        }
        return Mode.valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    protected Request request() {
        return new Request.ConfigureShow();
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        Mode mode = mode();
        ConfigurationFile read = ConfigurationFile.read(file());
        if (cib != null) {
            return loadInto(cib, read, mode);
        }
        // What cannot be read is refused before any node is asked.
        Optional<CibFile> whole =
                read.isXml() && mode == Mode.REPLACE ? Optional.of(CibFile.of(file(), read.text())) : Optional.empty();
        SafeChange change = options.change(conversation(), planOnly(), file().toString(), "");
        Reply.Outcome outcome = conversation().call(request());
        if (!(outcome instanceof Reply.Configuration current)) {
            return conversation().show(outcome, this::show);
        }
        Cib former = Cib.read(current.cib(), "configuration");
        if (whole.isPresent()) {
            ConfigurationFile.check(former, whole.get().cib(), terminal());
            return change.replace(whole.get().cib(), whole.get().text());
        }
        return change.make(current, former, read.into(former, mode, terminal()));
    }

    private ExitStatus loadInto(Path target, ConfigurationFile read, Mode mode) throws UnusableInputException {
        boolean exists = Files.exists(target);
        Cib changed;
        if (!exists && read.isXml() && mode == Mode.REPLACE) {
            changed = CibFile.of(file(), read.text()).cib();
            ConfigurationFile.check(Cib.EMPTY, changed, terminal());
        } else {
            changed = read.into(exists ? CibFile.read(target).cib() : Cib.EMPTY, mode, terminal());
        }
        changed.problems().forEach(problem -> terminal().complain(problem.toString()));
        if (planOnly()) {
            terminal().line(target + " would get the configuration of " + file());
        } else {
            TextFile.write(target, changed.write());
            terminal().line(target + " has the configuration of " + file());
        }
        terminal().flush();
        return ExitStatus.DONE;
    }
}
