package org.ringfence.controller.facts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.membership.ViewNumber;

/**
 * The facts that this node knows. The DC makes them and tells every member; members give what they know to the next DC,
 * and of two that differ the later one holds.
 *
 * @param count how many this node has made as DC
 * @param known the latest quorate view of whose DC's facts these are a part; empty when they are of none
 */
public record FactsState(SortedMap<Fact.Key, Fact> facts, long count, Optional<ViewNumber> known) {
    public static final FactsState EMPTY = new FactsState(new TreeMap<>(), 0, Optional.empty());

    public FactsState {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** With {@code others} taken in where they are later. */
    public FactsState merged(List<Fact> others) {
        var changed = new TreeMap<>(facts);
        for (Fact other : others) {
            changed.merge(
                    other.key(), other, (mine, theirs) -> theirs.stamp().compareTo(mine.stamp()) > 0 ? theirs : mine);
        }
        return new FactsState(changed, count, known);
    }

    /** With all that is known in a view taken in: that one's, or a later one's, if these are older. */
    public FactsState knowing(Optional<ViewNumber> view) {
        boolean later = view.isPresent() && (known.isEmpty() || view.get().isAfter(known.get()));
        return later ? new FactsState(facts, count, view) : this;
    }

    /** With one made by this node as DC of {@code view}. */
    public FactsState with(ViewNumber view, Fact.Key key, Optional<String> value) {
        var changed = new TreeMap<>(facts);
        changed.put(key, new Fact(key, value, new Fact.Stamp(view, count + 1)));
        return new FactsState(changed, count + 1, known);
    }

    /** Without one, whatever else is said of it in {@code view}. */
    public FactsState without(ViewNumber view, Fact.Key key) {
        var changed = new TreeMap<>(facts);
        changed.put(key, new Fact(key, Optional.empty(), Fact.Stamp.last(view)));
        return new FactsState(changed, count, known);
    }

    public Optional<String> value(Fact.Kind kind, String node, String name) {
        return Optional.ofNullable(facts.get(new Fact.Key(kind, node, name))).flatMap(Fact::value);
    }

    public Optional<Standing> standing(String node) {
        return value(Fact.Kind.STANDING, node, "").map(Standing::valueOf);
    }

    /** Those of one kind that one node has, by name. */
    public SortedMap<String, String> of(Fact.Kind kind, String node) {
        var found = new TreeMap<String, String>();
        facts.forEach((key, fact) -> {
            if (key.kind() == kind && key.node().equals(node)) {
                fact.value().ifPresent(value -> found.put(key.name(), value));
            }
        });
        return found;
    }

    /**
     * Facts in the words of a protocol. A reader that cannot know what a node was still running when it left is told that the
     * node is lost: it has the node fenced before it starts anything of it, which is safe, and no more than that.
     *
     * @param told some of these facts
     */
    public List<Fact> spokenIn(int protocol, List<Fact> told) {
        List<Fact> spoken = new ArrayList<>();
        for (Fact fact : told) {
            if (fact.key().kind().since() <= protocol) {
                spoken.add(
                        fact.kindIsLeft()
                                        && leftMoreThanCanBeSaid(
                                                protocol, fact.key().node())
                                ? fact.asLost()
                                : fact);
            }
        }
        return List.copyOf(spoken);
    }

    private boolean leftMoreThanCanBeSaid(int protocol, String node) {
        return protocol < Fact.Kind.LEFT_RUNNING.since()
                && !of(Fact.Kind.LEFT_RUNNING, node).isEmpty();
    }

    /** Nodes that were lost and are not known to be dead. */
    public List<String> lost() {
        List<String> lost = new ArrayList<>();
        facts.forEach((key, fact) -> {
            if (key.kind() == Fact.Kind.STANDING
                    && fact.value()
                            .map(Standing::valueOf)
                            .filter(Standing::isUnsafe)
                            .isPresent()) {
                lost.add(key.node());
            }
        });
        return lost;
    }

    /** Those that are kept on disks. */
    public List<Fact> durable() {
        return facts.values().stream()
                .filter(fact -> fact.key().kind().isDurable())
                .toList();
    }

    /** All that was made after {@code count} facts had been made by this node. */
    public List<Fact> madeAfter(FactsState before) {
        return facts.values().stream()
                .filter(fact -> !fact.equals(before.facts.get(fact.key())))
                .toList();
    }
}
