package org.ringfence.scheduler.foresee;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.scheduler.Observer;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;

/** Where everything is active by the status. Instances count for the primitive that they are instances of. */
final class Places implements Observer {
    private final SortedMap<String, SortedSet<String>> active = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> within = new TreeMap<>();

    @Override
    public void known(Nodes nodes, Resources resources) {
        active.clear();
        within.clear();
        resources.top().forEach(top -> note(top, new ArrayList<>()));
    }

    private void note(Resource resource, List<String> above) {
        List<String> names = new ArrayList<>(above);
        names.add(resource.id);
        switch (resource) {
            case Primitive primitive -> note(primitive, primitive.configured.id(), names);
            case Bundle bundle -> {
                if (bundle.child != null) {
                    note(bundle.child, names);
                }
                // What is made for its replicas has no name of its own in the configuration.
                bundle.located().forEach(part -> note(part, bundle.id, names));
            }
            case Clone clone -> {
                names.add(clone.childId);
                clone.instances.forEach(instance -> note(instance, names));
            }
            case Group group -> group.members.forEach(member -> note(member, names));
        }
    }

    private void note(Primitive primitive, String key, List<String> names) {
        if (primitive.removed) {
            return;
        }
        SortedSet<String> places = active.computeIfAbsent(key, _ -> new TreeSet<>());
        if (primitive.role.isActive()) {
            primitive.active.forEach(node -> places.add(node.name));
        }
        within.computeIfAbsent(primitive.configured.id(), _ -> new TreeSet<>()).add(key);
        within.computeIfAbsent(primitive.id, _ -> new TreeSet<>()).add(key);
        names.forEach(name -> within.computeIfAbsent(name, _ -> new TreeSet<>()).add(key));
    }

    /** By primitive, the nodes where an instance of it is active; none for one that is nowhere. */
    SortedMap<String, SortedSet<String>> active() {
        return Collections.unmodifiableSortedMap(active);
    }

    /** The primitives in it, or itself; empty when there is no such resource. */
    SortedSet<String> within(String resource) {
        return Collections.unmodifiableSortedSet(within.getOrDefault(resource, new TreeSet<>()));
    }
}
