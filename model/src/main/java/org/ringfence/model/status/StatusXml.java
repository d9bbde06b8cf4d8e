package org.ringfence.model.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;

/** The {@code status} element to records and back. */
public final class StatusXml {
    private static final Set<String> RESOURCE_MEANING = new HashSet<>(List.of("id", "class", "provider", "type"));
    private static final Set<String> DIGESTS = new HashSet<>(
            List.of("op-digest", "op-restart-digest", "op-force-restart", "op-secure-digest", "op-secure-params"));
    /** What of an operation has a place of its own. */
    private static final Set<String> OPERATION_MEANING = new HashSet<>(List.of(
            "id",
            "operation_key",
            "operation",
            "interval",
            "call-id",
            "rc-code",
            "op-status",
            "last-rc-change",
            "exec-time",
            "transition-key",
            "exit-reason",
            "migrate_source",
            "migrate_target",
            "op-digest",
            "op-restart-digest",
            "op-force-restart",
            "op-secure-digest",
            "op-secure-params"));

    private final List<Problem> problems;
    /** Each agent once: the same few are named for every resource on every node. */
    private final Map<AgentName, AgentName> agents = new HashMap<>();

    private final SequencedMap<String, NodeState> nodes = new LinkedHashMap<>();
    private final List<Element> tickets = new ArrayList<>();

    /** @param problems gets a warning for each thing that was left out of account */
    public StatusXml(List<Problem> problems) {
        this.problems = problems;
    }

    public static Status read(Element status, List<Problem> problems) {
        var reading = new StatusXml(problems);
        status.children().forEach(reading::add);
        return reading.status();
    }

    /** Takes the next child of the {@code status} element. */
    public void add(Element child) {
        switch (child.name()) {
            case "node_state" -> {
                NodeState node = node(child);
                nodes.put(node.id(), node);
            }
            case "tickets" -> tickets.addAll(child.children("ticket_state"));
            case Element.COMMENT -> {}
            default ->
                problems.add(Problem.warning(
                        child.place(), child.label(), "is not known in the status; it is left out of account", ""));
        }
    }

    /** What was added so far. */
    public Status status() {
        return new Status(nodes, tickets);
    }

    private NodeState node(Element state) {
        var attributes = new LinkedHashMap<String, String>();
        var history = new LinkedHashMap<String, ResourceHistory>();
        var other = new ArrayList<Element>();
        for (Element child : state.children()) {
            switch (child.name()) {
                case "transient_attributes" -> {
                    for (Element set : child.children("instance_attributes")) {
                        for (Element pair : set.children("nvpair")) {
                            attributes.putIfAbsent(pair.attribute("name", ""), pair.attribute("value", ""));
                        }
                    }
                }
                case "lrm" -> {
                    for (Element resources : child.children("lrm_resources")) {
                        for (Element resource : resources.children("lrm_resource")) {
                            history.put(resource.id(), resource(resource));
                        }
                    }
                }
                default -> other.add(child);
            }
        }
        return new NodeState(state.id(), state.attribute("uname", ""), state.attributes(), attributes, history, other);
    }

    private ResourceHistory resource(Element resource) {
        var operations = new ArrayList<OperationRecord>();
        for (Element operation : resource.children("lrm_rsc_op")) {
            operations.add(operation(operation, resource.id()));
        }
        AgentName named = new AgentName(
                resource.attribute("class", ""), resource.attribute("provider", ""), resource.attribute("type", ""));
        AgentName agent = agents.computeIfAbsent(named, Function.identity());
        return new ResourceHistory(resource.id(), agent, others(resource, RESOURCE_MEANING), operations);
    }

    private OperationRecord operation(Element record, String resource) {
        String operation = record.attribute("operation", "");
        long interval = number(record, "interval", 0);
        return new OperationRecord(
                record.id(),
                record.attribute("operation_key").orElseGet(() -> resource + "_" + operation + "_" + interval),
                operation,
                Duration.ofMillis(interval),
                (int) number(record, "call-id", -1),
                (int) number(record, "rc-code", ExitCode.UNKNOWN.number()),
                ExecutionStatus.of((int) number(record, "op-status", ExecutionStatus.UNKNOWN.number())),
                Instant.ofEpochSecond(number(record, "last-rc-change", number(record, "last_rc_change", 0))),
                Duration.ofMillis(number(record, "exec-time", number(record, "exec_time", 0))),
                record.attribute("transition-key").orElseGet(() -> fromMagic(record.attribute("transition-magic", ""))),
                record.attribute("exit-reason", ""),
                nodeId(record, "migrate_source"),
                nodeId(record, "migrate_target"),
                Attributes.copyOf(record.attributes()).only(DIGESTS::contains),
                others(record, OPERATION_MEANING));
    }

    private static Attributes others(Element element, Set<String> understood) {
        return Attributes.copyOf(element.attributes()).only(name -> !understood.contains(name));
    }

    /** {@code STATUS:RC;KEY}. */
    private static String fromMagic(String magic) {
        return magic.substring(magic.indexOf(';') + 1);
    }

    private static Optional<NodeId> nodeId(Element record, String name) {
        return record.attribute(name).filter(NodeId::isName).map(NodeId::new);
    }

    private long number(Element record, String name, long otherwise) {
        String text = record.attributes().get(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            OptionalLong span = TimeSpan.parseMillis(text);
            if (name.equals("interval") && span.isPresent()) {
                return span.getAsLong();
            }
            problems.add(Problem.warning(
                    record.place(),
                    record.label(),
                    name + " is '" + text + "', which is not a number; " + otherwise + " is taken instead",
                    ""));
            return otherwise;
        }
    }

    public static Element write(Status status) {
        var children = new ArrayList<Element>();
        for (NodeState node : status.nodes().values()) {
            children.add(write(node));
        }
        if (!status.tickets().isEmpty()) {
            children.add(Element.of("tickets", new LinkedHashMap<>(), status.tickets()));
        }
        return Element.of("status", new LinkedHashMap<>(), children);
    }

    private static Element write(NodeState node) {
        var children = new ArrayList<Element>();
        if (!node.attributes().isEmpty()) {
            var pairs = new ArrayList<Element>();
            node.attributes()
                    .forEach((name, value) -> pairs.add(
                            element("nvpair", "id", "status-" + node.id() + "-" + name, "name", name, "value", value)));
            Element set =
                    element("instance_attributes", "id", "status-" + node.id()).withChildren(pairs);
            children.add(element("transient_attributes", "id", node.id()).withChildren(List.of(set)));
        }
        if (!node.history().isEmpty()) {
            var resources = new ArrayList<Element>();
            node.history().values().forEach(resource -> resources.add(write(resource)));
            Element list = Element.of("lrm_resources", new LinkedHashMap<>(), resources);
            children.add(element("lrm", "id", node.id()).withChildren(List.of(list)));
        }
        children.addAll(node.other());
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("id", node.id());
        if (!node.uname().isEmpty()) {
            attributes.put("uname", node.uname());
        }
        node.membership().forEach(attributes::putIfAbsent);
        return Element.of("node_state", attributes, children);
    }

    private static Element write(ResourceHistory resource) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("id", resource.resource());
        put(attributes, "class", resource.agent().standard());
        put(attributes, "provider", resource.agent().provider());
        put(attributes, "type", resource.agent().type());
        attributes.putAll(resource.other());
        var operations = new ArrayList<Element>();
        resource.operations().forEach(operation -> operations.add(write(operation)));
        return Element.of("lrm_resource", attributes, operations);
    }

    private static Element write(OperationRecord record) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("id", record.id());
        attributes.put("operation_key", record.operationKey());
        attributes.put("operation", record.operation());
        put(attributes, "transition-key", record.transitionKey());
        put(attributes, "exit-reason", record.exitReason());
        attributes.put("call-id", Integer.toString(record.callId()));
        attributes.put("rc-code", Integer.toString(record.exitCode()));
        attributes.put("op-status", Integer.toString(record.executionStatus().number()));
        attributes.put("interval", Long.toString(record.interval().toMillis()));
        if (!record.lastChange().equals(Instant.EPOCH)) {
            attributes.put("last-rc-change", Long.toString(record.lastChange().getEpochSecond()));
        }
        if (!record.executionTime().isZero()) {
            attributes.put("exec-time", Long.toString(record.executionTime().toMillis()));
        }
        record.migrateSource().ifPresent(node -> attributes.put("migrate_source", node.name()));
        record.migrateTarget().ifPresent(node -> attributes.put("migrate_target", node.name()));
        attributes.putAll(record.digests());
        attributes.putAll(record.other());
        return Element.of("lrm_rsc_op", attributes, List.of());
    }

    private static void put(SequencedMap<String, String> attributes, String name, String value) {
        if (!value.isEmpty()) {
            attributes.put(name, value);
        }
    }

    private static Element element(String name, String... pairs) {
        var attributes = new LinkedHashMap<String, String>();
        for (int index = 0; index < pairs.length; index += 2) {
            attributes.put(pairs[index], pairs[index + 1]);
        }
        return Element.of(name, attributes, List.of());
    }
}
