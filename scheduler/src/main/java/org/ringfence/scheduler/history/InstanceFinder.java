package org.ringfence.scheduler.history;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Replica;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.ResourceBuilder;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Settings.Requires;

/** Finds the instance that an entry of a node's history is about, and makes one for what is no longer configured. */
final class InstanceFinder {
    private final Nodes nodes;
    private final Resources resources;
    private final ResourceBuilder builder;
    private final Histories histories;
    private final Map<Clone, Found> anonymous = new HashMap<>();

    private final Map<String, Clone> cloneByMember = new HashMap<>();
    /** Primitives whose names cannot mean anything else. */
    private final Map<String, Primitive> plain = new HashMap<>();

    private final Map<String, Primitive> removedByName = new HashMap<>();
    private final Map<Primitive, String> removedContents = new LinkedHashMap<>();

    /** What was found of an interchangeable clone so far. */
    private static final class Found {
        /** Its instance by the node's place. */
        final @Nullable Resource[] byNode;
        /** All before are active somewhere, and stay so. */
        int firstInactive;

        Found(int nodes) {
            byNode = new @Nullable Resource[nodes];
        }
    }

    InstanceFinder(Nodes nodes, Resources resources, ResourceBuilder builder, Histories histories) {
        this.nodes = nodes;
        this.resources = resources;
        this.builder = builder;
        this.histories = histories;
        for (Resource top : resources.top()) {
            Clone clone = top instanceof Clone found ? found : top instanceof Bundle bundle ? bundle.child : null;
            if (clone != null) {
                clone.visitPrimitives(primitive -> cloneByMember.putIfAbsent(primitive.configured.id(), clone));
            }
        }
        for (Primitive primitive : resources.primitives()) {
            if (resources.byId(primitive.id) == primitive
                    && !cloneByMember.containsKey(ResourceHistories.withoutNumber(primitive.id))) {
                plain.put(primitive.id, primitive);
            }
        }
    }

    Primitive find(ResourceHistory history, ClusterNode node) {
        String name = history.resource();
        Primitive known = plain.get(name);
        if (known != null) {
            return known;
        }
        String base = ResourceHistories.withoutNumber(name);
        Clone clone = cloneByMember.get(base);
        if (clone != null) {
            if (clone.unique) {
                if (resources.byId(name) instanceof Primitive exact) {
                    return exact;
                }
            } else {
                return anonymous(clone, base, node);
            }
        }
        if (resources.byId(name) instanceof Primitive exact) {
            return exact;
        }
        if (clone != null && !base.equals(name)) {
            Primitive found = member(addRemoved(clone), base);
            return found.id.equals(name) ? found : removed(history);
        }
        return removed(history);
    }

    /** The primitive whose name cannot mean anything else. */
    @Nullable
    Primitive plain(String name) {
        return plain.get(name);
    }

    /** Joins removed resources to the containers they ran in, for when all that are known from members are there. */
    void linkContents() {
        removedContents.forEach((content, container) -> {
            if (resources.byId(container) instanceof Primitive found) {
                content.container = found;
                if (content.remoteNode != null) {
                    content.remoteNode.container = found.id;
                }
            }
        });
        removedContents.clear();
    }

    private Primitive removed(ResourceHistory history) {
        return removedByName.computeIfAbsent(history.resource(), name -> {
            Primitive made = builder.removed(name, history.agent());
            String container = history.other().getOrDefault("container", "");
            if (!container.isEmpty()) {
                removedContents.put(made, container);
            }
            histories.addRemoved(made);
            resources.addTop(made);
            return made;
        });
    }

    private Resource addRemoved(Clone clone) {
        Resource extra = builder.addRemovedInstance(clone);
        resources.index(extra);
        return extra;
    }

    /**
     * An interchangeable instance on this node: the one that history already placed there; else one that is nowhere;
     * else a new one beyond the configured number, as also for a second one that is active on the same node.
     */
    private Primitive anonymous(Clone clone, String base, ClusterNode node) {
        Found found = anonymous.computeIfAbsent(clone, none -> new Found(nodes.count()));
        Resource known = found.byNode[node.index];
        if (known != null) {
            Primitive member = member(known, base);
            if (member.active.contains(node)) {
                return surplus(clone, base, node);
            }
            if (member.active.isEmpty()) {
                return member;
            }
        }
        if (clone.parent instanceof Bundle) {
            for (Resource instance : clone.instances) {
                Primitive member = member(instance, base);
                Replica replica = member.replica;
                if (replica != null && replica.node == node) {
                    return member;
                }
            }
        }
        // Only by a migration can one be active where the clone is not thought to be.
        Resource free = clone.active.contains(node) || clone.settings.allowMigrate() ? active(clone, node) : null;
        if (free == null) {
            free = inactive(clone, found);
        }
        if (free == null || isReplacedElsewhere(clone, member(free, base), node)) {
            free = addRemoved(clone);
        }
        found.byNode[node.index] = free;
        return member(free, base);
    }

    /** A second one on the same node: of a group, the rest of one that is there already. */
    private Primitive surplus(Clone clone, String base, ClusterNode node) {
        for (Resource instance : clone.instances) {
            Primitive member = member(instance, base);
            if (instance.removed && instance.active.contains(node) && member.active.isEmpty()) {
                return member;
            }
        }
        return member(addRemoved(clone), base);
    }

    /**
     * Whether an instance need not wait for the fencing of the node that it may be active on: it does not ask for that, and
     * there are more nodes than instances. What is on that node is then one too many.
     */
    private boolean isReplacedElsewhere(Clone clone, Primitive instance, ClusterNode node) {
        return instance.settings.requires().compareTo(Requires.FENCING) < 0
                && (!node.online || node.unclean)
                && node.kind != ClusterNode.Kind.GUEST
                && clone.max < nodes.count();
    }

    private static @Nullable Resource active(Clone clone, ClusterNode node) {
        for (Resource instance : clone.instances) {
            if (isActive(instance, node)) {
                return instance;
            }
        }
        return null;
    }

    /** An instance that is active nowhere; one that was only looked for elsewhere will do. */
    private static @Nullable Resource inactive(Clone clone, Found found) {
        while (found.firstInactive < clone.instances.size()) {
            Resource instance = clone.instances.get(found.firstInactive);
            if (!isActive(instance, null)) {
                return instance;
            }
            found.firstInactive++;
        }
        return null;
    }

    /** Whether any of it is active on the node, or anywhere. */
    private static boolean isActive(Resource resource, @Nullable ClusterNode node) {
        if (resource instanceof Primitive primitive) {
            return node == null ? !primitive.active.isEmpty() : primitive.active.contains(node);
        }
        for (Resource child : resource.children()) {
            if (isActive(child, node)) {
                return true;
            }
        }
        return false;
    }

    private static Primitive member(Resource instance, String base) {
        if (instance instanceof Group group) {
            for (Primitive member : group.members) {
                if (member.configured.id().equals(base)) {
                    return member;
                }
            }
        }
        if (instance instanceof Primitive primitive) {
            return primitive;
        }
        throw new IllegalStateException(instance + " has no member " + base);
    }
}
