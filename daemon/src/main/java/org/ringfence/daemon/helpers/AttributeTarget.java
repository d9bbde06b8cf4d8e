package org.ringfence.daemon.helpers;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.model.cib.ConfiguredNode;
import org.ringfence.model.xml.Element;

/** Where an attribute is kept: how it is read there, and how it is set. */
sealed interface AttributeTarget {
    /** As {@code crm_attribute} calls it in what it prints. */
    String scope();

    Optional<String> value(Cluster cluster, Known known, String name);

    Said set(Cluster cluster, Known known, String name, Optional<String> value) throws InterruptedException;

    /** With a node's status: gone when the node goes. */
    record UntilReboot(ConfiguredNode node, Duration after) implements AttributeTarget {
        @Override
        public String scope() {
            return "status";
        }

        @Override
        public Optional<String> value(Cluster cluster, Known known, String name) {
            return cluster.waiting(node.name(), name)
                    .map(Cluster.Waiting::value)
                    .orElseGet(() -> known.transientAttribute(node, name));
        }

        @Override
        public Said set(Cluster cluster, Known known, String name, Optional<String> value) throws InterruptedException {
            if (after.isZero() && value.equals(value(cluster, known, name))) {
                return Said.NOTHING;
            }
            return cluster.set(node.name(), name, value, after);
        }
    }

    /** In the configuration of a node. */
    record Forever(ConfiguredNode node) implements AttributeTarget {
        @Override
        public String scope() {
            return "nodes";
        }

        @Override
        public Optional<String> value(Cluster cluster, Known known, String name) {
            return Known.value(node.attributes(), name);
        }

        @Override
        public Said set(Cluster cluster, Known known, String name, Optional<String> value) throws InterruptedException {
            return cluster.change(
                    List.of(new Edit.SetNodeAttribute(node.name(), name, value.orElse(""))), "attribute " + name);
        }
    }

    /** What a node has to offer to resources, in its configuration. */
    record Utilization(ConfiguredNode node) implements AttributeTarget {
        @Override
        public String scope() {
            return "nodes";
        }

        @Override
        public Optional<String> value(Cluster cluster, Known known, String name) {
            return Known.value(node.utilization(), name);
        }

        @Override
        public Said set(Cluster cluster, Known known, String name, Optional<String> value) throws InterruptedException {
            Optional<Element> element = Pairs.byId(Pairs.section(known.cib(), "nodes"), node.id());
            if (element.isEmpty()) {
                return Said.failed(Said.NO_SUCH, "node " + node.name() + " is not configured");
            }
            Element changed =
                    Pairs.with(element.get(), "utilization", "nodes-" + node.id() + "-utilization", name, value);
            return cluster.change(
                    List.of(new Edit.OnlyIfStill(known.cib().version()), new Edit.Put("nodes", changed)),
                    "utilization " + name + " of " + node.name());
        }
    }

    /**
     * In a section of the configuration that is one for the whole cluster.
     *
     * @param section {@code crm_config}, {@code rsc_defaults}, {@code op_defaults}
     * @param setId   empty for any set when reading, for the usual one when writing
     */
    record Section(String section, String kind, Optional<String> setId, String usualSet) implements AttributeTarget {
        @Override
        public String scope() {
            return section;
        }

        @Override
        public Optional<String> value(Cluster cluster, Known known, String name) {
            Optional<String> written = Pairs.value(Pairs.section(known.cib(), section), kind, setId, name);
            return written.isPresent() || !section.equals("crm_config")
                    ? written
                    : known.cib().property(name);
        }

        @Override
        public Said set(Cluster cluster, Known known, String name, Optional<String> value) throws InterruptedException {
            Element before = Pairs.section(known.cib(), section);
            Element after = Pairs.with(before, kind, setId.orElse(usualSet), name, value);
            List<Edit> puts = after.children().stream()
                    .filter(set -> !before.children().contains(set))
                    .<Edit>map(set -> new Edit.Put(section, set))
                    .toList();
            if (puts.isEmpty()) {
                return Said.NOTHING;
            }
            var edits = new java.util.ArrayList<Edit>();
            edits.add(new Edit.OnlyIfStill(known.cib().version()));
            edits.addAll(puts);
            return cluster.change(edits, section + " " + name);
        }
    }
}
