package org.ringfence.scheduler.placement;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.constraint.Constraints;
import org.ringfence.scheduler.history.FailCounts;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/** What is said of scores and of roles by those who set them. */
final class Causes {
    static final Cause STOP_ALL =
            Cause.of(Kind.TARGET_ROLE, Source.option("stop-all-resources"), "stop-all-resources is set");
    static final Cause REMOVED = Cause.of(Kind.REMOVED, "it is no longer configured");
    static final Cause NO_NODE = Cause.of(Kind.NO_NODE, "no node is available for it");
    static final Cause EXCLUSIVE_DISCOVERY = Cause.of(
            Kind.DISCOVERY,
            "a location constraint with resource-discovery exclusive names other nodes and not this one");
    static final Cause DEPENDENTS = Cause.of(Kind.WISH, "what has to be with it, or would like to, wants it here");

    private Causes() {}

    static Cause targetRole(Resource resource) {
        return Cause.of(
                Kind.TARGET_ROLE,
                Source.meta(resource.id, "target-role"),
                "target-role of " + resource.id + " is " + resource.settings.meta("target-role", "Stopped"));
    }

    static Cause stickiness(Primitive primitive) {
        return Cause.of(
                Kind.STICKINESS,
                Source.meta(configured(primitive), "resource-stickiness"),
                "it is here, and has resource-stickiness " + primitive.settings.stickiness());
    }

    static Cause unmanaged(Resource resource) {
        return resource.blocked
                ? Cause.of(
                        Kind.UNMANAGED,
                        Source.of("primitive", configured(resource)),
                        "it is here, and is blocked by a failure")
                : Cause.of(
                        Kind.UNMANAGED,
                        Source.meta(configured(resource), resource.maintenance ? "maintenance" : "is-managed"),
                        "it is here, and is " + (resource.maintenance ? "in maintenance" : "not managed"));
    }

    static Cause failures(Primitive primitive, ClusterNode node, FailCounts counts) {
        String threshold = primitive.settings.meta("migration-threshold", "INFINITY");
        return new Cause(
                Kind.FAILURES,
                new Source("fail-count", configured(primitive), node.name),
                node.name,
                primitive.id + " failed here " + org.ringfence.model.value.Score.text(counts.raw(primitive, node))
                        + " times, and its migration-threshold is " + threshold);
    }

    static Cause health(ClusterNode node) {
        String marks = node.attributes.entrySet().stream()
                .filter(attribute -> attribute.getKey().startsWith("#health"))
                .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
                .collect(Collectors.joining(", "));
        return new Cause(Kind.HEALTH, Source.option("node-health-strategy"), node.name, "the node's health: " + marks);
    }

    static Cause nature(Resource resource, ClusterNode node) {
        Optional<Primitive> container =
                resource instanceof Primitive primitive ? Optional.ofNullable(primitive.container) : Optional.empty();
        String where = node.inBundle
                ? "only what belongs to its bundle runs in " + node
                : container.isPresent()
                        ? "it runs in " + container.get()
                        : "fence devices, connections and the containers of guests do not run on remote and guest"
                                + " nodes";
        return new Cause(Kind.NATURE, Source.of("primitive", configured(resource)), node.name, where);
    }

    static Cause nearContainer(Primitive connection) {
        return Cause.of(
                Kind.NATURE, Source.of("primitive", connection.id), "the connection is best where its container is");
    }

    static Cause insideReplica(Primitive inside) {
        return Cause.of(Kind.NATURE, Source.of("primitive", configured(inside)), "it runs in its replica's container");
    }

    static Cause ticket(Constraints.TicketUse use) {
        return new Cause(
                Kind.TICKET,
                Source.of("rsc_ticket", use.id()),
                use.ticket(),
                "ticket " + use.ticket() + " is not granted, or on standby (constraint " + use.id() + ")");
    }

    static Cause shutdownLock(ClusterNode node) {
        return new Cause(
                Kind.SHUTDOWN_LOCK,
                Source.option("shutdown-lock"),
                node.name,
                "it is kept for " + node + ", which was shut down while it ran there");
    }

    static Cause utilization(ClusterNode node, Map<String, Integer> wanted, boolean together) {
        String lacking = wanted.entrySet().stream()
                .filter(amount -> amount.getValue() > node.capacity.getOrDefault(amount.getKey(), 0))
                .map(amount -> amount.getKey() + " " + amount.getValue() + " of "
                        + node.capacity.getOrDefault(amount.getKey(), 0) + " left")
                .collect(Collectors.joining(", "));
        return new Cause(
                Kind.UTILIZATION,
                new Source("node", node.name, "utilization"),
                node.name,
                (together ? "it, with all that has to be with it, needs " : "it needs ") + lacking);
    }

    static Cause share(Resource whole, ClusterNode node, int there, int perNode) {
        Source source = Source.meta(whole.id, whole instanceof Clone ? "clone-node-max" : "replicas-per-host");
        if (there >= perNode) {
            return new Cause(
                    Kind.INSTANCES,
                    source,
                    node.name,
                    node + " has " + perNode + " of " + whole.id + ", and may not have more");
        }
        if (!NodeChoice.usable(node)) {
            return new Cause(Kind.NODE, Source.node(node.name), node.name, node + " cannot be used");
        }
        return new Cause(Kind.INSTANCES, Source.of("resource", whole.id), whole.id, whole.id + " may not be here");
    }

    static Cause enoughInstances(Resource whole, int max) {
        return new Cause(
                Kind.INSTANCES,
                Source.meta(whole.id, whole instanceof Clone ? "clone-max" : "replicas"),
                whole.id,
                whole.id + " may have " + max + " instances, and has them");
    }

    static Cause promotionScore(Resource instance, ClusterNode node) {
        return promotionScore(instance, node, PromotionScores.of(instance, node));
    }

    static Cause promotionScore(Resource instance, ClusterNode node, int score) {
        return new Cause(
                Kind.PROMOTION,
                Source.of("primitive", configured(instance)),
                node.name,
                score == PromotionScores.NONE
                        ? "its agent has said nothing about promotion on " + node
                        : "its agent's promotion score on " + node + " is " + score);
    }

    /** What its place and role mean for who is to be with it, or apart from it. */
    static Cause colocation(Colocation colocation) {
        Resource primary = colocation.primary();
        ClusterNode place = ColocationScores.nodeOf(primary);
        String where = primary instanceof Clone || primary instanceof org.ringfence.scheduler.resource.Bundle
                ? ""
                : place == null ? ", which is nowhere" : ", which is on " + place;
        String role = colocation.primaryRole() == Role.UNKNOWN
                ? ""
                : " " + colocation.primaryRole().name().toLowerCase(java.util.Locale.ROOT);
        return about(
                colocation,
                primary,
                Kind.COLOCATION,
                (colocation.score() < 0 ? "apart from " : "with ") + primary + role + where);
    }

    static Cause colocations(Resource whole) {
        return new Cause(Kind.COLOCATION, Source.of("resource", whole.id), whole.id, "colocations of " + whole);
    }

    /** What a dependent's wishes mean for the one that it follows. */
    static Cause wish(Colocation colocation) {
        return about(
                colocation,
                colocation.dependent(),
                Kind.WISH,
                "where " + colocation.dependent() + ", which is "
                        + (colocation.score() < 0 ? "kept apart from it" : "to be with it") + ", would like to be");
    }

    static Cause wishes(Clone clone) {
        return new Cause(
                Kind.WISH,
                Source.of("resource", clone.id),
                clone.id,
                "how much " + clone + ", and what is to be with the promoted one, is wanted here");
    }

    private static Cause about(Colocation colocation, Resource other, Kind kind, String text) {
        if (colocation.explicit()) {
            return new Cause(
                    kind,
                    Source.of("rsc_colocation", colocation.id()),
                    other.id,
                    text + " (constraint " + colocation.id() + ")");
        }
        Resource whole = colocation.dependent().parent;
        return whole != null && whole == colocation.primary().parent
                ? new Cause(
                        Kind.GROUP, Source.of("resource", whole.id), other.id, text + " (both are in " + whole + ")")
                : new Cause(Kind.NATURE, Source.of("resource", other.id), other.id, text);
    }

    /** The id that the configuration has. */
    private static String configured(Resource resource) {
        return resource instanceof Primitive primitive ? primitive.configured.id() : resource.id;
    }
}
