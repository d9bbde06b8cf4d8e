package org.ringfence.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.UnusableInputException;

/** Reads {@code node}, {@code property}, {@code rsc_defaults}, {@code op_defaults}, {@code fencing_topology} and {@code tag}. */
final class ClusterStatements {
    private static final List<String> NODE_PARTS = List.of("attributes", "utilization");
    private static final List<String> NODE_TYPES = List.of("normal", "member", "ping", "remote");

    private final Cursor cursor;
    private final Ids ids;
    private final AttributeLists lists;

    ClusterStatements(Cursor cursor, Ids ids) {
        this.cursor = cursor;
        this.ids = ids;
        this.lists = new AttributeLists(cursor, ids);
    }

    Draft node(Place place) throws UnusableInputException {
        String id = "";
        if (cursor.seesPairOf(Ordered.set("$id"))) {
            id = cursor.next("$id").value().orElse("");
        } else if (cursor.peek().filter(Scores::standsIn).isPresent()) {
            String text = cursor.next("an id").text();
            id = text.substring(0, text.length() - 1);
        }
        Word name = cursor.next("the name of a node");
        String[] parts = name.text().split(":", 2);
        Draft node =
                new Draft("node", place).set("id", id.isEmpty() ? parts[0] : id).set("uname", parts[0]);
        if (name.isPair() || parts[0].isEmpty()) {
            throw cursor.unusable(name.place(), "expected the name of a node, found '" + name.text() + "'", "");
        }
        if (parts.length == 2) {
            if (!NODE_TYPES.contains(parts[1])) {
                throw cursor.unusable(
                        name.place(),
                        "'" + parts[1] + "' is not a type of node",
                        "one of " + String.join(", ", NODE_TYPES));
            }
            node.set("type", parts[1]);
        }
        var resources = new ResourceStatements(cursor, ids);
        while (!cursor.atEnd()) {
            if (resources.readDescription(node)) {
                continue;
            }
            Word word = cursor.peek().orElseThrow();
            if (cursor.take("utilization")) {
                lists.read(node, "utilization", "nodes-" + node.get("id") + "-utilization", word.place());
            } else if (cursor.take("attributes") || word.isPair()) {
                lists.read(node, "instance_attributes", "nodes-" + node.get("id"), word.place());
            } else {
                throw cursor.unexpected("attributes, utilization or description", NODE_PARTS);
            }
        }
        return node;
    }

    /** @param defaultId the set that is meant when none is named */
    Draft set(String element, String defaultId, Place place) throws UnusableInputException {
        Draft set = new Draft(element, place);
        Word first = cursor.peek().orElseThrow(() -> cursor.unexpected("NAME=VALUE", List.of()));
        if (Scores.standsIn(first)
                && Scores.read(first.text().substring(0, first.text().length() - 1))
                        .isEmpty()) {
            cursor.next("a name");
            String id = first.text().substring(0, first.text().length() - 1);
            cursor.checkId(first, id);
            set.set("id", id);
        } else if (!cursor.seesPairOf(Ordered.set("$id"))) {
            set.set("id", defaultId);
        }
        if (!lists.readReference(set)) {
            lists.readInto(set, defaultId);
        }
        if (!cursor.atEnd()) {
            throw cursor.unexpected("NAME=VALUE", List.of("rule"));
        }
        return set;
    }

    /** @param nodes the nodes that are meant where the text names none */
    Draft fencingTopology(List<String> nodes, Place place) throws UnusableInputException {
        Draft topology = new Draft("fencing-topology", place);
        var target = new LinkedHashMap<String, String>();
        var counts = new LinkedHashMap<LinkedHashMap<String, String>, Integer>();
        while (!cursor.atEnd()) {
            Word word = cursor.next("a device");
            String text = word.text();
            if (text.startsWith("pattern:")) {
                target = new LinkedHashMap<>();
                target.put("target-pattern", text.substring("pattern:".length()));
            } else if (text.startsWith("attr:")) {
                String[] parts = text.substring("attr:".length()).split("=", 2);
                if (parts.length < 2) {
                    throw cursor.unusable(word.place(), "expected attr:NAME=VALUE, found '" + text + "'", "");
                }
                target = new LinkedHashMap<>();
                target.put("target-attribute", parts[0]);
                target.put("target-value", parts[1]);
            } else if (text.endsWith(":") && text.length() > 1) {
                target = new LinkedHashMap<>();
                target.put("target", text.substring(0, text.length() - 1));
            } else if (!target.isEmpty()) {
                level(topology, word, target, counts.merge(target, 1, Integer::sum));
            } else if (nodes.isEmpty()) {
                throw cursor.unusable(
                        word.place(), "which node '" + text + "' is for is not said", "write NODE: before the devices");
            } else {
                int index = counts.merge(target, 1, Integer::sum);
                for (String node : nodes) {
                    var one = new LinkedHashMap<String, String>();
                    one.put("target", node);
                    level(topology, word, one, index);
                }
            }
        }
        if (!topology.hasChildren()) {
            throw cursor.unexpected("the name of a fence device", List.of());
        }
        return topology;
    }

    private void level(Draft topology, Word devices, Map<String, String> target, int index)
            throws UnusableInputException {
        for (String device : devices.text().split(",", -1)) {
            cursor.checkId(devices, device);
        }
        Draft level = topology.child("fencing-level", devices.place());
        level.set("id", ids.fresh("fencing-" + String.join("-", target.values()) + "-" + index));
        target.forEach(level::set);
        level.set("index", Integer.toString(index)).set("devices", devices.text());
    }

    Draft tag(Place place) throws UnusableInputException {
        Word name = cursor.next("the name of a tag");
        String id =
                name.text().endsWith(":") ? name.text().substring(0, name.text().length() - 1) : name.text();
        cursor.checkId(name, id);
        Draft tag = new Draft("tag", place).set("id", id);
        do {
            Word member = cursor.next("the name of a resource");
            cursor.checkId(member, member.text());
            tag.child("obj_ref", member.place()).set("id", member.text());
        } while (!cursor.atEnd());
        return tag;
    }
}
