package org.ringfence.daemon.helpers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.model.cib.ConfiguredNode;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.xml.Element;

/** {@code crm_resource}, as far as agents call it. */
final class CrmResource {
    private static final Grammar GRAMMAR = Grammar.of(
            "r:resource=",
            "W:locate",
            "l:list-raw",
            "q:query-xml",
            "g:get-parameter=",
            "p:set-parameter=",
            "d:delete-parameter=",
            "v:parameter-value=",
            "z:utilization",
            "m:meta",
            "s:set-name=",
            "B:ban",
            "M:move",
            "U:clear",
            "C:cleanup",
            "P:refresh",
            "N:node=",
            "H:host-uname=>node",
            "u:lifetime=",
            ":promoted",
            ":master>promoted",
            "n:operation=",
            "I:interval=",
            "f:force",
            "Q:quiet",
            "V:verbose");

    private final Cluster cluster;
    private final Known known;
    private final Grammar.Line line;

    private CrmResource(Cluster cluster, Known known, Grammar.Line line) {
        this.cluster = cluster;
        this.known = known;
        this.line = line;
    }

    static Said run(Cluster cluster, Known known, List<String> arguments) throws UsageException, InterruptedException {
        return new CrmResource(cluster, known, GRAMMAR.read(arguments)).run();
    }

    private Said run() throws UsageException, InterruptedException {
        if (line.has("list-raw")) {
            return Said.line(known.cib().configuration().resources().values().stream()
                    .flatMap(top -> Known.primitives(top).stream())
                    .map(Resource.Primitive::id)
                    .collect(Collectors.joining("\n")));
        }
        if (line.has("cleanup") || line.has("refresh")) {
            return cluster.forget(line.value("resource").map(Known::withoutNumber), line.value("node"));
        }
        String name = line.value("resource").orElse("");
        if (name.isEmpty()) {
            throw new UsageException("--resource is missing");
        }
        Optional<Resource> found = known.resource(name);
        if (found.isEmpty()) {
            return Said.failed(Said.NO_SUCH, "resource " + name + " is not configured");
        }
        Resource resource = found.get();
        if (line.has("locate")) {
            return locate(resource);
        }
        if (line.has("query-xml")) {
            return Said.line(org.ringfence.model.xml.XmlWriter.write(element(resource)));
        }
        if (line.has("get-parameter")) {
            return parameter(resource, line.value("get-parameter").orElse(""));
        }
        if (line.has("set-parameter")) {
            String value =
                    line.value("parameter-value").orElseThrow(() -> new UsageException("--parameter-value is missing"));
            return set(resource, line.value("set-parameter").orElse(""), Optional.of(value));
        }
        if (line.has("delete-parameter")) {
            return set(resource, line.value("delete-parameter").orElse(""), Optional.empty());
        }
        if (line.has("ban")) {
            return ban(resource);
        }
        if (line.has("clear")) {
            return clear(resource);
        }
        throw new UsageException("there is -l, -W, -q, -g, -p, -d, -B, -U and -C; the rest is done with 'ringfence'");
    }

    private Said locate(Resource resource) {
        List<Standing> standings = Standing.of(known, resource.id()).stream()
                .filter(Standing::active)
                .toList();
        if (standings.isEmpty()) {
            return new Said(0, "", "resource " + resource.id() + " is NOT running\n");
        }
        return Said.line(standings.stream()
                .map(standing -> line.has("quiet")
                        ? standing.node().name()
                        : "resource " + resource.id() + " is running on: "
                                + standing.node().name() + (standing.promoted() ? " Master" : ""))
                .collect(Collectors.joining("\n")));
    }

    private Element element(Resource resource) {
        return Pairs.byId(Pairs.section(known.cib(), "resources"), resource.id())
                .orElseThrow();
    }

    private String kind() {
        return line.has("utilization") ? "utilization" : line.has("meta") ? "meta_attributes" : "instance_attributes";
    }

    private Said parameter(Resource resource, String name) {
        return Pairs.value(element(resource), kind(), line.value("set-name"), name)
                .or(() -> inherited(resource, name))
                .map(Said::line)
                .orElseGet(() ->
                        Said.failed(Said.NO_SUCH, "Attribute '" + name + "' not found for '" + resource.id() + "'"));
    }

    /** A meta attribute of what is around it, or of all resources. */
    private Optional<String> inherited(Resource resource, String name) {
        if (!line.has("meta")) {
            return Optional.empty();
        }
        Element around = Pairs.byId(Pairs.section(known.cib(), "resources"), whole(resource))
                .orElseThrow();
        return Pairs.value(around, "meta_attributes", Optional.empty(), name)
                .or(() -> Pairs.value(
                        Pairs.section(known.cib(), "rsc_defaults"), "meta_attributes", Optional.empty(), name));
    }

    private Said set(Resource resource, String name, Optional<String> value) throws InterruptedException {
        Element before = element(resource);
        Element after =
                Pairs.with(before, kind(), line.value("set-name").orElse(resource.id() + "-" + kind()), name, value);
        if (after.equals(before)) {
            return Said.NOTHING;
        }
        return cluster.change(
                List.of(new Edit.OnlyIfStill(known.cib().version()), new Edit.Put("resources", after)),
                kind() + " " + name + " of " + resource.id());
    }

    /** What the constraint is about: the whole clone, of which the agent knows its instance only. */
    private String whole(Resource resource) {
        return known.cib().configuration().resources().values().stream()
                .filter(top -> Known.primitives(top).stream()
                        .anyMatch(primitive -> primitive.id().equals(resource.id())))
                .filter(top -> !(top instanceof Resource.Group))
                .map(Resource::id)
                .findFirst()
                .orElse(resource.id());
    }

    private Said ban(Resource resource) throws UsageException, InterruptedException {
        String name = line.value("node").orElse(known.self().name());
        ConfiguredNode node =
                known.node(name).orElseThrow(() -> new UsageException("node " + name + " is not configured"));
        String about = whole(resource);
        var attributes =
                Pairs.attributes("id", banId(about, node), "rsc", about, "node", node.name(), "score", "-INFINITY");
        if (line.has("promoted")) {
            attributes.put("role", "Promoted");
        }
        return cluster.change(
                List.of(new Edit.Put("constraints", Element.of("rsc_location", attributes, List.of()))),
                "its agent bans " + about + " from " + node.name());
    }

    private static String banId(String resource, ConfiguredNode node) {
        return "cli-ban-" + resource + "-on-" + node.name();
    }

    private Said clear(Resource resource) throws InterruptedException {
        String about = whole(resource);
        List<Edit> edits = new ArrayList<>();
        for (ConfiguredNode node : known.nodes()) {
            boolean meant = line.value("node")
                    .map(name -> name.equalsIgnoreCase(node.name()))
                    .orElse(true);
            if (meant
                    && Pairs.byId(Pairs.section(known.cib(), "constraints"), banId(about, node))
                            .isPresent()) {
                edits.add(new Edit.Remove("constraints", banId(about, node)));
            }
        }
        return edits.isEmpty() ? Said.NOTHING : cluster.change(edits, "its agent lifts bans of " + about);
    }
}
