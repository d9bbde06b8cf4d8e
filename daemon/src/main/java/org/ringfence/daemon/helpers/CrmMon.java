package org.ringfence.daemon.helpers;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.api.status.Role;
import org.ringfence.model.cib.ConfiguredNode;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlWriter;

/**
 * {@code crm_mon -1}: the cluster's state once, as XML. Agents search it with patterns that count on the order of the attributes,
 * which is Pacemaker's.
 */
final class CrmMon {
    private static final Grammar GRAMMAR = Grammar.of(
            "1:one-shot",
            "X:as-xml",
            ":output-as=",
            ":output-to=",
            "r:inactive",
            "n:group-by-node",
            "N:brief",
            "b:brief-too",
            "A:show-node-attributes",
            "R:show-detail",
            "f:failcounts",
            "o:operations",
            "t:timing-details",
            "D:hide-headers",
            "Q:quiet",
            "V:verbose",
            "s:simple-status",
            ":include=",
            ":exclude=",
            ":node=",
            ":resource=");

    private CrmMon() {}

    static Said run(Known known, List<String> arguments) throws UsageException {
        Grammar.Line line = GRAMMAR.read(arguments);
        boolean older = line.has("as-xml");
        if (!older && !line.value("output-as").filter("xml"::equals).isPresent()) {
            throw new UsageException(
                    "only XML is offered (--output-as=xml or --as-xml); people use 'ringfence status'");
        }
        Element root = older
                ? Element.of("crm_mon", Pairs.attributes("version", "2.1.5"), List.of())
                : Element.of(
                        "pacemaker-result",
                        Pairs.attributes("api-version", "2.25", "request", "crm_mon " + String.join(" ", arguments)),
                        List.of());
        List<Element> parts = new ArrayList<>(List.of(summary(known), nodes(known), resources(known)));
        if (!older) {
            parts.add(Element.of("status", Pairs.attributes("code", "0", "message", "OK"), List.of()));
        }
        return new Said(0, XmlWriter.write(root.withChildren(parts)), "");
    }

    private static Element summary(Known known) {
        var dc = known.dc()
                .map(node -> Pairs.attributes(
                        "present",
                        "true",
                        "version",
                        "2.1.5",
                        "name",
                        node.name(),
                        "id",
                        known.node(node.name())
                                .map(found -> number(known, found))
                                .orElse("0"),
                        "with_quorum",
                        Boolean.toString(known.quorate())))
                .orElseGet(() -> Pairs.attributes("present", "false"));
        return Element.of(
                "summary",
                Attributes.NONE,
                List.of(
                        Element.of("stack", Pairs.attributes("type", "ringfence"), List.of()),
                        Element.of("current_dc", dc, List.of()),
                        Element.of(
                                "nodes_configured",
                                Pairs.attributes(
                                        "number", Integer.toString(known.nodes().size())),
                                List.of())));
    }

    private static String number(Known known, ConfiguredNode node) {
        return Integer.toString(known.number(node));
    }

    private static Element nodes(Known known) {
        return Element.of(
                "nodes",
                Attributes.NONE,
                known.nodes().stream().map(node -> node(known, node)).toList());
    }

    private static Element node(Known known, ConfiguredNode node) {
        boolean online = known.isOnline(node);
        var state = known.cib().status().nodes().get(node.id());
        boolean expected = state != null && "member".equals(state.membership().get("expected"));
        long running = known.cib().configuration().resources().values().stream()
                .flatMap(top -> Known.primitives(top).stream())
                .flatMap(primitive -> Standing.of(known, primitive.id()).stream())
                .filter(standing -> standing.node().equals(node) && standing.active())
                .count();
        return Element.of(
                "node",
                Pairs.attributes(
                        "name",
                        node.name(),
                        "id",
                        number(known, node),
                        "online",
                        Boolean.toString(online),
                        "standby",
                        Boolean.toString(known.isTrue(node, "standby")),
                        "standby_onfail",
                        "false",
                        "maintenance",
                        Boolean.toString(known.isTrue(node, "maintenance")),
                        "pending",
                        "false",
                        "unclean",
                        Boolean.toString(!online && expected),
                        "shutdown",
                        "false",
                        "expected_up",
                        Boolean.toString(expected),
                        "is_dc",
                        Boolean.toString(known.dc()
                                .filter(dc -> dc.name().equals(node.name()))
                                .isPresent()),
                        "resources_running",
                        Long.toString(running),
                        "type",
                        "member"),
                List.of());
    }

    private static Element resources(Known known) {
        List<Element> elements = new ArrayList<>();
        known.cib().configuration().resources().values().forEach(top -> elements.addAll(elements(known, top)));
        return Element.of("resources", Attributes.NONE, elements);
    }

    private static List<Element> elements(Known known, Resource resource) {
        return switch (resource) {
            case Resource.Primitive primitive -> primitive(known, primitive);
            case Resource.Group group ->
                List.of(Element.of(
                        "group",
                        Pairs.attributes("id", group.id()),
                        group.members().stream()
                                .flatMap(member -> primitive(known, member).stream())
                                .toList()));
            case Resource.Clone clone ->
                List.of(Element.of(
                        "clone",
                        Pairs.attributes("id", clone.id(), "multi_state", Boolean.toString(isPromotable(clone))),
                        elements(known, clone.child())));
            case Resource.Bundle bundle ->
                List.of(Element.of(
                        "bundle",
                        Pairs.attributes("id", bundle.id()),
                        bundle.child().map(child -> elements(known, child)).orElse(List.of())));
        };
    }

    private static boolean isPromotable(Resource.Clone clone) {
        return clone.master()
                || Known.value(clone.meta(), "promotable")
                        .filter("true"::equals)
                        .isPresent();
    }

    /** One element for each node on which it is active; one that says so when it is active nowhere. */
    private static List<Element> primitive(Known known, Resource.Primitive primitive) {
        boolean promotable = known.cib().configuration().resources().values().stream()
                .anyMatch(top -> top instanceof Resource.Clone clone
                        && isPromotable(clone)
                        && Known.primitives(clone).stream()
                                .anyMatch(one -> one.id().equals(primitive.id())));
        List<Element> elements = new ArrayList<>();
        for (Standing standing : Standing.of(known, primitive.id())) {
            if (standing.active()) {
                Element on = Element.of(
                        "node",
                        Pairs.attributes(
                                "name",
                                standing.node().name(),
                                "id",
                                number(known, standing.node()),
                                "cached",
                                "false"),
                        List.of());
                elements.add(element(primitive, role(standing.role(), promotable), standing.failed(), List.of(on)));
            }
        }
        return elements.isEmpty() ? List.of(element(primitive, "Stopped", false, List.of())) : elements;
    }

    private static String role(Role role, boolean promotable) {
        return switch (role) {
            case PROMOTED -> "Promoted";
            case UNPROMOTED -> "Unpromoted";
            case STARTED -> promotable ? "Unpromoted" : "Started";
            case STOPPED -> "Stopped";
        };
    }

    private static Element element(Resource.Primitive primitive, String role, boolean failed, List<Element> on) {
        return Element.of(
                "resource",
                Pairs.attributes(
                        "id",
                        primitive.id(),
                        "resource_agent",
                        primitive.agent().toString(),
                        "role",
                        role,
                        "active",
                        Boolean.toString(!on.isEmpty()),
                        "orphaned",
                        "false",
                        "blocked",
                        "false",
                        "managed",
                        "true",
                        "failed",
                        Boolean.toString(failed),
                        "failure_ignored",
                        "false",
                        "nodes_running_on",
                        Integer.toString(on.size())),
                on);
    }
}
