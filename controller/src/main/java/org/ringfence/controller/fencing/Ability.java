package org.ringfence.controller.fencing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlReader;

/**
 * What a fence agent can do, by its metadata, as far as the cluster has to know.
 *
 * @param plugArgument the parameter that takes the plug; empty for a device that knows one target only
 * @param actions      all that it has
 * @param required     parameters that must be given, with the older name that does as well, if there is one
 * @param parameters   all that it has
 */
public record Ability(
        String plugArgument, SortedSet<String> actions, List<Required> required, SortedSet<String> parameters) {
    private static final List<String> GIVEN_BY_THE_CLUSTER = List.of("action", "option", "plug", "port", "nodename");

    /** Agents that print no metadata are old ones; those take {@code port} and reboot. */
    static final Ability OF_OLD = new Ability(
            "port", new TreeSet<>(List.of("off", "on", "reboot", "status", "monitor")), List.of(), new TreeSet<>());

    public Ability {
        actions = Collections.unmodifiableSortedSet(new TreeSet<>(actions));
        required = List.copyOf(required);
        parameters = Collections.unmodifiableSortedSet(new TreeSet<>(parameters));
    }

    /** @param older empty when there is none */
    record Required(String name, String older) {}

    boolean does(String action) {
        return actions.contains(action);
    }

    /** Required parameters that are not among these. */
    List<String> missing(SequencedMap<String, String> given) {
        return required.stream()
                .filter(one -> !given.containsKey(one.name()) && !given.containsKey(one.older()))
                .map(Required::name)
                .toList();
    }

    /** Parameters that the agent does not have. */
    List<String> unknown(SequencedMap<String, String> given) {
        return parameters.isEmpty()
                ? List.of()
                : given.keySet().stream()
                        .filter(name -> !parameters.contains(name) && !GIVEN_BY_THE_CLUSTER.contains(name))
                        .toList();
    }

    /** Empty for what is no metadata. */
    static Optional<Ability> read(List<String> printed) {
        String text = String.join("\n", printed);
        int start = text.indexOf("<resource-agent");
        if (start < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(XmlReader.read(text.substring(start), "metadata")));
        } catch (UnusableInputException broken) {
            return Optional.empty();
        }
    }

    private static Ability of(Element root) {
        var parameters = new TreeSet<String>();
        List<Required> required = new ArrayList<>();
        for (Element list : root.children("parameters")) {
            for (Element parameter : list.children("parameter")) {
                String name = parameter.attribute("name", "");
                parameters.add(name);
                boolean must = isTrue(parameter, "required") && !isTrue(parameter, "deprecated");
                boolean hasDefault = parameter
                        .child("content")
                        .flatMap(content -> content.attribute("default"))
                        .isPresent();
                if (must && !hasDefault && !GIVEN_BY_THE_CLUSTER.contains(name)) {
                    required.add(new Required(name, parameter.attribute("obsoletes", "")));
                }
            }
        }
        var actions = new TreeSet<String>();
        for (Element list : root.children("actions")) {
            list.children("action").forEach(action -> actions.add(action.attribute("name", "")));
        }
        String plug = parameters.contains("plug") ? "plug" : parameters.contains("port") ? "port" : "";
        return new Ability(plug, actions, required, parameters);
    }

    private static boolean isTrue(Element element, String attribute) {
        String value = element.attribute(attribute, "0");
        return value.equals("1") || value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes");
    }
}
