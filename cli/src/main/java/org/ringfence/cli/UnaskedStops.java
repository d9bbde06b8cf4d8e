package org.ringfence.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ringfence.api.Reply;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.xml.Element;

/**
 * What a change would stop or demote although it does not ask for that. It asks for it where it removes a resource, or sets its
 * {@code target-role} to stopped; and the caller may accept others by name.
 */
public final class UnaskedStops {
    private final Map<String, String> parents = new LinkedHashMap<>();
    private final Set<String> stopped = new LinkedHashSet<>();

    private UnaskedStops(Cib changed) {
        changed.configurationElement().child("resources").ifPresent(resources -> collect(resources, ""));
    }

    /**
     * @param changed  the configuration as it would be
     * @param accepted resources, or what they are inside of, that may stop
     * @return one for each resource, in the order of the plan; empty when nothing unasked would stop
     */
    public static List<Problem> of(Reply.Plan plan, Cib changed, Set<String> accepted) {
        var resources = new UnaskedStops(changed);
        var byResource = new LinkedHashMap<String, List<String>>();
        for (Reply.PlannedStep step : plan.steps()) {
            String id = step.subject().split(":", 2)[0];
            boolean stops = step.operation().equals("stop") || step.operation().equals("demote");
            if (stops && resources.isUnasked(id, accepted)) {
                byResource
                        .computeIfAbsent(id, none -> new ArrayList<>())
                        .add((step.operation().equals("stop") ? "stopped on " : "demoted on ") + step.node());
            }
        }
        return byResource.entrySet().stream()
                .map(entry -> Problem.error(
                        Place.NONE,
                        "resource \"" + entry.getKey() + "\"",
                        "would be " + String.join(", ", entry.getValue()) + ", which the change does not ask for",
                        "accept it with --accept-stops " + entry.getKey()))
                .toList();
    }

    private boolean isUnasked(String id, Set<String> accepted) {
        if (!parents.containsKey(id)) {
            return false;
        }
        for (String at = id; !at.isEmpty(); at = parents.getOrDefault(at, "")) {
            if (accepted.contains(at) || stopped.contains(at)) {
                return false;
            }
        }
        return true;
    }

    private void collect(Element parent, String parentId) {
        for (Element child : parent.children()) {
            switch (child.name()) {
                case "primitive", "group", "clone", "master", "bundle" -> {
                    parents.put(child.id(), parentId);
                    if (targetRole(child).filter("stopped"::equalsIgnoreCase).isPresent()) {
                        stopped.add(child.id());
                    }
                    collect(child, child.id());
                }
                default -> {}
            }
        }
    }

    private static Optional<String> targetRole(Element resource) {
        return resource.children("meta_attributes").stream()
                .flatMap(set -> set.children("nvpair").stream())
                .filter(pair -> pair.attribute("name", "").equals("target-role"))
                .flatMap(pair -> pair.attribute("value").stream())
                .findFirst();
    }
}
