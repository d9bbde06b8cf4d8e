package org.ringfence.controller.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.ringfence.controller.interlock.Interlock;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.CibEdit;
import org.ringfence.model.cib.CibVersion;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;

/** Applies edits to a configuration, all or none. */
public final class Edits {
    private Edits() {}

    /** @throws UnusableInputException when one of them cannot be applied; the message names what it is about */
    public static Cib apply(Cib cib, List<Edit> edits) throws UnusableInputException {
        Cib changed = cib;
        for (Edit edit : edits) {
            changed = apply(changed, edit);
        }
        return changed;
    }

    private static Cib apply(Cib cib, Edit edit) throws UnusableInputException {
        return switch (edit) {
            case Edit.Replace replace -> {
                Cib read = Cib.read(replace.text(), replace.fileName());
                Cib bare = read.withStatus(org.ringfence.model.status.Status.EMPTY);
                yield bare.version().compareTo(cib.version()) < 0 ? bare.withVersion(cib.version()) : bare;
            }
            case Edit.OnlyIfStill(CibVersion version) -> {
                if (!version.equals(cib.version())) {
                    throw new UnusableInputException(Problem.error(
                            Place.NONE,
                            "",
                            "the configuration was changed meanwhile: it was made from version " + version
                                    + ", and is now " + cib.version(),
                            "look at the difference with 'ringfence diff', then do it again"));
                }
                yield cib;
            }
            case Edit.SetProperty(String name, String value) ->
                value.isEmpty() ? CibEdit.withoutProperty(cib, name) : CibEdit.withProperty(cib, name, value);
            case Edit.SetNodeAttribute(String node, String name, String value) -> {
                if (cib.configuration().nodeNamed(node).isEmpty()) {
                    throw unknown("node", node, nodes(cib));
                }
                yield value.isEmpty()
                        ? CibEdit.withoutNodeAttribute(cib, node, name)
                        : CibEdit.withNodeAttribute(cib, node, name, value);
            }
            case Edit.SetMeta(String resource, String name, String value) -> {
                List<String> known = resources(cib);
                if (!known.contains(resource)) {
                    throw unknown("resource", resource, known);
                }
                yield value.isEmpty()
                        ? CibEdit.withoutMeta(cib, resource, name)
                        : CibEdit.withMeta(cib, resource, name, value);
            }
            case Edit.Put(String section, Element element) -> CibEdit.with(cib, section, element);
            case Edit.Remove(String section, String id) -> CibEdit.without(cib, section, id);
            case Edit.Waive(String resource, String value) -> waive(cib, resource, value);
        };
    }

    private static Cib waive(Cib cib, String resource, String value) throws UnusableInputException {
        List<String> known = resources(cib);
        if (!known.contains(resource)) {
            throw unknown("resource", resource, known);
        }
        return cib.withConfiguration(configuration -> {
            Element section = configuration
                    .child("crm_config")
                    .orElseGet(() -> Element.of("crm_config", Attributes.NONE, List.of()));
            Element set = section.children("cluster_property_set").stream()
                    .filter(child -> child.id().equals(Interlock.WAIVERS))
                    .findFirst()
                    .orElseGet(
                            () -> Element.of("cluster_property_set", attributes("id", Interlock.WAIVERS), List.of()));
            String name = "waiver-" + resource;
            List<Element> kept = new ArrayList<>(set.children());
            kept.removeIf(pair -> pair.attribute("name", "").equals(name));
            if (!value.isEmpty()) {
                kept.add(Element.of(
                        "nvpair",
                        attributes("id", Interlock.WAIVERS + "-" + resource, "name", name, "value", value),
                        List.of()));
            }
            return configuration.withChild(section.withChild(set.withChildren(kept)));
        });
    }

    private static SequencedMap<String, String> attributes(String... pairs) {
        var attributes = new LinkedHashMap<String, String>();
        for (int index = 0; index < pairs.length; index += 2) {
            attributes.put(pairs[index], pairs[index + 1]);
        }
        return attributes;
    }

    private static UnusableInputException unknown(String what, String name, List<String> known) {
        return new UnusableInputException(Problem.error(
                Place.NONE,
                what + " " + name,
                "is not configured",
                known.isEmpty() ? "none is" : "there are: " + String.join(" ", known)));
    }

    private static List<String> nodes(Cib cib) {
        return cib.configuration().nodes().values().stream()
                .map(node -> node.name())
                .toList();
    }

    /** Every resource by id, those inside groups and clones too. */
    public static List<String> resources(Cib cib) {
        List<String> ids = new ArrayList<>();
        cib.configuration().resources().values().forEach(resource -> collect(resource, ids));
        return ids;
    }

    /** The resource of this id and those inside it; empty when there is none. */
    public static List<String> resources(Cib cib, String id) {
        List<String> ids = new ArrayList<>();
        cib.configuration().resources().values().forEach(top -> find(top, id, ids));
        return ids;
    }

    private static void find(Resource resource, String id, List<String> ids) {
        if (resource.id().equals(id)) {
            collect(resource, ids);
            return;
        }
        switch (resource) {
            case Resource.Primitive primitive -> {}
            case Resource.Group group -> group.members().forEach(member -> find(member, id, ids));
            case Resource.Clone clone -> find(clone.child(), id, ids);
            case Resource.Bundle bundle -> bundle.child().ifPresent(child -> find(child, id, ids));
        }
    }

    private static void collect(Resource resource, List<String> ids) {
        ids.add(resource.id());
        switch (resource) {
            case Resource.Primitive primitive -> {}
            case Resource.Group group -> group.members().forEach(member -> collect(member, ids));
            case Resource.Clone clone -> collect(clone.child(), ids);
            case Resource.Bundle bundle -> bundle.child().ifPresent(child -> collect(child, ids));
        }
    }
}
