package org.ringfence.cli.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.api.status.FailCount;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.api.status.ResourcePlace;
import org.ringfence.api.status.ResourceStatus;
import org.ringfence.api.status.Role;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.Truth;
import org.ringfence.scheduler.Observer;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;

/** Makes a {@link Picture} while a transition is computed. Instances of a clone that are alike are one line. */
final class PictureReader implements Observer {
    private final Cib cib;
    private List<ClusterNode> nodes = List.of();
    private List<NodeStatus> nodeStatus = List.of();
    private Optional<NodeId> dc = Optional.empty();
    /** What each primitive is and where, before anything is decided. */
    private final SequencedMap<Primitive, List<ResourcePlace>> places = new LinkedHashMap<>();

    private List<ResourceStatus> resources = List.of();

    PictureReader(Cib cib) {
        this.cib = cib;
    }

    Picture picture() {
        boolean quorate = Truth.parse(cib.document().attribute("have-quorum", "false"), false);
        return new Picture(quorate, dc, nodeStatus, resources);
    }

    @Override
    public void known(Nodes foundNodes, Resources foundResources) {
        nodes = foundNodes.all();
        String dcId = cib.document().attribute("dc-uuid", "");
        dc = nodes.stream()
                .filter(node -> node.id.equals(dcId) && node.online && NodeId.isName(node.name))
                .map(node -> new NodeId(node.name))
                .findFirst();
        nodeStatus = nodes.stream()
                .filter(node -> NodeId.isName(node.name))
                .map(PictureReader::status)
                .toList();
        foundResources.primitives().forEach(primitive -> places.put(primitive, placesOf(primitive)));
    }

    /** Why something is nowhere is known once all have their places. */
    @Override
    public void placed(Nodes foundNodes, Resources foundResources) {
        resources = foundResources.top().stream()
                .filter(resource ->
                        !resource.removed || !placesOf(List.of(resource)).isEmpty())
                .map(this::status)
                .toList();
        // What all of it was read from is large, and not needed any more.
        places.clear();
    }

    private static NodeStatus status(ClusterNode node) {
        NodeStatus.State state = NodeStatus.State.OFFLINE;
        if (node.unclean) {
            state = NodeStatus.State.UNCLEAN;
        } else if (node.pending) {
            state = NodeStatus.State.JOINING;
        } else if (node.online) {
            state = NodeStatus.State.ONLINE;
        }
        List<String> notes = new ArrayList<>();
        switch (node.kind) {
            case MEMBER -> {}
            case REMOTE -> notes.add("remote node");
            case GUEST -> notes.add("guest node");
        }
        if (node.shutdown && node.online) {
            notes.add("is leaving");
        }
        if (node.unclean && !node.fencingReasons.isEmpty()) {
            notes.add(node.fencingReasons.getFirst());
        }
        return new NodeStatus(
                new NodeId(node.name),
                state,
                node.standby,
                node.maintenance,
                Optional.empty(),
                String.join(", ", notes));
    }

    private static List<ResourcePlace> placesOf(Primitive primitive) {
        return primitive.active.stream()
                .filter(node -> NodeId.isName(node.name))
                .map(node -> new ResourcePlace(
                        new NodeId(node.name),
                        primitive.id,
                        role(primitive),
                        primitive.state.failed,
                        primitive.state.startPending ? "start" : ""))
                .toList();
    }

    private static Role role(Primitive primitive) {
        return switch (primitive.role) {
            case PROMOTED -> Role.PROMOTED;
            case UNPROMOTED -> Role.UNPROMOTED;
            case STARTED -> primitive.promotable() ? Role.UNPROMOTED : Role.STARTED;
            case STOPPED, UNKNOWN -> Role.STOPPED;
        };
    }

    private List<ResourcePlace> placesOf(List<? extends Resource> instances) {
        List<ResourcePlace> found = new ArrayList<>();
        for (Resource instance : instances) {
            instance.visitPrimitives(primitive -> found.addAll(places.getOrDefault(primitive, List.of())));
        }
        return found;
    }

    private ResourceStatus status(Resource resource) {
        return switch (resource) {
            case Primitive primitive -> primitive(List.of(primitive), primitive.id);
            case Group group ->
                collective(
                        group,
                        ResourceStatus.Kind.GROUP,
                        group.members.stream().map(this::status).toList());
            case Clone clone ->
                collective(
                        clone,
                        clone.promotable ? ResourceStatus.Kind.PROMOTABLE : ResourceStatus.Kind.CLONE,
                        instances(clone));
            case Bundle bundle ->
                collective(
                        bundle,
                        ResourceStatus.Kind.BUNDLE,
                        bundle.replicas.stream()
                                .flatMap(replica -> {
                                    List<Primitive> parts = new ArrayList<>(replica.parts());
                                    if (replica.child != null) {
                                        parts.add(replica.child);
                                    }
                                    return parts.stream();
                                })
                                .map(this::status)
                                .toList());
        };
    }

    private List<ResourceStatus> instances(Clone clone) {
        if (clone.unique) {
            return clone.instances.stream().map(this::status).toList();
        }
        SequencedMap<String, List<Primitive>> alike = new LinkedHashMap<>();
        clone.visitPrimitives(primitive -> alike.computeIfAbsent(primitive.configured.id(), _ -> new ArrayList<>())
                .add(primitive));
        List<ResourceStatus> lines = new ArrayList<>();
        alike.forEach((name, instances) -> lines.add(primitive(instances, name)));
        return lines;
    }

    private static ResourceStatus collective(
            Resource resource, ResourceStatus.Kind kind, List<ResourceStatus> members) {
        return new ResourceStatus(
                resource.id,
                kind,
                Optional.empty(),
                wanted(resource),
                resource.managed,
                List.of(),
                List.of(),
                List.of(),
                members);
    }

    private ResourceStatus primitive(List<Primitive> instances, String name) {
        Primitive first = instances.getFirst();
        List<ResourcePlace> where = new ArrayList<>(placesOf(instances));
        where.sort((one, other) -> one.node().compareTo(other.node()));
        Role wanted = wanted(first);
        return new ResourceStatus(
                name,
                ResourceStatus.Kind.PRIMITIVE,
                Optional.of(first.agent()),
                wanted,
                instances.stream().allMatch(instance -> instance.managed),
                where,
                failCounts(first, name),
                where.isEmpty() && wanted != Role.STOPPED ? whyNot(instances, name) : List.of(),
                List.of());
    }

    private static Role wanted(Resource resource) {
        if (resource.removed) {
            return Role.STOPPED;
        }
        return switch (resource.settings.targetRole()) {
            case STOPPED -> Role.STOPPED;
            case UNPROMOTED -> Role.UNPROMOTED;
            case PROMOTED -> Role.PROMOTED;
            case STARTED, UNKNOWN -> Role.STARTED;
        };
    }

    /** Why none of them is going to run; nothing when one is. */
    private static List<Problem> whyNot(List<Primitive> instances, String name) {
        boolean starts = instances.stream().anyMatch(instance -> instance.nextRole.isActive());
        String reason = instances.getFirst().nextRoleReason.text();
        return starts || reason.isEmpty()
                ? List.of()
                : List.of(Problem.warning(Place.NONE, name, "is not going to run: " + reason, ""));
    }

    private List<FailCount> failCounts(Primitive primitive, String name) {
        int most = primitive.settings.migrationThreshold();
        Optional<Integer> threshold = most > 0 && most < Score.INFINITY ? Optional.of(most) : Optional.empty();
        List<FailCount> counts = new ArrayList<>();
        for (ClusterNode node : nodes) {
            int sum = 0;
            String last = "";
            for (Map.Entry<String, String> attribute : node.attributes.entrySet()) {
                String counted = attribute.getKey();
                if (counted.equals("fail-count-" + name) || counted.startsWith("fail-count-" + name + "#")) {
                    sum = Score.add(sum, Score.parse(attribute.getValue(), 0));
                    int hash = counted.indexOf('#');
                    last = hash < 0 ? "" : counted.substring(hash + 1) + " failed";
                }
            }
            if (sum > 0) {
                counts.add(new FailCount(new NodeId(node.name), sum, threshold, Optional.empty(), last));
            }
        }
        return counts;
    }
}
