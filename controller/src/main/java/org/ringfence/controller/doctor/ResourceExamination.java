package org.ringfence.controller.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ringfence.model.AgentName;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.ConfiguredNode;
import org.ringfence.model.cib.Operation;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.model.value.Truth;

/** How resources are watched, timed and kept. */
final class ResourceExamination {
    /** A timeout of less than so many times what was measured is short. */
    private static final double MARGIN = 1.5;

    private final Cib cib;
    private final List<Finding> findings;
    private final Map<String, Duration> longest = new LinkedHashMap<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final List<Resource.Primitive> fileSystems = new ArrayList<>();
    private boolean locks;

    private ResourceExamination(Cib cib, List<Finding> findings) {
        this.cib = cib;
        this.findings = findings;
        for (NodeState node : cib.status().nodes().values()) {
            node.history().values().forEach(this::measured);
        }
    }

    static void of(Cib cib, List<Finding> findings) {
        var examination = new ResourceExamination(cib, findings);
        cib.configuration().resources().values().forEach(top -> examination.walk(top, false));
        examination.whole();
    }

    private void measured(ResourceHistory history) {
        String id = history.resource().split(":", 2)[0];
        for (OperationRecord operation : history.operations()) {
            longest.merge(
                    id + " " + operation.operation(),
                    operation.executionTime(),
                    (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
    }

    private void walk(Resource resource, boolean promotable) {
        if (!MetaAttributes.truth(resource, "is-managed", true)
                || MetaAttributes.truth(resource, "maintenance", false)) {
            find(Diagnosis.UNMANAGED, "resource " + resource.id(), "");
        }
        threshold(resource);
        switch (resource) {
            case Resource.Primitive primitive -> primitive(primitive, promotable);
            case Resource.Group group -> group.members().forEach(member -> walk(member, promotable));
            case Resource.Clone clone ->
                walk(clone.child(), clone.master() || MetaAttributes.truth(clone, "promotable", false));
            case Resource.Bundle bundle -> bundle.child().ifPresent(child -> walk(child, false));
        }
    }

    private void primitive(Resource.Primitive primitive, boolean promotable) {
        AgentName agent = primitive.agent();
        String element = "primitive " + primitive.id();
        List<Operation> monitors = primitive.operations().stream()
                .filter(operation -> operation.name().equals("monitor") && operation.intervalMillis() > 0)
                .toList();
        if (monitors.isEmpty()) {
            find(Diagnosis.MONITOR_MISSING, element, "");
        } else if (promotable && monitors.stream().noneMatch(ResourceExamination::isForPromoted)) {
            find(Diagnosis.MONITOR_OF_PROMOTED_MISSING, element, "");
        }
        primitive.operations().forEach(operation -> timeout(primitive, operation));
        if (agent.type().equals("IPaddr2") || agent.type().equals("IPaddr") || isOwnAddress(agent)) {
            parameter(primitive, "ip").ifPresent(ip -> address(primitive.id(), ip));
        }
        if (agent.type().equals("Filesystem")
                && parameter(primitive, "fstype")
                        .filter(type -> type.equals("gfs2") || type.equals("ocfs2"))
                        .isPresent()) {
            fileSystems.add(primitive);
        }
        locks |= agent.type().equals("controld") || agent.type().equals("dlm");
    }

    private static boolean isOwnAddress(AgentName agent) {
        return agent.provider().equals("ringfence") && agent.type().equals("address");
    }

    private void address(String resource, String ip) {
        String other = addresses.putIfAbsent(ip, resource);
        if (other != null) {
            find(Diagnosis.ADDRESS_TWICE, "primitive " + resource, ip + " is that of " + other + " too");
        }
    }

    private static boolean isForPromoted(Operation operation) {
        String role = operation.attributes().getOrDefault("role", "");
        return role.equalsIgnoreCase("promoted") || role.equalsIgnoreCase("master");
    }

    private void timeout(Resource.Primitive primitive, Operation operation) {
        Duration took = longest.getOrDefault(primitive.id() + " " + operation.name(), Duration.ZERO);
        long timeoutMs = TimeSpan.parseMillis(operation.attributes().getOrDefault("timeout", ""), 0);
        if (timeoutMs > 0 && took.toMillis() * MARGIN > timeoutMs) {
            find(
                    Diagnosis.TIMEOUT_SHORT,
                    "op " + operation.name() + " of " + primitive.id(),
                    "timeout " + timeoutMs + " ms, measured " + took.toMillis() + " ms");
        }
    }

    private void threshold(Resource resource) {
        boolean counted = MetaAttributes.value(resource, "migration-threshold")
                .map(text -> Score.parse(text, 0))
                .filter(most -> most > 0 && most < Score.INFINITY)
                .isPresent();
        boolean forgotten = MetaAttributes.value(resource, "failure-timeout").isPresent()
                || MetaAttributes.value(cib.configuration().resourceDefaults(), "failure-timeout")
                        .isPresent();
        if (counted && !forgotten) {
            find(Diagnosis.THRESHOLD_WITHOUT_TIMEOUT, "resource " + resource.id(), "");
        }
    }

    private static Optional<String> parameter(Resource.Primitive primitive, String name) {
        return MetaAttributes.value(primitive.parameters(), name);
    }

    private void whole() {
        if (!locks) {
            fileSystems.forEach(one -> find(Diagnosis.FILE_SYSTEM_WITHOUT_LOCKS, "primitive " + one.id(), ""));
        }
        if (cib.property("maintenance-mode").flatMap(Truth::parse).orElse(false)) {
            find(Diagnosis.MAINTENANCE_LEFT_ON, "property maintenance-mode", "");
        }
        for (ConfiguredNode node : cib.configuration().nodes().values()) {
            if (isOn(node.attributes(), "maintenance")) {
                find(Diagnosis.MAINTENANCE_LEFT_ON, "node " + node.name(), "");
            }
            if (isOn(node.attributes(), "standby")) {
                find(Diagnosis.STANDBY_LEFT_ON, "node " + node.name(), "");
            }
        }
        boolean sticky = MetaAttributes.value(cib.configuration().resourceDefaults(), "resource-stickiness")
                        .isPresent()
                || cib.property("default-resource-stickiness").isPresent();
        if (!sticky && !cib.configuration().resources().isEmpty()) {
            find(Diagnosis.NO_STICKINESS, "rsc_defaults", "");
        }
    }

    private static boolean isOn(List<AttributeSet> sets, String name) {
        return MetaAttributes.value(sets, name).flatMap(Truth::parse).orElse(false);
    }

    private void find(Diagnosis diagnosis, String element, String detail) {
        findings.add(new Finding(diagnosis, element, detail));
    }
}
