package org.ringfence.scheduler.constraint;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.model.cib.Configuration;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;

/** From the names in constraints to resources: a resource's own, a template's, a tag's. */
final class Names {
    private final Configuration configuration;
    private final Resources resources;
    private final List<Problem> problems;

    Names(Configuration configuration, Resources resources, List<Problem> problems) {
        this.configuration = configuration;
        this.resources = resources;
        this.problems = problems;
    }

    /** All that the name stands for; a name that stands for nothing is a problem. */
    List<Resource> resolve(String name, String constraint, Place place) {
        var found = new ArrayList<Resource>();
        Resource resource = resources.byId(name);
        if (resource != null && !resource.removed && isKnownBy(resource, name)) {
            found.add(resource);
            return found;
        }
        List<String> members = configuration.templates().get(name);
        if (members == null) {
            members = configuration.tags().get(name);
        }
        if (members != null) {
            for (String member : members) {
                Resource named = resources.byId(member);
                if (named != null && !named.removed) {
                    found.add(named);
                }
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        problems.add(Problem.warning(
                place,
                "constraint \"" + constraint + "\"",
                "names resource \"" + name + "\", which does not exist; it has no effect",
                "remove the constraint or add the resource"));
        return found;
    }

    /** A cloned resource's name without a number means the clone, but only once nodes know the resource by that name. */
    private static boolean isKnownBy(Resource resource, String name) {
        if (resource.id.equals(name)) {
            return true;
        }
        boolean[] known = new boolean[1];
        resource.visitPrimitives(primitive -> known[0] |= name.equals(primitive.historyName));
        return known[0];
    }

    /** Whether the name is that of a template or a tag. */
    boolean isMultiple(String name) {
        return resources.byId(name) == null
                && (configuration.templates().containsKey(name)
                        || configuration.tags().containsKey(name));
    }
}
