package org.ringfence.language;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.Suggestion;
import org.ringfence.model.xml.Element;

/** Finds names of resources, tags, templates and roles that nothing has. */
public final class References {
    private final Set<String> resources = new HashSet<>();
    private final Set<String> roles = new HashSet<>();
    private final Set<String> anything = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private References() {}

    /** @return an error for each name in {@code configuration} that refers to nothing, in the order in which they stand */
    public static List<Problem> dangling(Element configuration) {
        var references = new References();
        references.collect(configuration);
        configuration.child("constraints").ifPresent(references::constraints);
        configuration
                .child("tags")
                .ifPresent(tags -> tags.children("tag")
                        .forEach(tag -> references.each(tag, "obj_ref", references.anything, "nothing with the id")));
        configuration
                .child("acls")
                .ifPresent(acls ->
                        acls.children().forEach(one -> references.each(one, "role", references.roles, "no role")));
        return List.copyOf(references.problems);
    }

    private void collect(Element element) {
        boolean named = switch (element.name()) {
            case "obj_ref", "resource_ref", "role", "role_ref" -> false;
            default -> !element.id().isEmpty();
        };
        if (named) {
            anything.add(element.id());
            switch (element.name()) {
                case "primitive", "group", "clone", "master", "bundle", "template", "tag" ->
                    resources.add(element.id());
                case "acl_role" -> roles.add(element.id());
                default -> {}
            }
        }
        element.children().forEach(this::collect);
    }

    private void constraints(Element constraints) {
        for (Element constraint : constraints.children()) {
            for (String attribute : List.of("rsc", "with-rsc", "first", "then")) {
                constraint
                        .attribute(attribute)
                        .ifPresent(name -> check(constraint, constraint, name, resources, "no resource"));
            }
            for (Element set : constraint.children("resource_set")) {
                for (Element reference : set.children("resource_ref")) {
                    check(reference, constraint, reference.id(), resources, "no resource");
                }
            }
        }
    }

    private void each(Element parent, String child, Set<String> known, String what) {
        parent.children(child).forEach(reference -> check(reference, parent, reference.id(), known, what));
    }

    private void check(Element at, Element element, String name, Set<String> known, String what) {
        if (!known.contains(name)) {
            problems.add(Problem.error(
                    at.place(),
                    element.label(),
                    "there is " + what + " '" + name + "'",
                    Suggestion.nearest(name, known.stream().sorted().toList())
                            .map(one -> "did you mean '" + one + "'?")
                            .orElse("")));
        }
    }
}
