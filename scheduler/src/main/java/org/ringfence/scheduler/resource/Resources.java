package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All resources of a run: the tree, and an index by id. */
public final class Resources {
    private final List<Resource> top = new ArrayList<>();
    private final Map<String, Resource> byId = new HashMap<>();
    /** Empty until somebody asks, and again once there are more. */
    private List<Primitive> primitives = List.of();

    public void addTop(Resource resource) {
        top.add(resource);
        index(resource);
    }

    /** Makes an instance that was found in the history known. */
    public void index(Resource resource) {
        primitives = List.of();
        byId.putIfAbsent(resource.id, resource);
        resource.children().forEach(this::index);
        if (resource instanceof Clone clone) {
            byId.putIfAbsent(clone.childId, clone);
            if (!clone.instances.isEmpty() && clone.instances.getFirst() instanceof Group group) {
                // A member's name without a number means the clone, whose instances hold it.
                for (Primitive member : group.members) {
                    byId.putIfAbsent(member.configured.id(), clone);
                }
            }
        }
    }

    public List<Resource> top() {
        return Collections.unmodifiableList(top);
    }

    public @Nullable Resource byId(String id) {
        return byId.get(id);
    }

    public List<Primitive> primitives() {
        if (primitives.isEmpty()) {
            var found = new ArrayList<Primitive>();
            top.forEach(resource -> resource.visitPrimitives(found::add));
            primitives = Collections.unmodifiableList(found);
        }
        return primitives;
    }
}
