package org.ringfence.model.cib;

import java.util.List;
import java.util.Optional;
import org.ringfence.model.problem.Place;

/** Where, with what and in which order resources run. Names are resources, templates or tags, as written. */
public sealed interface Constraint {
    String id();

    Place place();

    /**
     * {@code resource_set}.
     *
     * @param role       empty when none is written
     * @param action     empty when none is written
     * @param ordering   {@code group} or {@code listed}, the old words for what a set means in a colocation; may be empty
     */
    record ResourceSet(
            String id,
            List<String> resources,
            boolean sequential,
            boolean requireAll,
            String role,
            String action,
            Optional<String> score,
            String kind,
            String ordering,
            Place place) {
        public ResourceSet {
            resources = List.copyOf(resources);
        }
    }

    /**
     * {@code rsc_location}. Either a node and a score, or rules.
     *
     * @param resource  empty when a pattern or sets are given
     * @param pattern   regular expression for resource ids; a leading {@code !} turns it round
     * @param discovery {@code always}, {@code never}, {@code exclusive} or empty
     */
    record Location(
            String id,
            String resource,
            String pattern,
            List<ResourceSet> sets,
            String node,
            Optional<String> score,
            String role,
            String discovery,
            List<Rule> rules,
            Place place)
            implements Constraint {
        public Location {
            sets = List.copyOf(sets);
            rules = List.copyOf(rules);
        }
    }

    /**
     * {@code rsc_colocation}: the dependent's place follows from the primary's.
     *
     * @param nodeAttribute {@code #uname} when none is written
     * @param influence     whether the dependent's wishes count when the primary is placed; as written
     */
    record Colocation(
            String id,
            Optional<String> score,
            String dependent,
            String dependentRole,
            String primary,
            String primaryRole,
            String nodeAttribute,
            Optional<String> influence,
            List<ResourceSet> sets,
            List<Rule> rules,
            Place place)
            implements Constraint {
        public Colocation {
            sets = List.copyOf(sets);
            rules = List.copyOf(rules);
        }
    }

    /**
     * {@code rsc_order}.
     *
     * @param kind        {@code Mandatory}, {@code Optional}, {@code Serialize}, or empty when the score decides
     * @param symmetrical as written
     */
    record Order(
            String id,
            String first,
            String firstAction,
            String then,
            String thenAction,
            String kind,
            Optional<String> score,
            Optional<String> symmetrical,
            Optional<String> requireAll,
            List<ResourceSet> sets,
            Place place)
            implements Constraint {
        public Order {
            sets = List.copyOf(sets);
        }
    }

    /** {@code rsc_ticket}: what depends on a ticket, and what happens when it is lost. */
    record Ticket(
            String id,
            String ticket,
            String resource,
            String role,
            String lossPolicy,
            List<ResourceSet> sets,
            Place place)
            implements Constraint {
        public Ticket {
            sets = List.copyOf(sets);
        }
    }
}
