package org.ringfence.language;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.UnusableInputException;

/** Reads {@code bundle ID docker|podman|rkt ... [network ...] [storage ...] [primitive ID] [meta ...]}. */
final class BundleStatement {
    private static final Set<String> CONTAINERS = Ordered.set("docker", "podman", "rkt");
    private static final List<String> PARTS = List.of(
            "docker",
            "podman",
            "rkt",
            "network",
            "port-mapping",
            "storage",
            "storage-mapping",
            "primitive",
            "meta",
            "params");
    private static final Map<String, String> PARENTS =
            Ordered.map("port-mapping", "network", "storage-mapping", "storage");

    private final Cursor cursor;
    private final Ids ids;

    BundleStatement(Cursor cursor, Ids ids) {
        this.cursor = cursor;
        this.ids = ids;
    }

    Draft read(Place place) throws UnusableInputException {
        Draft bundle = new Draft("bundle", place).set("id", cursor.id().text());
        var resources = new ResourceStatements(cursor, ids);
        if (!cursor.seesOneOf(CONTAINERS)) {
            throw cursor.unexpected("docker, podman or rkt", CONTAINERS);
        }
        while (cursor.seesOneOf(PARTS) && !cursor.sees("meta") && !cursor.sees("params")) {
            Word part = cursor.next("a part");
            if (part.is("primitive")) {
                resources.member(bundle, "the name of a primitive");
            } else if (PARENTS.containsKey(part.text())) {
                mapping(bundle, part);
            } else {
                attributes(bundle.only(part.text(), part.place()));
            }
        }
        if (!cursor.atEnd() && !cursor.seesOneOf(PARTS) && !cursor.seesPairOf(Ordered.set("description"))) {
            throw cursor.unexpected("one of " + String.join(", ", PARTS), PARTS);
        }
        resources.metaAndParams(bundle);
        return bundle;
    }

    private void mapping(Draft bundle, Word part) throws UnusableInputException {
        Draft parent = bundle.only(PARENTS.getOrDefault(part.text(), ""), part.place());
        Draft mapping = parent.child(part.text(), part.place());
        attributes(mapping);
        if (!mapping.has("id")) {
            mapping.set("id", ids.fresh(bundle.get("id") + "-" + part.text()));
        }
    }

    private void attributes(Draft element) throws UnusableInputException {
        while (cursor.seesPair()) {
            if (cursor.seesPairOf(Ordered.set("description"))) {
                return;
            }
            Word word = cursor.next("a pair");
            String name = word.name().equals("$id") ? "id" : word.name();
            element.set(name, word.value().orElse(""));
        }
    }
}
