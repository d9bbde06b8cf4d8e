package org.ringfence.model.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.value.Score;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlReader;
import org.ringfence.model.xml.XmlWriter;

/** {@code transition_graph} documents: one action a synapse, triggers name the actions waited for. */
public final class GraphXml {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_:][-A-Za-z0-9._:]*");

    private GraphXml() {}

    public static String write(TransitionGraph graph) {
        var text = new StringBuilder();
        write(graph, text::append);
        return text.toString();
    }

    /** The same text piece by piece: the graph of a large cluster that starts is some hundred megabytes. */
    public static void write(TransitionGraph graph, Consumer<String> taker) {
        Map<Integer, GraphAction> byId = new HashMap<>();
        graph.synapses().forEach(synapse -> byId.put(synapse.action().id(), synapse.action()));
        XmlWriter.write(
                Element.of("transition_graph", graph.attributes(), List.of()),
                graph.synapses().stream().map(synapse -> synapse(synapse, byId)).iterator(),
                taker);
    }

    private static Element synapse(Synapse synapse, Map<Integer, GraphAction> byId) {
        var attributes = attributes("id", Integer.toString(synapse.id()));
        if (synapse.priority() > 0) {
            attributes.put("priority", Integer.toString(synapse.priority()));
        }
        var triggers = new ArrayList<Element>();
        for (int input : synapse.inputs()) {
            GraphAction before = byId.get(input);
            if (before == null) {
                throw new IllegalStateException(
                        "synapse " + synapse.id() + " waits for " + input + ", which is not in the graph");
            }
            triggers.add(Element.of("trigger", Attributes.NONE, List.of(reference(before))));
        }
        return Element.of(
                "synapse",
                attributes,
                List.of(
                        Element.of("action_set", Attributes.NONE, List.of(action(synapse.action()))),
                        Element.of("inputs", Attributes.NONE, triggers)));
    }

    private static Element action(GraphAction action) {
        var children = new ArrayList<Element>();
        switch (action) {
            case GraphAction.ResourceAction resource -> children.add(primitive(resource.resource()));
            case GraphAction.ClusterAction cluster ->
                cluster.resource().ifPresent(resource -> children.add(primitive(resource)));
            case GraphAction.PseudoAction _ -> {}
        }
        children.add(attributes(action.attributes()));
        return reference(action).withChildren(children);
    }

    /** A name that XML does not allow for an attribute is written as a {@code param} below instead. */
    private static Element attributes(SequencedMap<String, String> attributes) {
        var plain = new LinkedHashMap<String, String>();
        var others = new ArrayList<Element>();
        attributes.forEach((name, value) -> {
            if (NAME.matcher(name).matches()) {
                plain.put(name, value);
            } else {
                others.add(Element.of("param", attributes("name", name, "value", value), List.of()));
            }
        });
        return Element.of("attributes", plain, others);
    }

    private static SequencedMap<String, String> readAttributes(Element attributes) {
        List<Element> others = attributes.children("param");
        if (others.isEmpty()) {
            return attributes.attributes();
        }
        var all = new LinkedHashMap<>(attributes.attributes());
        others.forEach(param -> all.put(param.attribute("name", ""), param.attribute("value", "")));
        return all;
    }

    private static Element reference(GraphAction action) {
        var attributes = attributes(
                "id",
                Integer.toString(action.id()),
                "operation",
                action.operation(),
                "operation_key",
                action.operationKey());
        String name = switch (action) {
            case GraphAction.ResourceAction resource -> {
                node(attributes, resource.node(), resource.nodeUuid(), resource.router());
                yield "rsc_op";
            }
            case GraphAction.ClusterAction cluster -> {
                node(attributes, cluster.node(), cluster.nodeUuid(), cluster.router());
                yield "crm_event";
            }
            case GraphAction.PseudoAction pseudo -> {
                pseudo.node().ifPresent(node -> node(attributes, node, pseudo.nodeUuid(), Optional.empty()));
                yield "pseudo_event";
            }
        };
        return Element.of(name, attributes, List.of());
    }

    private static void node(
            SequencedMap<String, String> attributes, NodeId node, String uuid, Optional<NodeId> router) {
        attributes.put("on_node", node.name());
        attributes.put("on_node_uuid", uuid);
        router.ifPresent(via -> attributes.put("router_node", via.name()));
    }

    private static Element primitive(GraphAction.ResourceName resource) {
        var attributes = attributes("id", resource.id());
        resource.longId().ifPresent(longId -> attributes.put("long-id", longId));
        attributes.put("class", resource.agent().standard());
        if (!resource.agent().provider().isEmpty()) {
            attributes.put("provider", resource.agent().provider());
        }
        attributes.put("type", resource.agent().type());
        return Element.of("primitive", attributes, List.of());
    }

    /** @throws UnusableInputException when the text is not a transition graph */
    public static TransitionGraph read(String text, String file) throws UnusableInputException {
        Element root = XmlReader.read(text, file);
        if (!root.name().equals("transition_graph")) {
            throw new UnusableInputException(Problem.error(
                    root.place(), root.label(), "is not a transition graph", "it must begin with <transition_graph>"));
        }
        var synapses = new ArrayList<Synapse>();
        for (Element synapse : root.children("synapse")) {
            var inputs = new ArrayList<Integer>();
            for (Element list : synapse.children("inputs")) {
                for (Element trigger : list.children("trigger")) {
                    for (Element before : trigger.children()) {
                        inputs.add(Score.parse(before.id(), -1));
                    }
                }
            }
            Element action = synapse.child("action_set")
                    .flatMap(set -> set.children().stream().findFirst())
                    .orElseThrow(() -> missing(synapse, "the action"));
            synapses.add(new Synapse(
                    Score.parse(synapse.id(), 0),
                    Score.parse(synapse.attribute("priority", "0"), 0),
                    readAction(action),
                    inputs));
        }
        return new TransitionGraph(root.attributes(), synapses);
    }

    private static GraphAction readAction(Element element) throws UnusableInputException {
        int id = Score.parse(element.id(), 0);
        String operation = element.attribute("operation", "");
        String key = element.attribute("operation_key", "");
        String uuid = element.attribute("on_node_uuid", "");
        SequencedMap<String, String> attributes =
                element.child("attributes").map(GraphXml::readAttributes).orElse(Attributes.NONE);
        Optional<NodeId> node =
                element.attribute("on_node").filter(NodeId::isName).map(NodeId::new);
        Optional<NodeId> router =
                element.attribute("router_node").filter(NodeId::isName).map(NodeId::new);
        Optional<GraphAction.ResourceName> resource = element.child("primitive").map(GraphXml::readName);
        return switch (element.name()) {
            case "rsc_op" ->
                new GraphAction.ResourceAction(
                        id,
                        operation,
                        key,
                        node.orElseThrow(() -> missing(element, "on_node")),
                        uuid,
                        router,
                        resource.orElseThrow(() -> missing(element, "primitive")),
                        attributes);
            case "crm_event" ->
                new GraphAction.ClusterAction(
                        id,
                        operation,
                        key,
                        node.orElseThrow(() -> missing(element, "on_node")),
                        uuid,
                        router,
                        resource,
                        attributes);
            case "pseudo_event" -> new GraphAction.PseudoAction(id, operation, key, node, uuid, attributes);
            default ->
                throw new UnusableInputException(
                        Problem.error(element.place(), element.label(), "is not a kind of action that is known", ""));
        };
    }

    private static GraphAction.ResourceName readName(Element primitive) {
        return new GraphAction.ResourceName(
                primitive.id(),
                primitive.attribute("long-id"),
                new AgentName(
                        primitive.attribute("class", ""),
                        primitive.attribute("provider", ""),
                        primitive.attribute("type", "")));
    }

    private static UnusableInputException missing(Element element, String what) {
        return new UnusableInputException(Problem.error(element.place(), element.label(), what + " is missing", ""));
    }

    private static SequencedMap<String, String> attributes(String... pairs) {
        var attributes = new LinkedHashMap<String, String>();
        for (int index = 0; index < pairs.length; index += 2) {
            attributes.put(pairs[index], pairs[index + 1]);
        }
        return attributes;
    }
}
