package org.ringfence.scheduler.action;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/**
 * What agents of a clone with {@code notify} are told of the whole of it: which instances are in which role where, which ones
 * change, and which nodes there are. Each list comes as names of instances and as names of their nodes, in the same order;
 * one that is empty is a blank.
 */
final class ClonePicture {
    private static final String PREFIX = "CRM_meta_notify_";

    private final Nodes nodes;
    private final Resources resources;
    private final Actions actions;

    ClonePicture(Nodes nodes, Resources resources, Actions actions) {
        this.nodes = nodes;
        this.resources = resources;
        this.actions = actions;
    }

    Map<String, String> of(Clone clone, List<Primitive> instances) {
        var picture = new LinkedHashMap<String, String>();
        roles(picture, clone, instances);
        for (String task : Notifications.TASKS) {
            put(picture, task, changing(instances, task));
        }
        List<ClusterNode> all = nodes.all().stream()
                .sorted(Comparator.comparing((ClusterNode node) -> node.name))
                .toList();
        picture.put(PREFIX + "all_uname", joined(all, node -> node.name));
        picture.put(
                PREFIX + "available_uname",
                joined(all.stream().filter(node -> mayHold(clone, node)).toList(), node -> node.name));
        if (clone.settings.meta("container-attribute-target", "").equals("host")) {
            picture.put(PREFIX + "all_hosts", joined(all, this::host));
        }
        return picture;
    }

    private static void roles(Map<String, String> picture, Clone clone, List<Primitive> instances) {
        SortedMap<String, String> active = new TreeMap<>();
        SortedMap<String, String> promoted = new TreeMap<>();
        SortedMap<String, String> unpromoted = new TreeMap<>();
        SortedMap<String, String> inactive = new TreeMap<>();
        for (Primitive instance : instances) {
            if (!instance.role.isActive() || instance.active.isEmpty()) {
                inactive.put(instance.id, "");
                continue;
            }
            String node = instance.active.getFirst().name;
            active.put(instance.id, node);
            if (clone.promotable) {
                (instance.role == Role.PROMOTED ? promoted : unpromoted).put(instance.id, node);
            }
        }
        put(picture, "active", active);
        put(picture, "promoted", promoted);
        put(picture, "master", promoted);
        put(picture, "unpromoted", unpromoted);
        put(picture, "slave", unpromoted);
        picture.put(PREFIX + "inactive_resource", joined(new ArrayList<>(inactive.keySet()), name -> name));
    }

    private SortedMap<String, String> changing(List<Primitive> instances, String task) {
        SortedMap<String, String> changing = new TreeMap<>();
        for (Primitive instance : instances) {
            for (Action action : actions.of(instance, task)) {
                if (action.isRequired() && action.node != null && (action.runnable || isLost(action))) {
                    changing.put(instance.id, action.node.name);
                }
            }
        }
        return changing;
    }

    /** What a lost node runs is counted as stopping, also while nothing can be done about it. */
    private static boolean isLost(Action stop) {
        return stop.is("stop") && stop.node != null && stop.node.unclean;
    }

    private boolean mayHold(Clone clone, ClusterNode node) {
        if (node.inBundle) {
            return clone.instances.stream()
                    .anyMatch(instance -> instance instanceof Primitive inside
                            && inside.replica != null
                            && inside.replica.node == node);
        }
        if (clone.exclusiveDiscovery) {
            // Where nobody can look now is not ruled out.
            return clone.discovery[node.index] == Resource.Discovery.EXCLUSIVE || !node.online;
        }
        return clone.isListed(node);
    }

    private String host(ClusterNode node) {
        @Nullable
        ClusterNode host = resources.byId(node.container) instanceof Primitive container
                ? container.active.isEmpty() ? container.assigned : container.active.getFirst()
                : node;
        return host == null ? "" : host.name;
    }

    private static void put(Map<String, String> picture, String list, SortedMap<String, String> places) {
        picture.put(PREFIX + list + "_resource", joined(new ArrayList<>(places.keySet()), name -> name));
        picture.put(PREFIX + list + "_uname", joined(new ArrayList<>(places.values()), name -> name));
    }

    private static <T> String joined(List<T> things, Function<T, String> name) {
        return things.isEmpty() ? " " : things.stream().map(name).collect(Collectors.joining(" "));
    }
}
