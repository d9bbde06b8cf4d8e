package org.ringfence.language;

import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.UnusableInputException;

/**
 * Reads attribute lists: {@code [$id=ID] [SCORE:] [rule ...] NAME=VALUE ...}, or {@code $id-ref=ID}.
 *
 * <p>{@code $NAME=VALUE} and {@code $ID:NAME=VALUE} give a pair an id; {@code @ID} and {@code @ID:NAME} refer to such a pair.
 */
final class AttributeLists {
    private final Cursor cursor;
    private final Ids ids;

    AttributeLists(Cursor cursor, Ids ids) {
        this.cursor = cursor;
        this.ids = ids;
    }

    /**
     * Reads one list into a new child of {@code parent}.
     *
     * @param element  {@code instance_attributes}, {@code meta_attributes}, ...
     * @param wantedId the list's id where the text gives none
     */
    void read(Draft parent, String element, String wantedId, Place place) throws UnusableInputException {
        Draft list = parent.child(element, place);
        if (!readReference(list)) {
            readInto(list, wantedId);
        }
    }

    /** Reads {@code $id-ref=ID} if it stands here. */
    boolean readReference(Draft into) throws UnusableInputException {
        if (!cursor.seesPairOf(Ordered.set("$id-ref"))) {
            return false;
        }
        Word reference = cursor.next("$id-ref");
        into.set("id-ref", checked(reference, reference.value().orElse("")));
        return true;
    }

    /** Reads {@code $id=ID} if it stands here, else takes {@code wantedId}. */
    String readId(Draft into, String wantedId) throws UnusableInputException {
        String id;
        if (cursor.seesPairOf(Ordered.set("$id"))) {
            Word word = cursor.next("$id");
            id = checked(word, word.value().orElse(""));
        } else {
            id = ids.fresh(wantedId);
        }
        into.set("id", id);
        return id;
    }

    void readInto(Draft list, String wantedId) throws UnusableInputException {
        String id = list.has("id") ? list.get("id") : readId(list, wantedId);
        if (cursor.peek().filter(Scores::standsIn).isPresent()) {
            Word word = cursor.next("a score");
            String score = word.text().substring(0, word.text().length() - 1);
            list.set(
                    "score",
                    Scores.read(score)
                            .orElseThrow(() -> cursor.unusable(
                                    word.place(), "'" + score + "' is not a score", "write a whole number or inf")));
        }
        var rules = new Rules(cursor, ids);
        while (cursor.sees("rule")) {
            rules.read(list, id + "-rule");
        }
        pairs(list, id);
    }

    private void pairs(Draft list, String listId) throws UnusableInputException {
        while (!cursor.atEnd()) {
            Word word = cursor.peek().orElseThrow();
            if (word.text().startsWith("@") && !word.quoted()) {
                cursor.next("a reference");
                reference(list, word);
            } else if (word.isPair()) {
                cursor.next("a pair");
                pair(list, listId, word);
            } else {
                return;
            }
        }
    }

    private void reference(Draft list, Word word) throws UnusableInputException {
        String[] parts = word.text().substring(1).split(":", 2);
        Draft pair = list.child("nvpair", word.place()).set("id-ref", checked(word, parts[0]));
        if (parts.length == 2) {
            pair.set("name", parts[1]);
        }
    }

    private void pair(Draft list, String listId, Word word) throws UnusableInputException {
        String name = word.name();
        Draft pair = list.child("nvpair", word.place());
        if (name.startsWith("$")) {
            String[] parts = name.substring(1).split(":", 2);
            name = parts.length == 2 ? parts[1] : parts[0];
            pair.set("id", checked(word, parts[0]));
        } else {
            pair.set("id", ids.fresh(listId + "-" + name));
        }
        pair.set("name", name).set("value", word.value().orElse(""));
    }

    private String checked(Word word, String id) throws UnusableInputException {
        cursor.checkId(word, id);
        return id;
    }
}
