package org.ringfence.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.cli.Context;
import org.ringfence.language.References;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.CibEdit;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.Suggestion;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringfence configure delete ID...}. */
@Command(
        name = "delete",
        description = {
            "Removes resources and constraints. What still names them has to go in the same command.",
            "What would stop a resource that stays is refused (exit status 3) until --accept-stops names it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence configure delete old-ban --plan", "  ringfence configure delete web web-with-address"})
public final class ConfigureDeleteCommand extends ConfigurationChange {
    private static final List<String> SECTIONS = List.of("resources", "constraints");

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Of the resource or constraint.")
    private List<String> ids = new ArrayList<>();

    public ConfigureDeleteCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus change(Reply.Configuration current, Cib former)
            throws UnusableInputException, DaemonUnavailableException {
        List<String> known = new ArrayList<>();
        SECTIONS.forEach(
                section -> former.configurationElement().child(section).ifPresent(element -> collect(element, known)));
        Cib changed = former;
        for (String id : ids) {
            if (!known.contains(id)) {
                throw unusable(
                        "'" + id + "'",
                        "is no resource or constraint",
                        Suggestion.nearest(id, known)
                                .map(one -> "did you mean '" + one + "'?")
                                .orElse("see 'ringfence configure show'"));
            }
            for (String section : SECTIONS) {
                changed = CibEdit.without(changed, section, id);
            }
        }
        List<Problem> before = References.dangling(former.configurationElement());
        for (Problem dangling : References.dangling(changed.configurationElement())) {
            if (!before.contains(dangling)) {
                throw new UnusableInputException(Problem.error(
                        Place.NONE, dangling.element(), dangling.text(), "delete it in the same command"));
            }
        }
        return safely("configure delete", "delete " + String.join(" ", ids)).make(current, former, changed);
    }

    private static void collect(Element element, List<String> ids) {
        for (Element child : element.children()) {
            switch (child.name()) {
                case "primitive",
                        "group",
                        "clone",
                        "master",
                        "bundle",
                        "template",
                        "rsc_location",
                        "rsc_colocation",
                        "rsc_order",
                        "rsc_ticket" -> {
                    ids.add(child.id());
                    collect(child, ids);
                }
                default -> {}
            }
        }
    }

    private static UnusableInputException unusable(String element, String text, String remedy) {
        return new UnusableInputException(Problem.error(Place.NONE, element, text, remedy));
    }
}
