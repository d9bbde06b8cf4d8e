package org.ringfence.cli.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.language.ConfigurationText;
import org.ringfence.language.Definitions;
import org.ringfence.language.Loading;
import org.ringfence.language.Reading;
import org.ringfence.language.References;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.PropertyValues;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.Problem.Severity;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;

/**
 * A configuration in a file: CIB XML when it begins with {@code <}, else text.
 *
 * @param name how problems call it
 */
public record ConfigurationFile(String name, String text) {

    public static ConfigurationFile read(Path path) throws UnusableInputException {
        return new ConfigurationFile(
                path.toString().equals("-") ? "standard input" : path.toString(), TextFile.read(path));
    }

    public boolean isXml() {
        return text.stripLeading().startsWith("<");
    }

    /**
     * What {@code base} becomes when this is loaded into it.
     *
     * @param terminal where all mistakes but the last are said; the last is thrown
     * @throws UnusableInputException when there is a mistake in it
     */
    public Cib into(Cib base, Loading.Mode mode, Terminal terminal) throws UnusableInputException {
        Cib changed = asWritten(base, mode, terminal);
        check(base, changed, terminal);
        return changed;
    }

    /**
     * Says what is wrong with what a configuration refers to and sets its properties to.
     *
     * @param base     what is wrong there already is no mistake of the file
     * @param terminal where all mistakes but the last are said; the last is thrown
     * @throws UnusableInputException when there is an error among them
     */
    public static void check(Cib base, Cib changed, Terminal terminal) throws UnusableInputException {
        Set<String> before = mistakes(base).map(ConfigurationFile::words).collect(Collectors.toSet());
        List<Problem> errors = new ArrayList<>();
        mistakes(changed).filter(problem -> !before.contains(words(problem))).forEach(problem -> {
            if (problem.severity() == Severity.ERROR) {
                errors.add(problem);
            } else {
                terminal.complain(problem.toString());
            }
        });
        refuse(errors, terminal);
    }

    /** Names that nothing has, and properties that are wrong. */
    public static Stream<Problem> mistakes(Cib cib) {
        Element configuration = cib.configurationElement();
        return Stream.concat(
                References.dangling(configuration).stream(), PropertyValues.problems(configuration).stream());
    }

    /** The same for who looks for names that nothing has, and says so, in another way. */
    public Cib asWritten(Cib base, Loading.Mode mode, Terminal terminal) throws UnusableInputException {
        Definitions definitions;
        if (isXml()) {
            definitions = Definitions.of(Cib.read(text, name).configurationElement());
        } else {
            Reading reading =
                    ConfigurationText.read(text, name, Optional.of(Definitions.of(base.configurationElement())));
            refuse(reading.problems(), terminal);
            definitions = reading.definitions();
        }
        Loading.Loaded loaded = Loading.into(base.configurationElement(), definitions, mode);
        refuse(loaded.problems(), terminal);
        return base.withConfiguration(_ -> loaded.configuration());
    }

    private static String words(Problem problem) {
        return problem.element() + " " + problem.text();
    }

    private static void refuse(List<Problem> problems, Terminal terminal) throws UnusableInputException {
        if (problems.isEmpty()) {
            return;
        }
        problems.subList(0, problems.size() - 1).forEach(problem -> terminal.complain(problem.toString()));
        throw new UnusableInputException(problems.getLast());
    }
}
