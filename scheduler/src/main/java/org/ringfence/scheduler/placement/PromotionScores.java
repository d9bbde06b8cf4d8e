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
                if (instance.scores[node.index] <= -Score.INFINITY) {
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
        if (!knownOn(primitive, node)) {
            return 0;
        }
        String value = attribute(primitive, node);
        return value == null ? 0 : Score.parse(value, 0);
    }

    /** An instance that a node never heard of has nothing to say there, unless none of its clone was probed yet. */
    private static boolean knownOn(Primitive primitive, ClusterNode node) {
        Clone clone = primitive.cloneOf();
        if (clone == null) {
            return false;
        }
        if (primitive.active.isEmpty() && !isProbed(primitive)) {
            // Before anything was asked, scores that are set for good count.
            return true;
        }
        if (clone.unique) {
            return primitive.probed[node.index] || primitive.active.contains(node);
        }
        for (Resource instance : clone.instances) {
            boolean[] known = new boolean[1];
            instance.visitPrimitives(each -> known[0] |= each.probed[node.index]);
            if (known[0]) {
                return true;
            }
        }
        return false;
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

    static @Nullable String attribute(Primitive primitive, ClusterNode node) {
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
