package org.ringfence.cli.screen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.language.ConfigurationText;
import org.ringfence.language.ConfigurationText.Written;
import org.ringfence.language.Definitions;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.Suggestion;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.XmlWriter;

/**
 * A configuration, or some of it, as text or as XML.
 *
 * @param elements what to show: ids, or {@code type:KEYWORD} for all of a kind; empty for all
 */
public record ConfigurationScreen(Terminal terminal, boolean xml, List<String> elements) {
    public ConfigurationScreen {
        elements = List.copyOf(elements);
    }

    /** @throws UnusableInputException when something that is to be shown is not there */
    public void show(Cib cib) throws UnusableInputException {
        if (elements.isEmpty() && xml) {
            terminal.out().print(XmlWriter.write(cib.document()));
        } else {
            List<Written> all = ConfigurationText.statements(cib.configurationElement());
            List<Written> chosen = elements.isEmpty() ? all : chosen(all);
            var definitions = Definitions.of(cib.configurationElement());
            for (Written written : chosen) {
                terminal.out()
                        .print(xml ? XmlWriter.write(definitions.whole(written.definition())) : written.text() + "\n");
            }
        }
        terminal.flush();
    }

    private List<Written> chosen(List<Written> all) throws UnusableInputException {
        Set<String> missing = new HashSet<>(elements);
        var chosen = new ArrayList<Written>();
        var known = new ArrayList<String>();
        for (Written written : all) {
            Set<String> names = new HashSet<>(written.covers());
            names.add("type:" + written.definition().kind().keyword());
            known.addAll(names);
            if (elements.stream().anyMatch(names::contains)) {
                chosen.add(written);
                missing.removeAll(names);
            }
        }
        for (String element : elements) {
            if (missing.contains(element)) {
                throw new UnusableInputException(Problem.error(
                        Place.NONE,
                        "'" + element + "'",
                        "is not in the configuration",
                        Suggestion.nearest(element, known)
                                .map(one -> "did you mean '" + one + "'?")
                                .orElse("write an id, or type:primitive and the like")));
            }
        }
        return chosen;
    }
}
