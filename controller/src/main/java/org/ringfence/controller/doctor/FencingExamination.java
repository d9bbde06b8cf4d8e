package org.ringfence.controller.doctor;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ringfence.controller.fencing.FenceDevice;
import org.ringfence.controller.fencing.FencingTopology;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.model.value.Truth;

/** Whether a lost node could be stopped. */
final class FencingExamination {
    private FencingExamination() {}

    static void of(Cib cib, List<Finding> findings) {
        List<FenceDevice> devices = FenceDevice.of(cib);
        if (!cib.property("fencing-enabled").flatMap(Truth::parse).orElse(true)) {
            findings.add(new Finding(Diagnosis.FENCING_OFF, "property fencing-enabled", ""));
        }
        List<NodeId> nodes = members(cib);
        if (devices.isEmpty()) {
            if (!SelfFencing.isWanted(cib)) {
                findings.add(new Finding(Diagnosis.FENCING_MISSING, "fencing", ""));
            }
            return;
        }
        for (Problem problem : FencingTopology.problems(cib, nodes)) {
            findings.add(new Finding(Diagnosis.FENCING_TOPOLOGY, problem.element(), problem.text()));
        }
        var allowed = new AllowedNodes(cib);
        for (NodeId node : nodes) {
            List<FenceDevice> covering =
                    devices.stream().filter(device -> device.mayFence(node)).toList();
            if (covering.isEmpty() && !SelfFencing.isWanted(cib)) {
                findings.add(new Finding(Diagnosis.FENCING_UNCOVERED, "node " + node, ""));
            }
            boolean itself = !covering.isEmpty()
                    && covering.stream().allMatch(device -> {
                        SortedSet<String> places = allowed.of(device.id());
                        return places.size() == 1 && places.contains(node.name());
                    });
            if (itself && nodes.size() > 1) {
                findings.add(new Finding(
                        Diagnosis.FENCING_BY_ITSELF,
                        "node " + node,
                        "it is " + covering.getFirst().id()));
            }
        }
        if (nodes.size() == 2 && !hasDelay(cib, devices, nodes)) {
            findings.add(new Finding(Diagnosis.FENCING_NO_DELAY, "fencing", ""));
        }
        boolean ignored =
                cib.property("no-quorum-policy").filter("ignore"::equals).isPresent();
        if (ignored && nodes.size() > 2) {
            findings.add(new Finding(Diagnosis.QUORUM_IGNORED, "property no-quorum-policy", ""));
        }
    }

    static List<NodeId> members(Cib cib) {
        SortedSet<NodeId> members = new TreeSet<>();
        cib.configuration().nodes().values().stream()
                .filter(node -> NodeId.isName(node.name())
                        && !node.type().equals("remote")
                        && !node.type().equals("ping"))
                .forEach(node -> members.add(new NodeId(node.name())));
        return List.copyOf(members);
    }

    private static boolean hasDelay(Cib cib, List<FenceDevice> devices, List<NodeId> nodes) {
        boolean priority = cib.property("priority-fencing-delay")
                .map(text -> TimeSpan.parseMillis(text, 0) > 0)
                .orElse(false);
        return priority
                || devices.stream()
                        .anyMatch(device -> device.delayMax().isPositive()
                                || nodes.stream()
                                        .anyMatch(node -> device.mayFence(node)
                                                && device.delayBase(node).isPositive()));
    }
}
