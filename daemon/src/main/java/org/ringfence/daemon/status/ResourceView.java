package org.ringfence.daemon.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ringfence.api.status.ResourcePlace;
import org.ringfence.api.status.ResourceStatus;
import org.ringfence.api.status.Role;
import org.ringfence.controller.ClusterStatus;
import org.ringfence.controller.membership.View;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.value.Truth;

/** The resources of a status reply: where each is, and why not when it is nowhere. */
final class ResourceView {
    private final Cib cib;
    private final ClusterStatus known;
    private final FailCountView failCounts;

    ResourceView(Cib cib, ClusterStatus known) {
        this.cib = cib;
        this.known = known;
        this.failCounts = new FailCountView(cib, known.facts());
    }

    List<ResourceStatus> resources() {
        return cib.configuration().resources().values().stream()
                .map(resource -> status(resource, Role.STARTED, true))
                .toList();
    }

    private ResourceStatus status(Resource resource, Role wantedAbove, boolean managedAbove) {
        Role wanted = wanted(resource, wantedAbove);
        boolean managed = managedAbove
                && meta(resource, "is-managed").flatMap(Truth::parse).orElse(true)
                && !meta(resource, "maintenance").flatMap(Truth::parse).orElse(false);
        return switch (resource) {
            case Resource.Primitive primitive -> {
                List<ResourcePlace> places = places(primitive.id());
                yield new ResourceStatus(
                        primitive.id(),
                        ResourceStatus.Kind.PRIMITIVE,
                        Optional.of(primitive.agent()),
                        wanted,
                        managed,
                        places,
                        failCounts.of(primitive.id()),
                        places.isEmpty() && wanted != Role.STOPPED ? whyNot(primitive.id()) : List.of(),
                        List.of());
            }
            case Resource.Group group ->
                compound(
                        group.id(),
                        ResourceStatus.Kind.GROUP,
                        wanted,
                        managed,
                        group.members().stream()
                                .map(member -> status(member, wanted, managed))
                                .toList());
            case Resource.Clone clone ->
                compound(
                        clone.id(),
                        clone.master()
                                        || meta(clone, "promotable")
                                                .flatMap(Truth::parse)
                                                .orElse(false)
                                ? ResourceStatus.Kind.PROMOTABLE
                                : ResourceStatus.Kind.CLONE,
                        wanted,
                        managed,
                        List.of(status(clone.child(), wanted, managed)));
            case Resource.Bundle bundle ->
                compound(
                        bundle.id(),
                        ResourceStatus.Kind.BUNDLE,
                        wanted,
                        managed,
                        bundle.child().stream()
                                .map(child -> status(child, wanted, managed))
                                .toList());
        };
    }

    private static ResourceStatus compound(
            String id, ResourceStatus.Kind kind, Role wanted, boolean managed, List<ResourceStatus> members) {
        return new ResourceStatus(
                id, kind, Optional.empty(), wanted, managed, List.of(), List.of(), List.of(), members);
    }

    private static Role wanted(Resource resource, Role above) {
        if (above == Role.STOPPED) {
            return Role.STOPPED;
        }
        return meta(resource, "target-role")
                .map(role -> switch (role.toLowerCase(Locale.ROOT)) {
                    case "stopped" -> Role.STOPPED;
                    case "promoted", "master" -> Role.PROMOTED;
                    case "unpromoted", "slave" -> Role.UNPROMOTED;
                    default -> Role.STARTED;
                })
                .orElse(above);
    }

    private static Optional<String> meta(Resource resource, String name) {
        return AttributeSet.byImportance(resource.meta()).stream()
                .map(AttributeSet::values)
                .map(values -> Optional.ofNullable(values.get(name)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private List<ResourcePlace> places(String id) {
        List<ResourcePlace> places = new ArrayList<>();
        for (NodeState node : cib.status().nodes().values()) {
            for (ResourceHistory history : node.history().values()) {
                if (history.resource().equals(id) || history.resource().startsWith(id + ":")) {
                    Activity activity = Activity.of(history);
                    boolean shown = activity.role() != Role.STOPPED
                            || (!activity.pending().isEmpty()
                                    && !activity.pending().equals("monitor"));
                    if (shown) {
                        places.add(new ResourcePlace(
                                new NodeId(node.uname()),
                                history.resource(),
                                activity.role(),
                                activity.failure().isPresent(),
                                activity.pending()));
                    }
                }
            }
        }
        places.sort((one, other) -> one.node().compareTo(other.node()));
        return places;
    }

    /** The reasons that hold now, those first that have to be lifted first. */
    private List<Problem> whyNot(String id) {
        List<Problem> reasons = new ArrayList<>();
        String element = "resource " + id;
        boolean held = known.heldBack().stream().anyMatch(name -> name.equals(id) || name.startsWith(id + ":"));
        if (held) {
            reasons.add(Problem.error(
                    Place.NONE,
                    element,
                    "does not start: " + known.interlock().reason().orElse("the interlock is closed"),
                    String.join("; or: ", known.interlock().commands())));
        }
        if (!known.view().map(View::quorate).orElse(false)) {
            reasons.add(Problem.error(
                    Place.NONE,
                    element,
                    "does not run without quorum: " + known.quorumShortfall(),
                    "start the other nodes, or confirm that they are off"));
        }
        known.fencing()
                .forEach(under -> reasons.add(Problem.warning(
                        Place.NONE,
                        element,
                        "waits until node " + under.target() + " is fenced",
                        "see what 'ringfence status' says of its fencing")));
        if (!known.ready()) {
            reasons.add(Problem.warning(Place.NONE, element, "waits: " + known.waitingFor(), ""));
        }
        failCounts
                .of(id)
                .forEach(count -> reasons.add(Problem.warning(
                        Place.NONE,
                        element,
                        "has failed on " + count.node() + " (" + count.last() + ")",
                        "mend the cause, then: ringfence cleanup " + id)));
        return reasons;
    }
}
