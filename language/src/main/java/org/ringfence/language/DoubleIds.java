package org.ringfence.language;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.xml.Element;

/** Finds ids that two elements have. Nodes, and users and their roles, have names of their own instead. */
final class DoubleIds {
    private static final Set<String> NOT_IDS =
            Ordered.set("node", "resource_ref", "obj_ref", "role", "role_ref", "acl_target", "acl_group", "acl_user");

    private DoubleIds() {}

    static void check(Element configuration, List<Problem> problems) {
        check(configuration, new HashMap<>(), problems);
    }

    private static void check(Element element, Map<String, Element> seen, List<Problem> problems) {
        if (!element.id().isEmpty() && !NOT_IDS.contains(element.name())) {
            Element first = seen.putIfAbsent(element.id(), element);
            if (first != null) {
                problems.add(Problem.error(
                        element.place(),
                        element.label(),
                        "its id is that of another element, " + first.label()
                                + (first.place().line() > 0
                                        ? " in line " + first.place().line()
                                        : ""),
                        "rename one of them"));
            }
        }
        element.children().forEach(child -> check(child, seen, problems));
    }
}
