package org.ringfence.language;

import java.util.List;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.UnusableInputException;

/**
 * Reads {@code alert ID PATH [attributes ...] [meta ...] [select KIND ...] [to RECIPIENT [attributes ...] [meta ...]] ...}. What
 * follows a recipient is the recipient's; braces around it end that.
 */
final class AlertStatement {
    private static final List<String> LISTS = List.of("attributes", "meta");
    private static final List<String> PARTS = List.of("attributes", "meta", "select", "to");
    private static final List<String> KINDS = List.of("nodes", "fencing", "resources", "attributes");

    private final Cursor cursor;
    private final Ids ids;
    private final AttributeLists lists;

    AlertStatement(Cursor cursor, Ids ids) {
        this.cursor = cursor;
        this.ids = ids;
        this.lists = new AttributeLists(cursor, ids);
    }

    Draft read(Place place) throws UnusableInputException {
        Draft alert = new Draft("alert", place).set("id", cursor.id().text());
        alert.set("path", cursor.next("the path of a program").text());
        if (cursor.seesPairOf(Ordered.set("description"))) {
            alert.set("description", cursor.next("a description").value().orElse(""));
        }
        int recipients = 0;
        while (!cursor.atEnd()) {
            if (cursor.seesOneOf(LISTS)) {
                list(alert);
            } else if (cursor.take("select")) {
                select(alert, place);
            } else if (cursor.take("to")) {
                recipients++;
                recipient(alert, recipients);
            } else {
                throw cursor.unexpected("one of " + String.join(", ", PARTS), PARTS);
            }
        }
        return alert;
    }

    private void list(Draft parent) throws UnusableInputException {
        Word list = cursor.next("a list");
        String element = list.is("meta") ? "meta_attributes" : "instance_attributes";
        lists.read(parent, element, parent.get("id") + "-" + element, list.place());
    }

    private void recipient(Draft alert, int number) throws UnusableInputException {
        boolean braces = cursor.take("{");
        Word value = cursor.next("a recipient");
        Draft recipient = alert.child("recipient", value.place());
        new AttributeLists(cursor, ids).readId(recipient, alert.get("id") + "-recipient-" + number);
        recipient.set("value", value.text());
        while (cursor.seesOneOf(LISTS)) {
            list(recipient);
        }
        if (braces && !cursor.take("}")) {
            throw cursor.unexpected("'}'", List.of("}", "attributes", "meta"));
        }
    }

    private void select(Draft alert, Place place) throws UnusableInputException {
        Draft select = alert.only("select", place);
        if (!cursor.seesOneOf(KINDS)) {
            throw cursor.unexpected("one of " + String.join(", ", KINDS), KINDS);
        }
        while (cursor.seesOneOf(KINDS)) {
            Word kind = cursor.next("a kind");
            if (kind.is("attributes") && !cursor.sees("{") && cursor.seesPair()) {
                // Not what is selected, but the alert's own attributes.
                lists.read(alert, "instance_attributes", alert.get("id") + "-instance_attributes", kind.place());
                return;
            }
            Draft chosen = select.child("select_" + kind.text(), kind.place());
            if (kind.is("attributes") && cursor.take("{")) {
                while (!cursor.take("}")) {
                    Word name = cursor.next("the name of an attribute, or '}'");
                    chosen.child("attribute", name.place())
                            .set("id", ids.fresh(alert.get("id") + "-" + name.text()))
                            .set("name", name.text());
                }
            }
        }
    }
}
