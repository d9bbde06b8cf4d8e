package org.ringfence.daemon.helpers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.ConfiguredNode;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.status.NodeState;

/**
 * How the cluster stands, as far as helpers tell of it.
 *
 * @param cib     the configuration with its status
 * @param self    the node that is asked
 * @param members those of the view; none between views
 * @param dc      empty between views
 */
public record Known(Cib cib, NodeId self, List<NodeId> members, Optional<NodeId> dc, boolean quorate) {
    public Known {
        members = List.copyOf(members);
    }

    List<ConfiguredNode> nodes() {
        return List.copyOf(cib.configuration().nodes().values());
    }

    /** By name, whatever the case: agents write names in lower case. */
    Optional<ConfiguredNode> node(String name) {
        return nodes().stream()
                .filter(node -> node.name().equalsIgnoreCase(name) || node.id().equals(name))
                .findFirst();
    }

    /** A number that stays the node's as long as the nodes are configured in the same order: its id where that is a number. */
    int number(ConfiguredNode node) {
        return node.id().matches("[1-9][0-9]{0,8}") ? Integer.parseInt(node.id()) : nodes().indexOf(node) + 1;
    }

    boolean isOnline(ConfiguredNode node) {
        return NodeId.isName(node.name()) && members.contains(new NodeId(node.name()));
    }

    /** A transient attribute of a node. */
    Optional<String> transientAttribute(ConfiguredNode node, String name) {
        return Optional.ofNullable(cib.status().nodes().get(node.id()))
                .map(NodeState::attributes)
                .flatMap(attributes -> Optional.ofNullable(attributes.get(name)));
    }

    static Optional<String> value(List<AttributeSet> sets, String name) {
        return sets.stream()
                .flatMap(set -> Optional.ofNullable(set.values().get(name)).stream())
                .findFirst();
    }

    boolean isTrue(ConfiguredNode node, String attribute) {
        return value(node.attributes(), attribute)
                .filter(value -> value.equals("true") || value.equals("on") || value.equals("1"))
                .isPresent();
    }

    /** A resource anywhere, by its id; an instance's number is passed over. */
    Optional<Resource> resource(String id) {
        String plain = withoutNumber(id);
        for (Resource top : cib.configuration().resources().values()) {
            Optional<Resource> found = find(top, id).or(() -> find(top, plain));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    static String withoutNumber(String id) {
        return id.replaceAll(":[0-9]+$", "");
    }

    /** The primitives at or below a resource. */
    static List<Resource.Primitive> primitives(Resource resource) {
        List<Resource.Primitive> found = new ArrayList<>();
        switch (resource) {
            case Resource.Primitive primitive -> found.add(primitive);
            case Resource.Group group -> group.members().forEach(member -> found.addAll(primitives(member)));
            case Resource.Clone clone -> found.addAll(primitives(clone.child()));
            case Resource.Bundle bundle -> bundle.child().ifPresent(child -> found.addAll(primitives(child)));
        }
        return found;
    }

    private static Optional<Resource> find(Resource from, String id) {
        if (from.id().equals(id)) {
            return Optional.of(from);
        }
        return switch (from) {
            case Resource.Primitive primitive -> Optional.empty();
            case Resource.Group group ->
                group.members().stream()
                        .flatMap(member -> find(member, id).stream())
                        .findFirst();
            case Resource.Clone clone -> find(clone.child(), id);
            case Resource.Bundle bundle -> bundle.child().flatMap(child -> find(child, id));
        };
    }
}
