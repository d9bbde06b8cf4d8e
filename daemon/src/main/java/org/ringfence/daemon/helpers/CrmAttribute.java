package org.ringfence.daemon.helpers;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ringfence.model.cib.ConfiguredNode;

/** {@code crm_attribute}, {@code crm_master}, {@code crm_standby} and {@code crm_failcount}: one attribute is asked for, set or removed. */
final class CrmAttribute {
    private static final Grammar ATTRIBUTE = Grammar.of(
            "n:name=",
            "i:id=",
            "s:set-name=",
            "P:pattern=",
            "p:promotion=?",
            "G:query",
            ":get-value>query",
            "v:update=",
            ":attr-value=>update",
            ":attr-name=>name",
            "D:delete",
            ":delete-attr>delete",
            "t:type=",
            "l:lifetime=",
            "N:node=",
            "U:uname=>node",
            "d:default=",
            "z:utilization",
            "q:quiet",
            "Q:Quiet>quiet",
            "!:inhibit-policy-engine",
            "V:verbose",
            "r:resource=");
    private static final Grammar FAIL_COUNT = Grammar.of(
            "G:query",
            "D:delete",
            "r:resource=",
            ":resource-id=>resource",
            "n:operation=",
            "I:interval=",
            "N:node=",
            "U:uname=>node",
            "q:quiet",
            "Q:Quiet>quiet",
            "V:verbose");

    private final Cluster cluster;
    private final Known known;
    private final Optional<String> resource;

    /** @param resource whose agent asks */
    CrmAttribute(Cluster cluster, Known known, Optional<String> resource) {
        this.cluster = cluster;
        this.known = known;
        this.resource = resource;
    }

    Said attribute(List<String> arguments) throws UsageException, InterruptedException {
        Grammar.Line line = ATTRIBUTE.read(arguments);
        if (line.has("promotion")) {
            return promotion(line, line.value("promotion"));
        }
        String name = line.value("name").orElse("");
        if (name.isEmpty()) {
            throw new UsageException("--name is missing");
        }
        return carryOut(line, name, target(line));
    }

    Said promotionScore(List<String> arguments) throws UsageException, InterruptedException {
        Grammar.Line line = ATTRIBUTE.read(arguments);
        return promotion(line, line.value("resource"));
    }

    private Said promotion(Grammar.Line line, Optional<String> named) throws UsageException, InterruptedException {
        String about = named.filter(text -> !text.isEmpty()).or(() -> resource).orElse("");
        if (about.isEmpty()) {
            throw new UsageException("no resource is named, and no agent's environment says which");
        }
        boolean forever = line.value("lifetime").filter(CrmAttribute::isForever).isPresent();
        ConfiguredNode node = node(line);
        return carryOut(
                line,
                "master-" + about,
                forever ? new AttributeTarget.Forever(node) : new AttributeTarget.UntilReboot(node, Duration.ZERO));
    }

    Said standby(List<String> arguments) throws UsageException, InterruptedException {
        Grammar.Line line = ATTRIBUTE.read(arguments);
        boolean reboot = line.value("lifetime").filter(text -> !isForever(text)).isPresent();
        ConfiguredNode node = node(line);
        return carryOut(
                line,
                "standby",
                reboot ? new AttributeTarget.UntilReboot(node, Duration.ZERO) : new AttributeTarget.Forever(node));
    }

    private AttributeTarget target(Grammar.Line line) throws UsageException {
        String type = line.value("type")
                .or(() -> line.value("lifetime"))
                .orElse(line.has("node") || line.has("utilization") ? "forever" : "crm_config");
        Optional<String> set = line.value("set-name");
        return switch (type) {
            case "reboot", "status" -> new AttributeTarget.UntilReboot(node(line), Duration.ZERO);
            case "forever", "nodes" ->
                line.has("utilization")
                        ? new AttributeTarget.Utilization(node(line))
                        : new AttributeTarget.Forever(node(line));
            case "crm_config" ->
                new AttributeTarget.Section("crm_config", "cluster_property_set", set, "cib-bootstrap-options");
            case "rsc_defaults" ->
                new AttributeTarget.Section("rsc_defaults", "meta_attributes", set, "rsc_defaults-options");
            case "op_defaults" ->
                new AttributeTarget.Section("op_defaults", "meta_attributes", set, "op_defaults-options");
            default -> throw new UsageException("attributes of type " + type + " are not offered");
        };
    }

    private static boolean isForever(String lifetime) {
        return lifetime.equals("forever") || lifetime.equals("nodes");
    }

    private ConfiguredNode node(Grammar.Line line) throws UsageException {
        String name = line.value("node").orElse(known.self().name());
        return known.node(name).orElseThrow(() -> new UsageException("node " + name + " is not configured"));
    }

    private Said carryOut(Grammar.Line line, String name, AttributeTarget target)
            throws UsageException, InterruptedException {
        if (line.has("update")) {
            String value = line.value("update").orElse("");
            return target.set(cluster, known, name, Optional.of(incremented(target, name, value)));
        }
        if (line.has("delete")) {
            return target.set(cluster, known, name, Optional.empty());
        }
        Optional<String> value = target.value(cluster, known, name).or(() -> line.value("default"));
        if (value.isEmpty()) {
            return Said.failed(Said.NO_SUCH, "Error performing operation: No such device or address");
        }
        return Said.line(
                line.has("quiet")
                        ? value.get()
                        : "scope=" + target.scope() + "  name=" + name + " value=" + value.get());
    }

    /** {@code name++} and {@code name+=N} count up from what is there. */
    private String incremented(AttributeTarget target, String name, String value) {
        String by = value.equals(name + "++") || value.equals("value++")
                ? "1"
                : value.startsWith(name + "+=") || value.startsWith("value+=")
                        ? value.substring(value.indexOf("+=") + 2)
                        : "";
        if (!by.matches("-?[0-9]{1,9}")) {
            return value;
        }
        String before = target.value(cluster, known, name).orElse("0");
        return before.matches("-?[0-9]{1,9}")
                ? Integer.toString(Integer.parseInt(before) + Integer.parseInt(by))
                : before;
    }

    Said failCount(List<String> arguments) throws UsageException, InterruptedException {
        Grammar.Line line = FAIL_COUNT.read(arguments);
        String about =
                Known.withoutNumber(line.value("resource").or(() -> resource).orElse(""));
        if (about.isEmpty()) {
            throw new UsageException("--resource is missing");
        }
        ConfiguredNode node = node(line);
        if (line.has("delete")) {
            return cluster.forget(Optional.of(about), Optional.of(node.name()));
        }
        String count = FailureSum.of(known, node, about, line.value("operation"));
        return Said.line(line.has("quiet") ? count : "scope=status  name=fail-count-" + about + " value=" + count);
    }
}
