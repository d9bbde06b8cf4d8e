package org.ringfence.language;

import java.util.List;
import java.util.Set;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Suggestion;
import org.ringfence.model.problem.UnusableInputException;

/** Reads {@code primitive}, {@code rsc_template}, {@code group}, {@code clone}, {@code ms} and {@code monitor}. */
final class ResourceStatements {
    private static final List<String> CLASSES =
            List.of("ocf", "lsb", "systemd", "service", "stonith", "upstart", "nagios", "heartbeat");
    private static final List<String> PARTS = List.of("params", "meta", "utilization", "operations", "op");
    private static final List<String> LISTS = List.of("params", "meta");

    /** What belongs to an operation itself; all else is given to its agent. */
    static final Set<String> OPERATION_ATTRIBUTES = Ordered.set(
            "interval",
            "timeout",
            "on-fail",
            "role",
            "enabled",
            "start-delay",
            "interval-origin",
            "record-pending",
            "requires",
            "description");

    private final Cursor cursor;
    private final Ids ids;
    private final AttributeLists lists;

    ResourceStatements(Cursor cursor, Ids ids) {
        this.cursor = cursor;
        this.ids = ids;
        this.lists = new AttributeLists(cursor, ids);
    }

    /** @param element {@code primitive} or {@code template} */
    Draft primitive(String element, Place place) throws UnusableInputException {
        String id = cursor.id().text();
        Draft primitive = new Draft(element, place).set("id", id);
        Word type = cursor.next("an agent, such as ocf:heartbeat:IPaddr2");
        if (type.text().startsWith("@") && element.equals("primitive")) {
            String template = type.text().substring(1);
            cursor.checkId(type, template);
            primitive.set("template", template);
        } else {
            agent(primitive, type);
        }
        String operationsId = id;
        while (!cursor.atEnd()) {
            if (readDescription(primitive)) {
                continue;
            }
            Word word = cursor.peek().orElseThrow();
            if (word.is("operations")) {
                cursor.next("operations");
                Draft operations = primitive.child("operations", word.place());
                if (!lists.readReference(operations)) {
                    operationsId = lists.readId(operations, id + "-operations");
                }
            } else if (word.is("op")) {
                cursor.next("op");
                operation(primitive, operationsId, word.place());
            } else if (word.is("params") || isImpliedList(word)) {
                cursor.take("params");
                lists.read(primitive, "instance_attributes", id + "-instance_attributes", word.place());
            } else if (word.is("meta") || word.is("utilization")) {
                cursor.next("a list");
                String list = word.is("meta") ? "meta_attributes" : "utilization";
                lists.read(primitive, list, id + "-" + list, word.place());
            } else {
                throw cursor.unexpected("name=value, or one of " + String.join(", ", PARTS), PARTS);
            }
        }
        return primitive;
    }

    private static boolean isImpliedList(Word word) {
        return word.isPair() || (word.text().startsWith("@") && !word.quoted());
    }

    private void agent(Draft primitive, Word type) throws UnusableInputException {
        String[] parts = type.text().split(":", 2);
        if (parts.length == 1) {
            primitive.set("class", "ocf").set("provider", "heartbeat").set("type", parts[0]);
            return;
        }
        if (!CLASSES.contains(parts[0])) {
            throw cursor.unusable(
                    type.place(),
                    "'" + parts[0] + "' is not a class of agents",
                    Suggestion.nearest(parts[0], CLASSES)
                            .map(one -> "did you mean '" + one + "'?")
                            .orElse("one of " + String.join(", ", CLASSES) + " comes first, as in ocf:" + type.text()));
        }
        primitive.set("class", parts[0]);
        String rest = parts[1];
        if (parts[0].equals("ocf")) {
            int colon = rest.indexOf(':');
            primitive.set("provider", colon < 0 ? "heartbeat" : rest.substring(0, colon));
            rest = rest.substring(colon + 1);
        }
        if (rest.isEmpty()) {
            throw cursor.unusable(type.place(), "the type of agent is missing in '" + type.text() + "'", "");
        }
        primitive.set("type", rest);
    }

    private void operation(Draft primitive, String operationsId, Place place) throws UnusableInputException {
        Word name = cursor.next("an operation, such as monitor");
        if (name.isPair()) {
            throw cursor.unusable(
                    name.place(),
                    "expected an operation, found '" + name.text() + "'",
                    "write for example op monitor " + name.text());
        }
        Draft operations = primitive.only("operations", place);
        Draft operation = operations.child("op", place).set("id", "").set("name", name.text());
        Draft parameters = new Draft("instance_attributes", place);
        while (cursor.seesPair()) {
            Word word = cursor.next("a pair");
            if (OPERATION_ATTRIBUTES.contains(word.name())) {
                operation.set(word.name(), word.value().orElse(""));
            } else {
                Draft pair = parameters.child("nvpair", word.place());
                pair.set("id", "")
                        .set("name", word.name())
                        .set("value", word.value().orElse(""));
            }
        }
        if (!operation.has("interval")) {
            operation.set("interval", "0");
        }
        String id = ids.fresh(operationsId + "-" + name.text() + "-" + operation.get("interval"));
        operation.set("id", id);
        if (parameters.hasChildren()) {
            parameters.set("id", ids.fresh(id + "-instance_attributes"));
            parameters
                    .children()
                    .forEach(pair -> pair.set("id", ids.fresh(parameters.get("id") + "-" + pair.get("name"))));
            operation.add(parameters);
        }
        while (cursor.sees("op_params") || cursor.sees("op_meta")) {
            Word list = cursor.next("a list");
            String element = list.is("op_meta") ? "meta_attributes" : "instance_attributes";
            lists.read(operation, element, id + "-" + element, list.place());
        }
    }

    Draft group(Place place) throws UnusableInputException {
        Draft group = new Draft("group", place).set("id", cursor.id().text());
        do {
            member(group, "the name of a primitive");
        } while (!cursor.atEnd() && !cursor.seesPair() && !cursor.seesOneOf(LISTS));
        metaAndParams(group);
        return group;
    }

    /** @param element {@code clone} or {@code master} */
    Draft clone(String element, Place place) throws UnusableInputException {
        Draft clone = new Draft(element, place).set("id", cursor.id().text());
        Draft member = new Draft("", place);
        member(member, "the name of a primitive or a group");
        metaAndParams(clone);
        // A CIB has a clone's lists before what is cloned.
        member.children().forEach(clone::add);
        return clone;
    }

    void member(Draft parent, String expected) throws UnusableInputException {
        if (cursor.seesPair() || cursor.seesOneOf(LISTS)) {
            throw cursor.unexpected(expected, List.of());
        }
        Word member = cursor.next(expected);
        cursor.checkId(member, member.text());
        parent.child(Definitions.MEMBER, member.place()).set("id", member.text());
    }

    /** Descriptions, meta attributes and parameters up to the end of the statement. */
    void metaAndParams(Draft resource) throws UnusableInputException {
        String id = resource.get("id");
        while (!cursor.atEnd()) {
            if (readDescription(resource)) {
                continue;
            }
            if (!cursor.seesOneOf(LISTS)) {
                throw cursor.unexpected("meta, params or description", LISTS);
            }
            Word list = cursor.next("a list");
            String element = list.is("meta") ? "meta_attributes" : "instance_attributes";
            lists.read(resource, element, id + "-" + element, list.place());
        }
    }

    boolean readDescription(Draft element) throws UnusableInputException {
        if (!cursor.seesPairOf(Ordered.set("description"))) {
            return false;
        }
        element.set("description", cursor.next("a description").value().orElse(""));
        return true;
    }

    /** Reads {@code RESOURCE[:ROLE] INTERVAL[:TIMEOUT]}: an operation for a primitive that is defined elsewhere. */
    Draft monitor(Place place) throws UnusableInputException {
        Word resource = cursor.next("the name of a primitive");
        String[] names = resource.text().split(":", 2);
        cursor.checkId(resource, names[0]);
        String[] times = cursor.next("an interval").text().split(":", 2);
        if (!cursor.atEnd()) {
            throw cursor.unexpected("nothing more", List.of());
        }
        Draft operation = new Draft("op", place)
                .set("id", ids.fresh(names[0] + "-monitor-" + times[0]))
                .set("name", "monitor")
                .set("interval", times[0]);
        if (times.length == 2) {
            operation.set("timeout", times[1]);
        }
        if (names.length == 2) {
            operation.set("role", names[1]);
        }
        Draft monitor = new Draft(Definitions.MONITOR, place).set("id", names[0]);
        monitor.add(operation);
        return monitor;
    }
}
