package org.ringfence.model.cib;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.xml.Element;

/** Which elements and attributes of a configuration are understood; the rest is kept and reported. */
final class Vocabulary {
    private static final String SETS = "meta_attributes instance_attributes ";

    /** Element to the attributes and the children it may have; {@code *} stands for anything below, which is kept unread. */
    private static final Map<String, Entry> KNOWN = new HashMap<>();

    private Vocabulary() {}

    private record Entry(List<String> attributes, List<String> children) {}

    static {
        know(
                "configuration",
                "",
                "crm_config nodes resources constraints rsc_defaults op_defaults tags fencing-topology alerts acls");
        know("crm_config", "", "cluster_property_set");
        know("cluster_property_set", "id score", "rule nvpair");
        know("nvpair", "id name value", "");
        know("nodes", "", "node");
        know("node", "id uname type description", "instance_attributes utilization");
        know("resources", "", "primitive group clone master bundle template");
        know("primitive", "id class provider type template description", SETS + "utilization operations");
        know("template", "id class provider type description", SETS + "utilization operations");
        know("group", "id description", SETS + "primitive");
        know("clone", "id description", SETS + "primitive group");
        know("master", "id description", SETS + "primitive group");
        know("bundle", "id description", SETS + "docker podman rkt network storage primitive");
        String container = "image replicas replicas-per-host promoted-max masters network options run-command";
        know("docker", container, "");
        know("podman", container, "");
        know("rkt", container, "");
        know("network", "id ip-range-start host-interface host-netmask control-port add-host", "port-mapping");
        know("port-mapping", "id port internal-port range", "");
        know("storage", "", "storage-mapping");
        know("storage-mapping", "id source-dir source-dir-root target-dir options", "");
        for (String set : List.of("meta_attributes", "instance_attributes", "utilization")) {
            know(set, "id score", "rule nvpair");
        }
        know("operations", "id", "op");
        know(
                "op",
                "id name interval timeout on-fail role enabled start-delay interval-origin record-pending description"
                        + " requires prereq disabled depth",
                SETS);
        know("constraints", "", "rsc_location rsc_colocation rsc_order rsc_ticket");
        know("rsc_location", "id rsc rsc-pattern node score role resource-discovery", "rule resource_set");
        know(
                "rsc_colocation",
                "id score rsc with-rsc rsc-role with-rsc-role node-attribute influence symmetrical rsc-instance"
                        + " with-rsc-instance",
                "resource_set rule");
        know(
                "rsc_order",
                "id first then first-action then-action kind score symmetrical require-all first-instance"
                        + " then-instance",
                "resource_set");
        know("rsc_ticket", "id ticket rsc rsc-role loss-policy rsc-instance", "resource_set");
        know("resource_set", "id sequential require-all role action score kind ordering", "resource_ref");
        know("resource_ref", "id", "");
        know(
                "rule",
                "id role score score-attribute boolean-op",
                "rule expression date_expression rsc_expression op_expression");
        know("expression", "id attribute operation type value value-source", "");
        know("date_expression", "id operation start end", "date_spec duration");
        String units = "id seconds minutes hours monthdays weekdays yeardays months weeks years weekyears days moon";
        know("date_spec", units, "");
        know("duration", units, "");
        know("rsc_expression", "id class provider type", "");
        know("op_expression", "id name interval", "");
        know("rsc_defaults", "", "meta_attributes");
        know("op_defaults", "", "meta_attributes");
        know("tags", "", "tag");
        know("tag", "id", "obj_ref");
        know("obj_ref", "id", "");
        know("fencing-topology", "", "fencing-level");
        know("fencing-level", "id target target-pattern target-attribute target-value index devices", "");
        know("alerts", "", "*");
        know("acls", "", "*");
    }

    private static void know(String element, String attributes, String children) {
        KNOWN.put(element, new Entry(words(attributes), words(children)));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }

    /** Adds a warning for each element and attribute below {@code configuration} that is not understood. */
    static void check(Element element, List<Problem> problems) {
        Entry entry = Optional.ofNullable(KNOWN.get(element.name())).orElseThrow();
        for (String attribute : element.attributes().keySet()) {
            if (!entry.attributes.contains(attribute) && !attribute.equals("id-ref") && !attribute.equals("id")) {
                problems.add(Problem.warning(
                        element.place(),
                        element.label(),
                        "attribute '" + attribute + "' is not understood; it is kept",
                        ""));
            }
        }
        for (Element child : element.children()) {
            if (entry.children.contains("*") || child.name().equals(Element.COMMENT)) {
                continue;
            }
            if (entry.children.contains(child.name())) {
                check(child, problems);
            } else {
                problems.add(Problem.warning(
                        child.place(),
                        child.label(),
                        "is not understood inside " + element.label() + "; it is kept but has no effect",
                        ""));
            }
        }
    }
}
