package org.ringfence.cli.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.NodeId;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.Observer;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/** Makes a {@link Placement} while a transition is computed. */
final class PlacementReader implements Observer {
    private final Map<ClusterNode, SequencedMap<String, Integer>> offered = new LinkedHashMap<>();
    private Placement placement = new Placement(List.of(), List.of(), List.of(), List.of());

    Placement placement() {
        return placement;
    }

    /** Placing takes from the capacities, so they are looked at before. */
    @Override
    public void known(Nodes nodes, Resources resources) {
        for (ClusterNode node : nodes.all()) {
            offered.put(node, new LinkedHashMap<>(node.capacity));
        }
    }

    @Override
    public void placed(Nodes nodes, Resources resources) {
        List<ClusterNode> named =
                nodes.all().stream().filter(node -> NodeId.isName(node.name)).toList();
        List<Primitive> primitives = resources.primitives();
        List<Placement.PromotionScore> promotion = new ArrayList<>();
        resources.top().forEach(resource -> promotion(resource, promotion));
        placement = new Placement(
                primitives.stream().map(primitive -> scores(primitive, named)).toList(),
                promotion,
                named.stream()
                        .filter(node -> !offered(node).isEmpty())
                        .map(node -> capacity(node, primitives))
                        .toList(),
                primitives.stream()
                        .filter(primitive -> !primitive.utilization.isEmpty())
                        .map(primitive -> new Placement.Use(
                                primitive.id, id(primitive.assigned), new LinkedHashMap<>(primitive.utilization)))
                        .toList());
    }

    private static Placement.ResourceScores scores(Primitive primitive, List<ClusterNode> nodes) {
        return new Placement.ResourceScores(
                primitive.id,
                id(primitive.assigned),
                nodes.stream()
                        .map(node -> new Placement.NodeScore(
                                new NodeId(node.name), Score.text(primitive.scores[node.index])))
                        .toList());
    }

    private static Optional<NodeId> id(@Nullable ClusterNode node) {
        return Optional.ofNullable(node)
                .filter(found -> NodeId.isName(found.name))
                .map(found -> new NodeId(found.name));
    }

    private static void promotion(Resource resource, List<Placement.PromotionScore> found) {
        Integer score = resource.state.promotionScore;
        if (score != null) {
            List<Primitive> parts = new ArrayList<>();
            resource.visitPrimitives(parts::add);
            boolean promoted = parts.stream().anyMatch(part -> part.nextRole == Role.PROMOTED);
            parts.stream()
                    .flatMap(part -> id(part.assigned).stream())
                    .findFirst()
                    .ifPresent(node ->
                            found.add(new Placement.PromotionScore(resource.id, node, Score.text(score), promoted)));
        }
        resource.children().forEach(child -> promotion(child, found));
    }

    private SequencedMap<String, Integer> offered(ClusterNode node) {
        return offered.getOrDefault(node, new LinkedHashMap<>());
    }

    private Placement.Capacity capacity(ClusterNode node, List<Primitive> primitives) {
        SequencedMap<String, Integer> left = new LinkedHashMap<>(offered(node));
        for (Primitive primitive : primitives) {
            if (primitive.assigned == node) {
                primitive.utilization.forEach(
                        (name, amount) -> left.computeIfPresent(name, (_, before) -> before - amount));
            }
        }
        return new Placement.Capacity(new NodeId(node.name), offered(node), left);
    }
}
