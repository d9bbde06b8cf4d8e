package org.ringfence.controller.foresee;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.ConfiguredNode;
import org.ringfence.model.cib.Operation;
import org.ringfence.model.cib.Resource;
import org.ringfence.scheduler.Observer;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Resources;

/** What a cluster is made of, as far as it may fail; which nodes are there it sees while the cluster is scheduled. */
final class Inventory implements Observer {
    private final List<String> members = new ArrayList<>();
    private final List<String> services = new ArrayList<>();
    private final Map<String, Long> monitors = new TreeMap<>();
    private final Map<String, Boolean> online = new TreeMap<>();

    Inventory(Cib cib) {
        for (ConfiguredNode node : cib.configuration().nodes().values()) {
            if (NodeId.isName(node.name())
                    && !node.type().equals("remote")
                    && !node.type().equals("ping")) {
                members.add(node.name());
            }
        }
        cib.configuration().resources().values().forEach(this::collect);
    }

    @Override
    public void known(Nodes nodes, Resources resources) {
        for (ClusterNode node : nodes.all()) {
            online.put(node.name, node.online);
        }
    }

    private void collect(Resource resource) {
        switch (resource) {
            case Resource.Primitive primitive -> {
                if (!primitive.agent().standard().equals("stonith")) {
                    services.add(primitive.id());
                    primitive.operations().stream()
                            .filter(operation -> operation.name().equals("monitor"))
                            .mapToLong(Operation::intervalMillis)
                            .filter(millis -> millis > 0)
                            .min()
                            .ifPresent(millis -> monitors.put(primitive.id(), millis));
                }
            }
            case Resource.Group group -> group.members().forEach(this::collect);
            case Resource.Clone clone -> collect(clone.child());
            case Resource.Bundle bundle -> bundle.child().ifPresent(this::collect);
        }
    }

    /** Nodes that vote, in the configuration's order. */
    List<String> members() {
        return List.copyOf(members);
    }

    boolean isOnline(String node) {
        return online.getOrDefault(node, false);
    }

    /** Primitives but fence devices, in the configuration's order. */
    List<String> services() {
        return List.copyOf(services);
    }

    /** How often it is looked at; empty when it is not. */
    Optional<Long> monitorMillis(String primitive) {
        return Optional.ofNullable(monitors.get(primitive));
    }
}
