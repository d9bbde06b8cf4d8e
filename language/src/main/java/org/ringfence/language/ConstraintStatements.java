package org.ringfence.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ringfence.language.ResourceSets.Member;
import org.ringfence.language.ResourceSets.ResourceSet;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.UnusableInputException;

/** Reads {@code location}, {@code colocation}, {@code order} and {@code rsc_ticket}. */
final class ConstraintStatements {
    private static final Map<String, String> KINDS =
            Ordered.map("mandatory", "Mandatory", "optional", "Optional", "serialize", "Serialize");

    private final Cursor cursor;
    private final Ids ids;

    ConstraintStatements(Cursor cursor, Ids ids) {
        this.cursor = cursor;
        this.ids = ids;
    }

    Draft location(Place place) throws UnusableInputException {
        Draft location = new Draft("rsc_location", place).set("id", cursor.id().text());
        var sets = new ResourceSets(cursor, "role");
        if (cursor.take("{")) {
            sets.add(location, sets.read("}"), ids);
            if (!cursor.take("}")) {
                throw cursor.unexpected("'}'", List.of("}"));
            }
        } else {
            Word resource = cursor.next("a resource, /PATTERN/ or { RESOURCE ... }");
            String text = resource.text();
            if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
                location.set("rsc-pattern", text.substring(1, text.length() - 1));
            } else {
                cursor.checkId(resource, text);
                location.set("rsc", text);
            }
        }
        attributes(location, Ordered.map("role", "role", "$role", "role", "resource-discovery", "resource-discovery"));
        if (cursor.sees("rule")) {
            var rules = new Rules(cursor, ids);
            while (cursor.sees("rule")) {
                rules.read(location, location.get("id") + "-rule");
            }
        } else {
            Word score = cursor.peek()
                    .filter(Scores::standsIn)
                    .orElseThrow(() ->
                            cursor.unexpected("SCORE: NODE or rule", List.of("rule", "role", "resource-discovery")));
            location.set("score", score(cursor.next("a score"), score.text()));
            location.set("node", cursor.next("the name of a node").text());
        }
        end();
        return location;
    }

    Draft colocation(Place place) throws UnusableInputException {
        Draft colocation =
                new Draft("rsc_colocation", place).set("id", cursor.id().text());
        Word score = cursor.peek()
                .filter(Scores::standsIn)
                .orElseThrow(() -> cursor.unexpected("SCORE:, such as inf:", List.of()));
        colocation.set("score", score(cursor.next("a score"), score.text()));
        var sets = new ResourceSets(cursor, "role");
        List<ResourceSet> read = sets.read("");
        Optional<List<Member>> pair = pair(read);
        if (pair.isPresent()) {
            simple(colocation, "rsc", "rsc-role", pair.get().get(0));
            simple(colocation, "with-rsc", "with-rsc-role", pair.get().get(1));
        } else {
            atLeastTwo(read);
            sets.add(colocation, read, ids);
        }
        attributes(colocation, Ordered.map("node-attribute", "node-attribute"));
        end();
        return colocation;
    }

    Draft order(Place place) throws UnusableInputException {
        Draft order = new Draft("rsc_order", place).set("id", cursor.id().text());
        Optional<Word> strength = cursor.peek().filter(Scores::standsIn);
        if (strength.isPresent()) {
            Word word = cursor.next("a kind");
            String text = word.text().substring(0, word.text().length() - 1);
            String kind = KINDS.get(text.toLowerCase(Locale.ROOT));
            if (kind != null) {
                order.set("kind", kind);
            } else {
                order.set(
                        "score",
                        Scores.read(text)
                                .orElseThrow(() -> cursor.unusable(
                                        word.place(),
                                        "expected a kind or a score, found '" + text + "'",
                                        "write Mandatory:, Optional: or Serialize:")));
            }
        }
        var sets = new ResourceSets(cursor, "action");
        List<ResourceSet> read = sets.read("");
        Optional<List<Member>> pair = pair(read);
        if (pair.isPresent()) {
            simple(order, "first", "first-action", pair.get().get(0));
            simple(order, "then", "then-action", pair.get().get(1));
        } else {
            atLeastTwo(read);
            sets.add(order, read, ids);
        }
        attributes(order, Ordered.map("symmetrical", "symmetrical"));
        end();
        return order;
    }

    Draft ticket(Place place) throws UnusableInputException {
        Draft constraint = new Draft("rsc_ticket", place).set("id", cursor.id().text());
        Word ticket = cursor.peek()
                .filter(Scores::standsIn)
                .orElseThrow(() -> cursor.unexpected("TICKET: with its colon", List.of()));
        cursor.next("a ticket");
        constraint.set("ticket", ticket.text().substring(0, ticket.text().length() - 1));
        var sets = new ResourceSets(cursor, "role");
        List<ResourceSet> read = sets.read("");
        if (read.size() == 1
                && read.getFirst().members().size() == 1
                && read.getFirst().bracket().isEmpty()) {
            simple(constraint, "rsc", "rsc-role", read.getFirst().members().getFirst());
        } else {
            sets.add(constraint, read, ids);
        }
        attributes(constraint, Ordered.map("loss-policy", "loss-policy"));
        end();
        return constraint;
    }

    private static void simple(Draft constraint, String attribute, String suffixAttribute, Member member) {
        constraint.set(attribute, member.id());
        if (!member.suffix().isEmpty()) {
            constraint.set(suffixAttribute, member.suffix());
        }
    }

    /** Exactly two resources without brackets are no set. */
    private static Optional<List<Member>> pair(List<ResourceSet> sets) {
        var members = new ArrayList<Member>();
        for (ResourceSet set : sets) {
            if (!set.bracket().isEmpty()) {
                return Optional.empty();
            }
            members.addAll(set.members());
        }
        return members.size() == 2 ? Optional.of(members) : Optional.empty();
    }

    private void atLeastTwo(List<ResourceSet> sets) throws UnusableInputException {
        if (sets.size() == 1
                && sets.getFirst().members().size() == 1
                && sets.getFirst().bracket().isEmpty()) {
            throw cursor.unexpected("a second resource", List.of());
        }
    }

    /** @param names what may stand in the text, with the attribute that it becomes */
    private void attributes(Draft constraint, Map<String, String> names) throws UnusableInputException {
        while (cursor.seesPair()) {
            if (!cursor.seesPairOf(names.keySet())) {
                throw cursor.unexpected(
                        "one of "
                                + String.join(
                                        ", ", names.keySet().stream().sorted().toList()),
                        names.keySet());
            }
            Word word = cursor.next("an attribute");
            constraint.set(names.getOrDefault(word.name(), ""), word.value().orElse(""));
        }
    }

    private String score(Word word, String text) throws UnusableInputException {
        String score = text.substring(0, text.length() - 1);
        return Scores.read(score)
                .orElseThrow(() -> cursor.unusable(
                        word.place(), "expected a score, found '" + score + "'", "write a whole number or inf"));
    }

    private void end() throws UnusableInputException {
        if (!cursor.atEnd()) {
            throw cursor.unexpected("nothing more", Ordered.set());
        }
    }
}
