package org.ringfence.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.UnusableInputException;

/**
 * Reads the resources of a constraint, as sets: without brackets one after the other; in {@code ( )} side by side; in
 * {@code [ ]} side by side, and one of them is enough. {@code sequential=true} and {@code require-all=...} inside brackets say
 * otherwise. Where what follows the colon changes, a new set begins.
 */
final class ResourceSets {
    private static final Set<String> SET_ATTRIBUTES = Ordered.set("sequential", "require-all");

    private final Cursor cursor;

    /** {@code role} or {@code action}. */
    private final String suffix;

    ResourceSets(Cursor cursor, String suffix) {
        this.cursor = cursor;
        this.suffix = suffix;
    }

    /**
     * One resource with what stands behind its colon.
     *
     * @param suffix empty when there is none
     */
    record Member(String id, String suffix, Place place) {}

    /** @param bracket {@code (}, {@code [}, or empty */
    record ResourceSet(String bracket, String sequential, String requireAll, List<Member> members) {
        ResourceSet {
            members = List.copyOf(members);
        }
    }

    /** Up to a pair, the end, or {@code end} when that is not empty. */
    List<ResourceSet> read(String end) throws UnusableInputException {
        var sets = new ArrayList<ResourceSet>();
        while (!cursor.atEnd() && (end.isEmpty() || !cursor.sees(end))) {
            if (cursor.seesPair()) {
                if (sets.isEmpty() || !sets.getLast().bracket.isEmpty() || !cursor.seesPairOf(SET_ATTRIBUTES)) {
                    break;
                }
                sets.add(withAttributes(sets.removeLast()));
            } else if (cursor.take("(")) {
                bracketed(sets, "(", ")");
            } else if (cursor.take("[")) {
                bracketed(sets, "[", "]");
            } else {
                Member member = member();
                ResourceSet last = sets.isEmpty() ? new ResourceSet("(", "", "", List.of()) : sets.getLast();
                if (last.bracket.isEmpty() && last.members.getLast().suffix.equals(member.suffix)) {
                    var members = new ArrayList<>(last.members);
                    members.add(member);
                    sets.set(sets.size() - 1, new ResourceSet("", "", "", members));
                } else {
                    sets.add(new ResourceSet("", "", "", List.of(member)));
                }
            }
        }
        if (sets.isEmpty()) {
            throw cursor.unexpected("the name of a resource", List.of());
        }
        return sets;
    }

    /** Attributes behind resources without brackets are those of their set. */
    private ResourceSet withAttributes(ResourceSet set) throws UnusableInputException {
        String sequential = "";
        String requireAll = "";
        while (cursor.seesPairOf(SET_ATTRIBUTES)) {
            Word word = cursor.next("an attribute");
            if (word.name().equals("sequential")) {
                sequential = word.value().orElse("");
            } else {
                requireAll = word.value().orElse("");
            }
        }
        return new ResourceSet("(", sequential, requireAll, set.members);
    }

    private void bracketed(List<ResourceSet> sets, String open, String close) throws UnusableInputException {
        String sequential = "false";
        String requireAll = open.equals("[") ? "false" : "";
        var members = new ArrayList<Member>();
        while (!cursor.take(close)) {
            if (cursor.atEnd()) {
                throw cursor.unexpected("'" + close + "'", List.of());
            }
            if (!cursor.seesPair()) {
                members.add(member());
            } else if (cursor.seesPairOf(SET_ATTRIBUTES)) {
                Word word = cursor.next("an attribute");
                String value = word.value().orElse("");
                if (word.name().equals("sequential")) {
                    sequential = value;
                } else {
                    requireAll = value;
                }
            } else {
                throw cursor.unexpected("sequential=... or require-all=...", SET_ATTRIBUTES);
            }
        }
        if (members.isEmpty()) {
            throw cursor.unexpected("a resource between the brackets before this", List.of());
        }
        int from = 0;
        for (int next = 1; next <= members.size(); next++) {
            if (next == members.size() || !members.get(next).suffix.equals(members.get(from).suffix)) {
                sets.add(new ResourceSet(open, sequential, requireAll, members.subList(from, next)));
                from = next;
            }
        }
    }

    Member member() throws UnusableInputException {
        Word word = cursor.next("the name of a resource");
        String[] parts = word.text().split(":", 2);
        cursor.checkId(word, parts[0]);
        if (parts.length == 2 && parts[1].isEmpty()) {
            throw cursor.unusable(word.place(), "expected a " + suffix + " after the colon", "");
        }
        return new Member(parts[0], parts.length == 2 ? parts[1] : "", word.place());
    }

    /** Adds the sets as elements. */
    void add(Draft constraint, List<ResourceSet> sets, Ids ids) {
        for (int number = 0; number < sets.size(); number++) {
            ResourceSet set = sets.get(number);
            Draft element = constraint
                    .child("resource_set", set.members.getFirst().place)
                    .set("id", ids.fresh(constraint.get("id") + "-" + number));
            if (set.sequential.equals("false")) {
                element.set("sequential", "false");
            }
            if (set.requireAll.equals("false")) {
                element.set("require-all", "false");
            }
            String common = set.members.getFirst().suffix;
            if (!common.isEmpty()) {
                element.set(suffix, common);
            }
            set.members.forEach(
                    member -> element.child("resource_ref", member.place).set("id", member.id));
        }
    }
}
