package org.ringfence.scheduler.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.ringfence.model.cib.Configuration;
import org.ringfence.model.cib.Constraint;
import org.ringfence.model.cib.Rule;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.OperationSettings;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;
import org.ringfence.scheduler.rule.Rules;

/** Turns location constraints into scores. In an opt-in cluster, nodes that no constraint speaks of end at minus infinity. */
final class LocationReader {
    private final Configuration configuration;
    private final Options options;
    private final Nodes nodes;
    private final Resources resources;
    private final OperationSettings operations;
    private final Rules.Context context;
    private final List<Problem> problems;
    private final Names names;

    LocationReader(
            Configuration configuration,
            Options options,
            Nodes nodes,
            Resources resources,
            OperationSettings operations,
            Rules.Context context,
            List<Problem> problems,
            Names names) {
        this.configuration = configuration;
        this.options = options;
        this.nodes = nodes;
        this.resources = resources;
        this.operations = operations;
        this.context = context;
        this.problems = problems;
        this.names = names;
    }

    void read() {
        var listed = new java.util.HashMap<Resource, boolean[]>();
        for (Constraint constraint : configuration.constraints()) {
            if (constraint instanceof Constraint.Location location) {
                forEachTarget(location, (resource, groups) -> read(location, resource, groups, listed));
            }
        }
        if (!options.symmetric()) {
            for (Resource resource : resources.top()) {
                optIn(resource, new boolean[nodes.count()], listed);
                resource.book(LocationReader::notListed);
            }
        }
    }

    /** Nodes are open to a resource that a constraint names for it or for what holds it. */
    private void optIn(Resource resource, boolean[] above, java.util.Map<Resource, boolean[]> listed) {
        boolean[] here = above.clone();
        boolean[] own = listed.get(resource);
        if (isImplied(resource)) {
            java.util.Arrays.fill(here, true);
        }
        for (int index = 0; index < here.length; index++) {
            here[index] |= own != null && own[index];
            if (!here[index] && !(resource instanceof Bundle)) {
                resource.scores[index] = -Score.INFINITY;
            }
        }
        resource.listed = here;
        resource.children().forEach(child -> optIn(child, here, listed));
    }

    /** A connection that no constraint can name, because it is not configured, may be anywhere. */
    private static boolean isImplied(Resource resource) {
        return resource instanceof Primitive primitive && primitive.isConnection() && primitive.container != null;
    }

    private void forEachTarget(Constraint.Location location, BiConsumer<Resource, List<String>> action) {
        if (!location.pattern().isEmpty()) {
            boolean inverted = location.pattern().startsWith("!");
            Pattern pattern;
            try {
                pattern = Pattern.compile(inverted ? location.pattern().substring(1) : location.pattern());
            } catch (PatternSyntaxException wrong) {
                problems.add(Problem.warning(
                        location.place(),
                        "constraint \"" + location.id() + "\"",
                        "rsc-pattern is not a regular expression (" + wrong.getDescription() + ")",
                        "correct it"));
                return;
            }
            for (Resource resource : resources.top()) {
                if (resource.removed) {
                    continue;
                }
                Matcher matcher = pattern.matcher(resource.id);
                boolean found = matcher.find();
                if (found != inverted) {
                    var groups = new ArrayList<String>();
                    for (int group = 0; found && group <= matcher.groupCount(); group++) {
                        groups.add(Optional.ofNullable(matcher.group(group)).orElse(""));
                    }
                    action.accept(resource, groups);
                }
            }
            return;
        }
        if (!location.sets().isEmpty()) {
            for (Constraint.ResourceSet set : location.sets()) {
                for (String name : set.resources()) {
                    names.resolve(name, location.id(), set.place())
                            .forEach(resource -> action.accept(resource, List.of()));
                }
            }
            return;
        }
        names.resolve(location.resource(), location.id(), location.place())
                .forEach(resource -> action.accept(resource, List.of()));
    }

    private void read(
            Constraint.Location location,
            Resource resource,
            List<String> groups,
            java.util.Map<Resource, boolean[]> listed) {
        if (location.rules().isEmpty()) {
            ClusterNode node = nodes.byName(location.node());
            if (node == null) {
                node = nodes.byId(location.node());
            }
            if (node == null) {
                problems.add(Problem.warning(
                        location.place(),
                        "constraint \"" + location.id() + "\"",
                        "names node \"" + location.node() + "\", which is not known; it has no effect yet",
                        ""));
                return;
            }
            int[] scores = new int[nodes.count()];
            boolean[] says = new boolean[nodes.count()];
            scores[node.index] = Score.parse(location.score().orElse("0"), 0);
            says[node.index] = true;
            apply(location, "", resource, Role.parse(location.role()), scores, says, listed);
            return;
        }
        for (Rule rule : location.rules()) {
            read(location, rule, resource, groups, listed);
        }
    }

    private void read(
            Constraint.Location location,
            Rule rule,
            Resource resource,
            List<String> groups,
            java.util.Map<Resource, boolean[]> listed) {
        int[] scores = new int[nodes.count()];
        boolean[] says = new boolean[nodes.count()];
        Primitive[] sample = new Primitive[1];
        resource.visitPrimitives(primitive -> sample[0] = sample[0] == null ? primitive : sample[0]);
        for (ClusterNode node : nodes.all()) {
            var here = new Rules.Context(
                    context.now(),
                    node::attribute,
                    sample[0] == null || !(resource instanceof Primitive)
                            ? new java.util.LinkedHashMap<>()
                            : operations.parameters(sample[0], node),
                    resource.settings.meta(),
                    Optional.empty(),
                    Optional.empty(),
                    groups);
            if (Rules.holds(rule, here)) {
                says[node.index] = true;
                scores[node.index] = score(rule, node, groups);
            }
        }
        Role role = Role.parse(rule.role().isEmpty() ? location.role() : rule.role());
        apply(location, rule.id(), resource, role, scores, says, listed);
    }

    private static int score(Rule rule, ClusterNode node, List<String> groups) {
        if (rule.scoreAttribute().isPresent()) {
            String name = rule.scoreAttribute().get();
            for (int group = 0; group < groups.size(); group++) {
                name = name.replace("%" + group, groups.get(group));
            }
            String value = node.attribute(name);
            return value == null ? -Score.INFINITY : Score.parse(value, 0);
        }
        return Score.parse(rule.score().orElse("0"), 0);
    }

    private void apply(
            Constraint.Location location,
            String rule,
            Resource resource,
            Role role,
            int[] scores,
            boolean[] says,
            java.util.Map<Resource, boolean[]> listed) {
        if (role == Role.PROMOTED) {
            addRole(resource, new RoleLocation(cause(location, rule), role, scores));
            return;
        }
        boolean[] known = listed.computeIfAbsent(resource, none -> new boolean[nodes.count()]);
        for (int index = 0; index < says.length; index++) {
            known[index] |= says[index];
        }
        Scores.add(resource, scores, says);
        resource.book(() -> cause(location, rule));
        switch (location.discovery()) {
            case "never" -> discovery(resource, says, false);
            case "exclusive" -> discovery(resource, says, true);
            default -> {}
        }
    }

    private static Cause cause(Constraint.Location location, String rule) {
        String by = rule.isEmpty() ? "" : ", rule " + rule;
        return Cause.of(
                Kind.LOCATION,
                new Source("rsc_location", location.id(), rule),
                "location constraint " + location.id() + by);
    }

    private static Cause notListed() {
        return Cause.of(
                Kind.OPT_IN,
                Source.option("symmetric-cluster"),
                "no location constraint names the node, and symmetric-cluster is false");
    }

    private static void addRole(Resource resource, RoleLocation location) {
        resource.roleLocations.add(location);
        resource.children().forEach(child -> addRole(child, location));
    }

    private static void discovery(Resource resource, boolean[] says, boolean exclusive) {
        if (exclusive) {
            resource.exclusiveDiscovery = true;
        }
        for (int index = 0; index < says.length; index++) {
            if (says[index]) {
                resource.discovery[index] = exclusive ? Resource.Discovery.EXCLUSIVE : Resource.Discovery.NEVER;
            }
        }
        List<? extends Resource> parts = resource instanceof Bundle bundle ? bundle.located() : resource.children();
        parts.forEach(part -> discovery(part, says, exclusive));
        if (resource instanceof Clone || resource instanceof Group) {
            resource.exclusiveDiscovery |= exclusive;
        }
    }
}
