package org.ringfence.language;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.xml.Element;

/**
 * Puts definitions into a configuration. A definition that says what the configuration says already leaves it untouched, with all
 * its ids; so loading what was shown changes nothing.
 */
public final class Loading {
    /** Properties that the cluster writes itself. */
    private static final Set<String> WRITTEN_BY_THE_CLUSTER = Ordered.set(
            "dc-version", "cluster-infrastructure", "cluster-name", "have-watchdog", "last-lrm-refresh", "dc-deadtime");

    private Loading() {}

    /** What becomes of what the definitions do not name. */
    public enum Mode {
        /** It goes. */
        REPLACE,
        /** It stays. In sets of properties and defaults, so do options that are not named. */
        UPDATE,
        /** It goes, but for nodes and for properties that the cluster writes itself. */
        PUSH
    }

    /**
     * @param configuration of use only when there are no problems
     * @param problems      what does not fit together
     */
    public record Loaded(Element configuration, List<Problem> problems) {
        public Loaded {
            problems = List.copyOf(problems);
        }
    }

    /** @param base a {@code configuration} element */
    public static Loaded into(Element base, Definitions read, Mode mode) {
        Definitions known = Definitions.of(base);
        var referenced = new HashSet<>(Normal.references(base));
        read.all().forEach(one -> referenced.addAll(Normal.references(one.element())));
        var normal = new Normal(referenced);
        var result = new LinkedHashMap<Definition.Key, Definition>();
        switch (mode) {
            case REPLACE -> {}
            case UPDATE -> known.all().forEach(one -> result.put(one.key(), one));
            case PUSH -> known.of(Kind.NODE).forEach(one -> result.put(one.key(), one));
        }
        for (Definition definition : read.all()) {
            Optional<Definition> former = known.get(definition.key());
            Definition wanted = former.filter(
                            one -> mode == Mode.UPDATE && isSet(one) && one.kind() == definition.kind())
                    .map(one -> Merging.joined(one, definition))
                    .orElse(definition);
            boolean same =
                    former.filter(one -> saysTheSame(normal, one, wanted)).isPresent();
            result.put(definition.key(), same ? former.get() : wanted);
        }
        if (mode == Mode.PUSH) {
            keepOwnProperties(known, result);
        }
        var problems = new ArrayList<Problem>();
        Element configuration = Definitions.of(result.values()).configuration(problems);
        if (problems.isEmpty()) {
            DoubleIds.check(configuration, problems);
        }
        boolean unchanged = Definitions.of(configuration).equals(known);
        return new Loaded(unchanged ? base : configuration, problems);
    }

    private static boolean isSet(Definition definition) {
        return switch (definition.kind()) {
            case PROPERTY, RESOURCE_DEFAULTS, OPERATION_DEFAULTS -> true;
            default -> false;
        };
    }

    private static boolean saysTheSame(Normal normal, Definition former, Definition wanted) {
        return former.kind() == wanted.kind()
                && normal.of(former.element()).equals(normal.of(wanted.element()))
                && StatementsWritten.comments(former.element()).equals(StatementsWritten.comments(wanted.element()));
    }

    private static void keepOwnProperties(Definitions known, Map<Definition.Key, Definition> result) {
        for (Definition set : known.of(Kind.PROPERTY)) {
            List<Element> own = set.element().children().stream()
                    .filter(pair -> WRITTEN_BY_THE_CLUSTER.contains(pair.attribute("name", "")))
                    .toList();
            Definition now = result.get(set.key());
            if (own.isEmpty()) {
                continue;
            }
            var kept = new Definition(set.kind(), set.element().withChildren(own));
            result.put(set.key(), now == null ? kept : Merging.joined(kept, now));
        }
    }
}
