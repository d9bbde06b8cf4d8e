package org.ringfence.scheduler.cluster;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ringfence.model.AgentName;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Configuration;
import org.ringfence.model.cib.ConfiguredNode;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.Truth;
import org.ringfence.scheduler.rule.Rules;

/**
 * Finds the nodes, and from the status whether each member is online, joining, shutting down or lost. What remote and guest
 * nodes are depends on resources, and is for the history to say.
 */
public final class NodeReader {
    /** How many replicas of a bundle are made at most, whatever is asked for. */
    public static final int MOST_REPLICAS = 200;

    private final Cib cib;
    private final Options options;
    private final Rules.Context context;
    private final Nodes nodes = new Nodes();

    public NodeReader(Cib cib, Options options, Rules.Context context) {
        this.cib = cib;
        this.options = options;
        this.context = context;
    }

    public Nodes read() {
        Configuration configuration = cib.configuration();
        Set<String> guests = new HashSet<>();
        configuration.resources().values().forEach(resource -> guests(resource, guests));
        for (ConfiguredNode node : configuration.nodes().values()) {
            switch (node.type()) {
                case "ping" -> {}
                case "remote" ->
                    nodes.add(
                            node.id(),
                            node.name(),
                            guests.contains(node.name()) ? ClusterNode.Kind.GUEST : ClusterNode.Kind.REMOTE);
                default -> nodes.add(node.id(), node.name(), ClusterNode.Kind.MEMBER);
            }
        }
        configuration.resources().values().forEach(this::addRemote);
        cib.status().nodes().values().forEach(this::addRemoved);
        for (ConfiguredNode configured : configuration.nodes().values()) {
            ClusterNode node = nodes.byId(configured.id());
            if (node != null) {
                permanent(node, configured);
            }
        }
        for (ClusterNode node : nodes.all()) {
            NodeState state = state(node);
            if (state != null) {
                node.attributes.putAll(state.attributes());
            }
            node.attributes.put("#uname", node.name);
            node.attributes.put("#id", node.id);
            node.attributes.put(
                    "#is_dc", Boolean.toString(node.id.equals(cib.document().attribute("dc-uuid", ""))));
            node.attributes.put("#kind", node.isRemoteOrGuest() ? "remote" : "cluster");
            String cluster = options.all().get("cluster-name");
            if (cluster != null) {
                node.attributes.put("#cluster-name", cluster);
            }
            String site = node.attribute("site-name");
            if (site != null || cluster != null) {
                node.attributes.put("#site-name", site != null ? site : cluster == null ? "" : cluster);
            }
            node.standby |= Truth.parse(attribute(node, "standby"), false);
            node.maintenance |= Truth.parse(attribute(node, "maintenance"), false) || options.maintenance();
            if (!node.isRemoteOrGuest()) {
                settle(node, state);
                if (node.online && options.fencesInquorate()) {
                    fence(node, "the partition lost its quorum");
                }
            } else if (state != null) {
                node.wasReset = Truth.parse(state.membership().getOrDefault("node_fenced", "0"), false)
                        || Score.parse(state.membership().getOrDefault("node_fenced", "0"), 0) > 0;
                if (Truth.parse(state.membership().getOrDefault("node_in_maintenance", "0"), false)) {
                    node.maintenance = true;
                }
            } else {
                node.unseen = true;
            }
            String discovery = node.attribute("resource-discovery-enabled");
            if (discovery != null && node.isRemoteOrGuest()) {
                node.probesWanted = Truth.parse(discovery, true);
            }
        }
        return nodes;
    }

    private static String attribute(ClusterNode node, String name) {
        return node.attributes.getOrDefault(name, "");
    }

    private @org.jspecify.annotations.Nullable NodeState state(ClusterNode node) {
        NodeState state = cib.status().nodes().get(node.id);
        if (state == null) {
            for (NodeState other : cib.status().nodes().values()) {
                if (other.uname().equals(node.name)) {
                    return other;
                }
            }
        }
        return state;
    }

    private void permanent(ClusterNode node, ConfiguredNode configured) {
        var own = new LinkedHashMap<String, String>();
        own.put("#uname", node.name);
        Rules.Context here = context.withNode(own::get);
        node.attributes.putAll(Rules.values(configured.attributes(), here));
        for (Map.Entry<String, String> amount :
                Rules.values(configured.utilization(), here).entrySet()) {
            node.capacity.put(amount.getKey(), Score.parse(amount.getValue(), 0));
        }
    }

    private void guests(Resource resource, Set<String> names) {
        switch (resource) {
            case Resource.Primitive primitive ->
                names.add(Rules.values(primitive.meta(), context).getOrDefault("remote-node", ""));
            case Resource.Group group -> group.members().forEach(member -> guests(member, names));
            case Resource.Clone clone -> guests(clone.child(), names);
            case Resource.Bundle bundle -> {
                for (int number = 0; number < replicas(bundle); number++) {
                    names.add(bundle.id() + "-" + number);
                }
            }
        }
    }

    /** Nodes that resources make: connections, virtual machines that are nodes, replicas of bundles. */
    private void addRemote(Resource resource) {
        switch (resource) {
            case Resource.Primitive primitive -> {
                if (primitive.agent().type().equals("remote")
                        && primitive.agent().provider().equals("pacemaker")) {
                    add(primitive.id(), ClusterNode.Kind.REMOTE);
                }
                String guest = Rules.values(primitive.meta(), context).getOrDefault("remote-node", "");
                if (!guest.isEmpty()) {
                    add(guest, ClusterNode.Kind.GUEST);
                }
            }
            case Resource.Group group -> group.members().forEach(this::addRemote);
            case Resource.Clone clone -> addRemote(clone.child());
            case Resource.Bundle bundle -> {
                if (bundle.child().isPresent()) {
                    for (int number = 0; number < replicas(bundle); number++) {
                        add(bundle.id() + "-" + number, ClusterNode.Kind.GUEST);
                        Objects.requireNonNull(nodes.byName(bundle.id() + "-" + number)).inBundle = true;
                    }
                }
            }
        }
    }

    /** Nodes whose connection is not configured any more but may still be there. */
    private void addRemoved(NodeState state) {
        var histories = ResourceHistories.copyOf(state.history());
        AgentName other = null;
        for (int place = 0; place < histories.size(); place++) {
            AgentName agent = histories.agent(place);
            if (agent.equals(other)) {
                continue;
            }
            if (!agent.type().equals("remote") || !agent.provider().equals("pacemaker")) {
                other = agent;
                continue;
            }
            ResourceHistory history = histories.at(place);
            if (!cib.configuration().resources().containsKey(history.resource())
                    && nodes.byName(history.resource()) == null) {
                add(
                        history.resource(),
                        history.other().containsKey("container") ? ClusterNode.Kind.GUEST : ClusterNode.Kind.REMOTE);
                Objects.requireNonNull(nodes.byName(history.resource())).removed = true;
            }
        }
    }

    /** How many replicas a bundle is to have; each is a node, so there is a bound. */
    public static int replicas(Resource.Bundle bundle) {
        return Math.min(wantedReplicas(bundle), MOST_REPLICAS);
    }

    /** How many replicas are asked for. */
    public static int wantedReplicas(Resource.Bundle bundle) {
        int promoted = Score.parse(
                bundle.container()
                        .getOrDefault("promoted-max", bundle.container().getOrDefault("masters", "")),
                0);
        return Math.max(1, Score.parse(bundle.container().getOrDefault("replicas", ""), promoted > 0 ? promoted : 1));
    }

    private void add(String name, ClusterNode.Kind kind) {
        if (nodes.byName(name) == null) {
            nodes.add(name, name, kind);
        }
    }

    private void settle(ClusterNode node, @org.jspecify.annotations.Nullable NodeState state) {
        if (state == null) {
            node.unseen = true;
            if (options.fencingEnabled() && options.startupFencing()) {
                fence(node, "was never seen");
            }
            return;
        }
        var membership = state.membership();
        long now = context.now().getEpochSecond();
        boolean member = yesOrSince(membership.getOrDefault("in_ccm", ""));
        String controller = membership.getOrDefault("crmd", "");
        boolean speaking = controller.equals("online") || (isNumber(controller) && Long.parseLong(controller) > 0);
        String join = membership.getOrDefault("join", "down");
        String expected = membership.getOrDefault("expected", "down");
        node.shutdown = positive(attribute(node, "shutdown")) || positive(membership.getOrDefault("shutdown", ""));
        node.expectedUp = expected.equals("member") && !node.shutdown;
        node.inMembership = member;
        boolean terminate = positive(attribute(node, "terminate")) || Truth.parse(attribute(node, "terminate"), false);
        if (options.fencingEnabled()) {
            withFencing(node, member, speaking, join, expected, terminate, pendingTooLong(membership, now));
        } else {
            node.online = member && speaking && join.equals("member");
            if (member && speaking && !join.equals("member")) {
                node.pending = true;
            }
            if (!node.online && node.expectedUp) {
                fence(node, "is not in the cluster although it did not shut down");
            }
        }
    }

    private boolean pendingTooLong(Map<String, String> membership, long now) {
        String since = membership.getOrDefault("in_ccm", "");
        long limit = options.nodePendingTimeoutMillis() / 1000;
        return limit > 0 && isNumber(since) && Long.parseLong(since) > 1 && now - Long.parseLong(since) >= limit;
    }

    private static void withFencing(
            ClusterNode node,
            boolean member,
            boolean speaking,
            String join,
            String expected,
            boolean terminate,
            boolean pendingTooLong) {
        if (node.shutdown) {
            node.online = speaking;
        } else if (join.equals("banned") || join.equals("nack")) {
            fence(node, "was refused by the cluster's members");
        } else if (!terminate && expected.equals("down")) {
            if (member && !speaking && pendingTooLong) {
                fence(node, "is in the membership but its daemon did not join in time");
            } else if (member || speaking) {
                node.pending = true;
                node.online = speaking && member;
            }
        } else if (terminate && join.equals("down") && !member && !speaking) {
            node.online = false;
        } else if (!member) {
            fence(node, "is no longer in the cluster");
        } else if (!speaking) {
            fence(node, "has no daemon that answers");
        } else if (terminate) {
            fence(node, "is to be terminated");
        } else if (join.equals("member")) {
            node.online = true;
        } else if (join.equals("pending") || join.equals("down")) {
            node.online = true;
            node.pending = true;
        } else {
            fence(node, "is in a state that is not known");
        }
    }

    private static void fence(ClusterNode node, String reason) {
        node.unclean = true;
        node.fencingReasons.add(reason);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 18 && text.chars().allMatch(Character::isDigit);
    }

    private static boolean positive(String text) {
        return isNumber(text) && Long.parseLong(text) > 0;
    }

    private static boolean yesOrSince(String text) {
        return Truth.parse(text).orElse(positive(text));
    }
}
