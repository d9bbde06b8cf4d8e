package org.ringfence.language;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ringfence.model.problem.UnusableInputException;

/**
 * Reads rules: {@code rule [$id=ID] [$role=ROLE] [SCORE:] CONDITION [and CONDITION ...]}, or {@code rule $id-ref=ID}. A rule without
 * a score counts as one of infinity. A score that is no number is a node attribute whose value is the score.
 */
final class Rules {
    static final List<String> COMPARISONS = List.of("lt", "gt", "lte", "gte", "eq", "ne");
    static final List<String> TYPES = List.of("string", "number", "integer", "version");

    /** The units of a {@code date_spec} or {@code duration}. */
    static final Set<String> UNITS = Ordered.set(
            "seconds",
            "minutes",
            "hours",
            "monthdays",
            "weekdays",
            "yeardays",
            "yearsdays",
            "months",
            "weeks",
            "years",
            "weekyears",
            "days",
            "moon");

    private static final List<String> DATE_OPERATIONS = List.of("lt", "gt", "in", "in_range", "spec", "date_spec");

    private final Cursor cursor;
    private final Ids ids;

    Rules(Cursor cursor, Ids ids) {
        this.cursor = cursor;
        this.ids = ids;
    }

    void read(Draft parent, String wantedId) throws UnusableInputException {
        Word keyword = cursor.next("rule");
        Draft rule = parent.child("rule", keyword.place());
        var lists = new AttributeLists(cursor, ids);
        if (lists.readReference(rule)) {
            return;
        }
        String id = lists.readId(rule, wantedId);
        if (cursor.seesPairOf(Ordered.set("$role", "role"))) {
            rule.set("role", cursor.next("a role").value().orElse(""));
        }
        readScore(rule);
        String joint = "";
        do {
            condition(rule, id);
            Optional<Word> next = cursor.peek().filter(word -> word.is("and") || word.is("or"));
            if (next.isEmpty()) {
                break;
            }
            if (!joint.isEmpty() && !next.get().is(joint)) {
                throw cursor.unusable(
                        next.get().place(),
                        "'and' and 'or' are mixed in one rule",
                        "write two rules, or an xml statement with a rule inside the rule");
            }
            joint = cursor.next("and").text();
        } while (true);
        if (joint.equals("or")) {
            rule.set("boolean-op", "or");
        }
    }

    private void readScore(Draft rule) throws UnusableInputException {
        if (cursor.peek().filter(Scores::standsIn).isEmpty()) {
            rule.set("score", "INFINITY");
            return;
        }
        String written = cursor.next("a score").text();
        String score = written.substring(0, written.length() - 1);
        Optional<String> number = Scores.read(score);
        rule.set(number.isPresent() ? "score" : "score-attribute", number.orElse(score));
    }

    private void condition(Draft rule, String ruleId) throws UnusableInputException {
        Word first = cursor.next("a condition");
        String id = ids.fresh(ruleId + "-expression");
        if (first.is("date")) {
            date(rule.child("date_expression", first.place()).set("id", id), id);
            return;
        }
        Draft expression = rule.child("expression", first.place()).set("id", id);
        if (first.is("defined") || first.is("not_defined")) {
            expression
                    .set(
                            "attribute",
                            cursor.next("the name of a node attribute").text())
                    .set("operation", first.text());
            return;
        }
        Word comparison = cursor.peek()
                .filter(word -> COMPARISONS.contains(comparison(word.text())))
                .orElseThrow(() -> cursor.unexpected("one of " + String.join(", ", COMPARISONS), COMPARISONS));
        cursor.next("a comparison");
        int colon = comparison.text().indexOf(':');
        expression.set("attribute", first.text()).set("operation", comparison(comparison.text()));
        if (colon > 0) {
            String type = comparison.text().substring(0, colon);
            if (!TYPES.contains(type)) {
                throw cursor.unusable(
                        comparison.place(),
                        "'" + type + "' is not a type",
                        "one of " + String.join(", ", TYPES) + " stands before the colon");
            }
            expression.set("type", type);
        }
        expression.set("value", cursor.next("a value to compare with").text());
    }

    private static String comparison(String text) {
        return text.substring(text.indexOf(':') + 1);
    }

    private void date(Draft date, String id) throws UnusableInputException {
        if (!cursor.seesOneOf(DATE_OPERATIONS)) {
            throw cursor.unexpected("one of lt, gt, in, spec", DATE_OPERATIONS);
        }
        switch (cursor.next("lt, gt, in or spec").text()) {
            case "lt" ->
                date.set("operation", "lt").set("end", cursor.next("a date").text());
            case "gt" ->
                date.set("operation", "gt").set("start", cursor.next("a date").text());
            case "in", "in_range" -> {
                date.set("operation", "in_range");
                while (cursor.seesPairOf(Ordered.set("start", "end"))) {
                    Word word = cursor.next("start or end");
                    date.set(word.name(), word.value().orElse(""));
                }
                if (cursor.seesPairOf(UNITS)) {
                    units(date, "duration", id);
                }
                if (!date.has("start") && !date.has("end")) {
                    throw cursor.unexpected("start=DATE or end=DATE", List.of("start", "end"));
                }
            }
            default -> {
                date.set("operation", "date_spec");
                if (!cursor.seesPairOf(UNITS)) {
                    throw cursor.unexpected("hours=RANGE, weekdays=RANGE or the like", UNITS);
                }
                units(date, "date_spec", id);
            }
        }
    }

    private void units(Draft date, String element, String id) throws UnusableInputException {
        Draft units = date.child(element, cursor.peek().orElseThrow().place()).set("id", ids.fresh(id + "-" + element));
        while (cursor.seesPairOf(UNITS)) {
            Word word = cursor.next("a unit");
            units.set(word.name(), word.value().orElse(""));
        }
    }
}
