package org.ringfence.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.UnusableInputException;

/** Reads {@code role}, {@code user}, {@code acl_target} and {@code acl_group}: who may do what. */
final class AccessStatements {
    private static final List<String> RIGHTS = List.of("read", "write", "deny");

    private final Cursor cursor;
    private final Ids ids;

    AccessStatements(Cursor cursor, Ids ids) {
        this.cursor = cursor;
        this.ids = ids;
    }

    Draft role(Place place) throws UnusableInputException {
        Draft role = new Draft("acl_role", place).set("id", cursor.id().text());
        if (cursor.atEnd()) {
            throw cursor.unexpected("read, write or deny", RIGHTS);
        }
        for (int number = 0; !cursor.atEnd(); number++) {
            Word right = right();
            Draft permission = role.child("acl_permission", right.place())
                    .set("id", ids.fresh(role.get("id") + "-" + number))
                    .set("kind", right.text());
            what(permission, "reference", "object-type");
        }
        return role;
    }

    private Word right() throws UnusableInputException {
        if (!cursor.seesOneOf(RIGHTS)) {
            throw cursor.unexpected("read, write or deny", RIGHTS);
        }
        return cursor.next("a right");
    }

    /** Users as they were before there were targets: with roles, or with rights of their own. */
    Draft user(Place place) throws UnusableInputException {
        Draft user = new Draft("acl_user", place)
                .set("id", cursor.next("the name of a user").text());
        while (!cursor.atEnd()) {
            Word word = cursor.peek().orElseThrow();
            if (word.text().startsWith("role:")) {
                cursor.next("a role");
                user.child("role_ref", word.place()).set("id", word.text().substring("role:".length()));
            } else {
                Word right = right();
                Draft permission = user.child(right.text().toLowerCase(Locale.ROOT), right.place())
                        .set("id", ids.fresh(user.get("id") + "-" + right.text()));
                what(permission, "ref", "tag");
            }
        }
        return user;
    }

    /** @param element {@code acl_target} or {@code acl_group} */
    Draft target(String element, Place place) throws UnusableInputException {
        Draft target = new Draft(element, place).set("id", cursor.next("a name").text());
        while (!cursor.atEnd()) {
            Word role = cursor.next("a role");
            cursor.checkId(role, role.text());
            target.child("role", role.place()).set("id", role.text());
        }
        return target;
    }

    private void what(Draft permission, String reference, String type) throws UnusableInputException {
        Word first = cursor.next("what it is about, such as ref:ID, tag:NAME, xpath:PATH or status");
        var found = new LinkedHashMap<String, String>();
        if (!part(found, first, reference, type)) {
            found.put(
                    "xpath",
                    AccessPaths.read(first.text())
                            .orElseThrow(() -> cursor.unusable(
                                    first.place(),
                                    "'" + first.text() + "' is not known as something to have rights on",
                                    "write ref:ID, tag:NAME, xpath:PATH, or one of "
                                            + String.join(", ", AccessPaths.SHORTCUTS))));
        }
        while (cursor.peek().filter(word -> isPart(word)).isPresent()) {
            part(found, cursor.next("a part"), reference, type);
        }
        found.forEach(permission::set);
    }

    private static boolean isPart(Word word) {
        String text = word.text();
        return text.startsWith("ref:")
                || text.startsWith("reference:")
                || text.startsWith("tag:")
                || text.startsWith("type:")
                || text.startsWith("attr:")
                || text.startsWith("attribute:");
    }

    private static boolean part(Map<String, String> found, Word word, String reference, String type) {
        String text = word.text();
        int colon = text.indexOf(':');
        Optional<String> attribute = switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "ref", "reference" -> Optional.of(reference);
            case "tag", "type" -> Optional.of(type);
            case "attr", "attribute" -> Optional.of("attribute");
            case "xpath" -> Optional.of("xpath");
            default -> Optional.empty();
        };
        attribute.ifPresent(name -> found.put(name, text.substring(colon + 1)));
        return attribute.isPresent();
    }
}
