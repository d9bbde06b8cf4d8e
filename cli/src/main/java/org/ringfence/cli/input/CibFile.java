package org.ringfence.cli.input;

import java.nio.file.Path;
import java.util.List;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

/**
 * A CIB in a file.
 *
 * @param text as it stands in the file
 */
public record CibFile(Path path, String text, Cib cib) {

    /** @throws UnusableInputException when it cannot be read or is no CIB, with file, line, column and element */
    public static CibFile read(Path path) throws UnusableInputException {
        return of(path, TextFile.read(path));
    }

    /** @throws UnusableInputException when the text is no CIB */
    public static CibFile of(Path path, String text) throws UnusableInputException {
        String name = path.toString().equals("-") ? "standard input" : path.toString();
        return new CibFile(path, text, Cib.read(text, name));
    }

    public List<Problem> problems() {
        return cib.problems();
    }

    /** Says on standard error what in it is not understood or cannot be used. */
    public void complain(Terminal terminal) {
        problems().forEach(problem -> terminal.complain(problem.toString()));
    }

    /** This base with its configuration replaced by that of {@code other}; status and version stay. */
    public Cib withConfigurationOf(CibFile other) {
        return cib.withConfiguration(_ -> other.cib.configurationElement());
    }
}
