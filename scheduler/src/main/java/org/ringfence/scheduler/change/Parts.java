package org.ringfence.scheduler.change;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Configuration;
import org.ringfence.model.cib.Constraint;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.xml.Element;

/**
 * The parts of a configuration: resources that constraints join, directly or by way of others, are in one. Parts are numbered
 * by their first resource. Immutable.
 */
public final class Parts {
    /** Nested resources too, and for a constraint's use names of tags and templates. */
    private final Map<String, Integer> byName = new HashMap<>();

    private final List<Resource> resources;
    private final List<Constraint> constraints;
    /** By place in those lists; -1 for a constraint that names nothing there is. */
    private final int[] partOfResource;

    private final int[] partOfConstraint;
    private final List<List<String>> primitives = new ArrayList<>();
    private final BitSet always = new BitSet();
    private final Configuration configuration;

    private Parts(Configuration configuration) {
        this.configuration = configuration;
        resources = List.copyOf(configuration.resources().values());
        constraints = configuration.constraints();
        var joined = new Joined(resources.size());
        Map<String, Integer> places = places(joined);
        int[] placeOfConstraint = new int[constraints.size()];
        for (int index = 0; index < placeOfConstraint.length; index++) {
            placeOfConstraint[index] = joined.all(names(constraints.get(index)), places);
        }
        partOfResource = new int[resources.size()];
        int[] numberOfRoot = new int[resources.size()];
        for (int place = 0; place < partOfResource.length; place++) {
            int root = joined.root(place);
            if (root == place) {
                numberOfRoot[place] = primitives.size();
                primitives.add(new ArrayList<>());
            }
            int part = numberOfRoot[root];
            partOfResource[place] = part;
            addPrimitives(resources.get(place), part);
        }
        places.forEach((name, place) -> byName.put(name, partOfResource[place]));
        partOfConstraint = new int[placeOfConstraint.length];
        for (int index = 0; index < partOfConstraint.length; index++) {
            int place = placeOfConstraint[index];
            partOfConstraint[index] = place < 0 ? -1 : partOfResource[place];
        }
    }

    /** Empty when the configuration has something in it by which one resource may matter to another without a constraint. */
    static Optional<Parts> of(Cib cib) {
        return joinsEverything(cib.configurationElement())
                ? Optional.empty()
                : Optional.of(new Parts(cib.configuration()));
    }

    private static boolean joinsEverything(Element element) {
        boolean joins = switch (element.name()) {
            // What holds changes with time; a place inside of another resource; a ticket; a pattern of names.
            case "date_expression", "bundle", "rsc_ticket" -> true;
            case "rsc_location" -> element.attributes().containsKey("rsc-pattern");
            case "expression" -> Difference.isFailure(element.attribute("attribute", ""));
            case "nvpair" ->
                switch (element.attribute("name", "")) {
                    case "container", "remote-node", "shutdown-lock" -> true;
                    case "placement-strategy" -> !element.attribute("value", "").equals("default");
                    default -> false;
                };
            default -> false;
        };
        return joins || element.children().stream().anyMatch(Parts::joinsEverything);
    }

    /** The place of the top resource that each name is about; a name that a constraint uses for several joins them. */
    private Map<String, Integer> places(Joined joined) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int place = 0; place < resources.size(); place++) {
            addNames(resources.get(place), place, places);
        }
        Set<String> used = new HashSet<>();
        constraints.forEach(constraint -> used.addAll(names(constraint)));
        var groups = new LinkedHashMap<String, List<String>>(configuration.templates());
        configuration.tags().forEach(groups::putIfAbsent);
        groups.forEach((name, members) -> {
            int place = used.contains(name) ? joined.all(new LinkedHashSet<>(members), places) : -1;
            if (place >= 0) {
                places.putIfAbsent(name, place);
            }
        });
        return places;
    }

    private static void addNames(Resource resource, int place, Map<String, Integer> places) {
        places.putIfAbsent(resource.id(), place);
        switch (resource) {
            case Resource.Primitive _, Resource.Bundle _ -> {}
            case Resource.Group group -> group.members().forEach(member -> addNames(member, place, places));
            case Resource.Clone clone -> addNames(clone.child(), place, places);
        }
    }

    /** Fence devices matter to everything: whether anything may start at all. */
    private void addPrimitives(Resource resource, int part) {
        switch (resource) {
            case Resource.Primitive primitive -> {
                primitives.get(part).add(primitive.id());
                if (primitive.agent().standard().equals("stonith")) {
                    always.set(part);
                }
            }
            case Resource.Group group -> group.members().forEach(member -> addPrimitives(member, part));
            case Resource.Clone clone -> addPrimitives(clone.child(), part);
            case Resource.Bundle _ -> {}
        }
    }

    private static Set<String> names(Constraint constraint) {
        Set<String> names = new LinkedHashSet<>();
        List<Constraint.ResourceSet> sets = switch (constraint) {
            case Constraint.Location location -> {
                names.add(location.resource());
                yield location.sets();
            }
            case Constraint.Colocation colocation -> {
                names.add(colocation.dependent());
                names.add(colocation.primary());
                yield colocation.sets();
            }
            case Constraint.Order order -> {
                names.add(order.first());
                names.add(order.then());
                yield order.sets();
            }
            case Constraint.Ticket ticket -> {
                names.add(ticket.resource());
                yield ticket.sets();
            }
        };
        sets.forEach(set -> names.addAll(set.resources()));
        return names;
    }

    int count() {
        return primitives.size();
    }

    /** Parts that belong to every decision. */
    BitSet always() {
        return (BitSet) always.clone();
    }

    @Nullable
    Integer of(String name) {
        return byName.get(name);
    }

    /** Adds the part of a configured resource; false when there is none of that name. */
    boolean add(String name, BitSet found) {
        Integer part = of(name);
        if (part != null) {
            found.set(part);
        }
        return part != null;
    }

    Set<String> primitives(BitSet wanted) {
        Set<String> names = new HashSet<>();
        wanted.stream().forEach(part -> names.addAll(primitives.get(part)));
        return names;
    }

    /** The configuration with nothing but these parts in it. */
    Configuration only(BitSet wanted) {
        var some = new LinkedHashMap<String, Resource>();
        for (int place = 0; place < partOfResource.length; place++) {
            if (wanted.get(partOfResource[place])) {
                some.put(resources.get(place).id(), resources.get(place));
            }
        }
        List<Constraint> among = new ArrayList<>();
        for (int index = 0; index < partOfConstraint.length; index++) {
            if (partOfConstraint[index] >= 0 && wanted.get(partOfConstraint[index])) {
                among.add(constraints.get(index));
            }
        }
        return new Configuration(
                configuration.properties(),
                configuration.resourceDefaults(),
                configuration.operationDefaults(),
                configuration.nodes(),
                some,
                among,
                configuration.templates(),
                configuration.tags(),
                configuration.fencingLevels());
    }

    /** Places that were joined lead to the first of them. */
    private static final class Joined {
        private final int[] towards;

        Joined(int places) {
            towards = new int[places];
            for (int place = 0; place < places; place++) {
                towards[place] = place;
            }
        }

        int root(int place) {
            int at = place;
            while (towards[at] != at) {
                towards[at] = towards[towards[at]];
                at = towards[at];
            }
            return at;
        }

        /** Joins what has these names; one of their places, -1 when there is none. */
        int all(Set<String> names, Map<String, Integer> places) {
            int first = -1;
            for (String name : names) {
                Integer place = places.get(name);
                if (place == null) {
                    continue;
                }
                if (first >= 0) {
                    int one = root(first);
                    int other = root(place);
                    towards[Math.max(one, other)] = Math.min(one, other);
                }
                first = place;
            }
            return first;
        }
    }
}
