package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.AgentName;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Configuration;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.Truth;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.resource.Settings.Requires;
import org.ringfence.scheduler.rule.Rules;

/** Makes the tree of instances from the configured resources. Bundles are made by {@link BundleBuilder}. */
public final class ResourceBuilder {
    private final Configuration configuration;
    private final Options options;
    private final List<Problem> problems;
    final Nodes nodes;
    private final Rules.Context context;
    private final boolean unfencing;
    private int position;

    /** @param problems takes what is wrong with the resources */
    public ResourceBuilder(
            Configuration configuration, Options options, Nodes nodes, Rules.Context context, List<Problem> problems) {
        this.problems = problems;
        this.configuration = configuration;
        this.options = options;
        this.nodes = nodes;
        this.context = context;
        this.unfencing = configuration.resources().values().stream().anyMatch(ResourceBuilder::providesUnfencing);
    }

    private static boolean providesUnfencing(org.ringfence.model.cib.Resource resource) {
        return switch (resource) {
            case org.ringfence.model.cib.Resource.Primitive primitive ->
                primitive.agent().standard().equals("stonith")
                        && primitive.meta().stream()
                                .anyMatch(set -> "unfencing".equals(set.values().get("provides")));
            case org.ringfence.model.cib.Resource.Group group ->
                group.members().stream().anyMatch(ResourceBuilder::providesUnfencing);
            case org.ringfence.model.cib.Resource.Clone clone -> providesUnfencing(clone.child());
            case org.ringfence.model.cib.Resource.Bundle _ -> false;
        };
    }

    /** Whether a fence device must allow a node before resources run there. */
    public boolean unfencing() {
        return unfencing;
    }

    public Resources build() {
        var resources = new Resources();
        for (org.ringfence.model.cib.Resource resource :
                configuration.resources().values()) {
            resources.addTop(
                    switch (resource) {
                        case org.ringfence.model.cib.Resource.Primitive primitive ->
                            primitive(primitive, primitive.id(), null);
                        case org.ringfence.model.cib.Resource.Group group -> group(group, "", null);
                        case org.ringfence.model.cib.Resource.Clone clone -> clone(clone);
                        case org.ringfence.model.cib.Resource.Bundle bundle -> new BundleBuilder(this).build(bundle);
                    });
        }
        new GuestConnections(this).addTo(resources);
        for (Primitive primitive : resources.primitives()) {
            Resource container = resources.byId(primitive.settings.meta("container", ""));
            if (container instanceof Primitive found && found != primitive && primitive.replica == null) {
                primitive.container = found;
                found.contents.add(primitive);
            }
        }
        return resources;
    }

    int nextPosition() {
        return position++;
    }

    Primitive primitive(org.ringfence.model.cib.Resource.Primitive configured, String id, @Nullable Collective parent) {
        int stickiness = parent != null && inClone(parent) ? 1 : 0;
        var meta = meta(configured.meta(), parent, configured.agent());
        var made = new Primitive(
                configured,
                id,
                parent,
                Settings.of(
                        meta,
                        stickiness,
                        requires(
                                meta,
                                isConnection(configured.agent())
                                        ? "stonith"
                                        : configured.agent().standard())),
                position++,
                nodes.count());
        for (var amount : Rules.values(configured.utilization(), context).entrySet()) {
            made.utilization.put(amount.getKey(), Score.parse(amount.getValue(), 0));
        }
        link(made, meta);
        return made;
    }

    private static boolean isConnection(AgentName agent) {
        return agent.standard().equals("ocf")
                && agent.provider().equals("pacemaker")
                && agent.type().equals("remote");
    }

    private static boolean inClone(Resource resource) {
        return resource instanceof Clone || resource.parent instanceof Clone;
    }

    /** Joins connection and container resources to the nodes they make. */
    private void link(Primitive made, SequencedMap<String, String> meta) {
        AgentName agent = made.agent();
        if (isConnection(agent)) {
            ClusterNode node = nodes.byName(made.configured.id());
            if (node != null && node.isRemoteOrGuest()) {
                made.remoteNode = node;
                node.connection = made.id;
            }
        }
        String guest = meta.getOrDefault("remote-node", "");
        ClusterNode node = nodes.byName(guest);
        if (!guest.isEmpty() && node != null) {
            node.container = made.id;
        }
    }

    Group group(org.ringfence.model.cib.Resource.Group configured, String suffix, @Nullable Clone parent) {
        var meta = meta(configured.meta(), parent, null);
        var group = new Group(
                configured.id() + suffix,
                parent,
                Settings.of(meta, parent == null ? 0 : 1, requires(meta, "")),
                position++,
                nodes.count());
        for (org.ringfence.model.cib.Resource.Primitive member : configured.members()) {
            group.members.add(primitive(member, member.id() + suffix, group));
        }
        return group;
    }

    private Clone clone(org.ringfence.model.cib.Resource.Clone configured) {
        var meta = meta(configured.meta(), null, null);
        boolean promotable = configured.master() || Truth.parse(meta.getOrDefault("promotable", ""), false);
        int members = (int) nodes.all().stream()
                .filter(node -> !node.inBundle && !node.removed)
                .count();
        if (Clone.isUnique(meta) && !mayBeUnique(configured.child())) {
            meta.put("globally-unique", "false");
            int wanted = Settings.number(meta, "clone-max", members);
            meta.put("clone-max", Integer.toString(Math.min(wanted, members)));
        }
        var clone = new Clone(
                configured.id(),
                configured.child().id(),
                null,
                Settings.of(meta, 1, requires(meta, "")),
                promotable,
                position++,
                nodes.count(),
                members);
        tooMany(configured, "clone-max", Settings.number(meta, "clone-max", members), Clone.MOST_INSTANCES);
        for (int number = 0; number < clone.max; number++) {
            clone.instances.add(instance(configured.child(), clone, number));
        }
        if (clone.max == 0) {
            // Needed to know what its history belongs to.
            addRemovedInstance(clone, configured.child());
        }
        return clone;
    }

    /** Says so, when more instances are asked for than are made. */
    void tooMany(org.ringfence.model.cib.Resource configured, String option, int wanted, int most) {
        if (wanted > most) {
            problems.add(Problem.warning(
                    configured.place(),
                    "resource \"" + configured.id() + "\"",
                    "has " + option + " " + wanted + "; no more than " + most + " are made",
                    "ask for as many as its nodes can hold"));
        }
    }

    /** Agents can tell instances on one node apart only where their standard hands them a number: OCF and fence agents. */
    private static boolean mayBeUnique(org.ringfence.model.cib.Resource child) {
        return switch (child) {
            case org.ringfence.model.cib.Resource.Primitive primitive ->
                List.of("ocf", "stonith").contains(primitive.agent().standard());
            case org.ringfence.model.cib.Resource.Group group ->
                group.members().stream().allMatch(ResourceBuilder::mayBeUnique);
            case org.ringfence.model.cib.Resource.Clone _, org.ringfence.model.cib.Resource.Bundle _ -> true;
        };
    }

    Resource instance(org.ringfence.model.cib.Resource child, Clone clone, int number) {
        return switch (child) {
            case org.ringfence.model.cib.Resource.Primitive primitive ->
                primitive(primitive, primitive.id() + ":" + number, clone);
            case org.ringfence.model.cib.Resource.Group group -> group(group, ":" + number, clone);
            case org.ringfence.model.cib.Resource.Clone _, org.ringfence.model.cib.Resource.Bundle _ ->
                throw new IllegalStateException("clone " + clone.id + " of something that cannot be cloned");
        };
    }

    /** Makes an instance beyond the configured number, for one that a node's history shows. */
    public Resource addRemovedInstance(Clone clone) {
        org.ringfence.model.cib.Resource configured = configuration.resources().get(clone.id);
        if (configured instanceof org.ringfence.model.cib.Resource.Clone found) {
            return addRemovedInstance(clone, found.child());
        }
        Resource sample = clone.instances.getFirst();
        if (sample instanceof Primitive primitive) {
            return addRemovedInstance(clone, primitive.configured);
        }
        throw new IllegalStateException("clone " + clone.id + " is not in the configuration");
    }

    private Resource addRemovedInstance(Clone clone, org.ringfence.model.cib.Resource child) {
        Resource made = instance(child, clone, clone.instances.size());
        markRemoved(made);
        clone.instances.add(made);
        return made;
    }

    private static void markRemoved(Resource resource) {
        resource.removed = true;
        resource.children().forEach(ResourceBuilder::markRemoved);
    }

    /** A resource that the configuration does not have any more but a node's history does. */
    public Primitive removed(String id, AgentName agent) {
        var configured = new org.ringfence.model.cib.Resource.Primitive(
                id, agent, java.util.Optional.empty(), List.of(), List.of(), List.of(), List.of(), Place.NONE);
        Primitive made = primitive(configured, id, null);
        made.removed = true;
        if (!options.stopRemovedResources()) {
            made.managed = false;
        }
        return made;
    }

    SequencedMap<String, String> meta(List<AttributeSet> sets, @Nullable Collective parent, @Nullable AgentName agent) {
        Rules.Context here = agent == null ? context : context.withAgent(agent);
        var meta = new LinkedHashMap<String, String>();
        Rules.addValues(sets, here, meta);
        if (parent != null) {
            parent.settings.meta().forEach(meta::putIfAbsent);
        }
        Rules.addValues(new ArrayList<>(configuration.resourceDefaults()), here, meta);
        return meta;
    }

    Requires requires(SequencedMap<String, String> meta, String standard) {
        String written = meta.getOrDefault("requires", "");
        Requires wanted = switch (written) {
            case "nothing" -> Requires.NOTHING;
            case "quorum" -> Requires.QUORUM;
            case "fencing" -> options.fencingEnabled() ? Requires.FENCING : defaultRequires(standard);
            case "unfencing" -> {
                if (standard.equals("stonith")) {
                    yield Requires.QUORUM;
                }
                yield options.fencingEnabled() ? Requires.UNFENCING : defaultRequires(standard);
            }
            default -> defaultRequires(standard);
        };
        return wanted;
    }

    private Requires defaultRequires(String standard) {
        if (standard.equals("stonith")) {
            return Requires.QUORUM;
        }
        if (unfencing && options.fencingEnabled()) {
            return Requires.UNFENCING;
        }
        if (options.fencingEnabled()) {
            return Requires.FENCING;
        }
        return options.noQuorumPolicy() == Options.QuorumPolicy.IGNORE ? Requires.NOTHING : Requires.QUORUM;
    }
}
