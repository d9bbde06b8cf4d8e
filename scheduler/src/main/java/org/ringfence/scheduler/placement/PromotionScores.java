package org.ringfence.scheduler.placement;

import org.jspecify.annotations.Nullable;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;

/** The scores by which agents say how well an instance would do as the promoted one: node attribute {@code master-RESOURCE}. */
final class PromotionScores {
    /** What an instance has whose agent said nothing. */
    static final int NONE = -1;

    private PromotionScores() {}

    /** Where an agent would like to be promoted is where an instance is wanted. */
    static void addTo(Clone clone, Nodes nodes) {
        for (Resource instance : clone.instances) {
            for (ClusterNode node : nodes.all()) {
                if (instance.scores[node.index] <= -Score.INFINITY || !NodeChoice.usable(node)) {
                    // Nothing is promoted there: a wish to be would only shuffle instances.
                    continue;
                }
                int score = of(instance, node);
                if (score > 0) {
                    instance.visitPrimitives(primitive -> {
                        if (!(primitive.parent instanceof Group group) || group.first() == primitive) {
                            primitive.scores[node.index] = Score.add(primitive.scores[node.index], score);
                        }
                    });
                    if (instance instanceof Group) {
                        instance.scores[node.index] = Score.add(instance.scores[node.index], score);
                    }
                    instance.book(() -> Causes.promotionScore(instance, node));
                    if (score > instance.priority) {
                        instance.priority = score;
                    }
                }
            }
        }
    }

    /** 0 where nothing is said; a group's is the sum of its members'. */
    static int of(Resource instance, ClusterNode node) {
        if (instance instanceof Group group) {
            int sum = 0;
            for (Primitive member : group.members) {
                sum = Score.add(sum, of(member, node));
            }
            return sum;
        }
        return instance instanceof Primitive primitive ? of(primitive, node) : 0;
    }

    private static int of(Primitive primitive, ClusterNode node) {
        String value = knownOn(primitive, node) ? attribute(primitive, node) : null;
        return value == null ? 0 : Score.parse(value, 0);
    }

    /** Whether the node says something of this instance, were it 0. */
    static boolean isSaid(Primitive primitive, ClusterNode node) {
        return knownOn(primitive, node) && attribute(primitive, node) != null;
    }

    /**
     * Whether what a node says concerns the instance: it is active there; or it is interchangeable, none is active there and
     * the node was asked about one. What was never asked about anywhere is concerned by all nodes.
     */
    private static boolean knownOn(Primitive primitive, ClusterNode node) {
        Clone clone = primitive.cloneOf();
        if (clone == null) {
            return false;
        }
        if (primitive.active.contains(node)) {
            return true;
        }
        if (!clone.unique && isAskedAndEmpty(clone, primitive, node)) {
            return true;
        }
        return (primitive.active.isEmpty() && !isProbed(primitive)) || primitive.probed[node.index];
    }

    private static boolean isAskedAndEmpty(Clone clone, Primitive like, ClusterNode node) {
        boolean[] asked = new boolean[1];
        boolean[] active = new boolean[1];
        clone.visitPrimitives(each -> {
            if (each.configured.id().equals(like.configured.id())) {
                asked[0] |= each.probed[node.index];
                active[0] |= each.active.contains(node);
            }
        });
        return asked[0] && !active[0];
    }

    private static boolean isProbed(Primitive primitive) {
        for (boolean probed : primitive.probed) {
            if (probed) {
                return true;
            }
        }
        return false;
    }

    /** Whose attributes count: the host's, for what runs in a container that asks for it. */
    private static ClusterNode host(Primitive primitive, ClusterNode node) {
        ClusterNode host = hostOf(primitive);
        return host != null
                        && primitive
                                .settings
                                .meta("container-attribute-target", "")
                                .equals("host")
                ? host
                : node;
    }

    /** The node that the container runs on in which the instance is; null outside of bundles. */
    static @Nullable ClusterNode hostOf(Primitive primitive) {
        return primitive.replica == null || primitive.replica.container == null
                ? null
                : primitive.replica.container.assigned;
    }

    private static @Nullable String attribute(Primitive primitive, ClusterNode node) {
        Clone clone = primitive.cloneOf();
        String name = clone != null && clone.unique ? primitive.id : primitive.configured.id();
        ClusterNode asked = host(primitive, node);
        String value = asked.attribute("master-" + name);
        if (value == null && primitive.historyName != null) {
            value = asked.attribute("master-" + primitive.historyName);
        }
        return value;
    }
}
