package org.ringfence.cli.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.ConfiguredNode;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/** What an administrator of Pacemaker finds otherwise here, of what a configuration really has in it. */
public final class ForeignCib {
    /** Properties that are another's here, and what is to be done about them. */
    private static final Map<String, String> PROPERTIES = new TreeMap<>(Map.ofEntries(
            Map.entry("dc-deadtime", "is not used: how long the first node waits is startup-grace in ringfence.conf"),
            Map.entry("cluster-infrastructure", "is not used: membership is Ringfence's own"),
            Map.entry("have-watchdog", "is not taken over: each node says itself whether its guard feeds a watchdog"),
            Map.entry("election-timeout", "is not used: views are agreed by Ringfence's own protocol"),
            Map.entry(
                    "shutdown-escalation", "is not used: how long leaving may take is stop-timeout in ringfence.conf"),
            Map.entry("join-finalization-timeout", "is not used"),
            Map.entry("join-integration-timeout", "is not used"),
            Map.entry("load-threshold", "is not used: operations are not held back by a host's load"),
            Map.entry("node-action-limit", "is not used")));

    private ForeignCib() {}

    public static List<Problem> report(Cib cib) {
        List<Problem> report = new ArrayList<>();
        PROPERTIES.forEach((name, what) ->
                cib.property(name).ifPresent(value -> report.add(note(Place.NONE, name + "=" + value, what, ""))));
        for (ConfiguredNode node : cib.configuration().nodes().values()) {
            if (!NodeId.isName(node.name())) {
                report.add(Problem.error(
                        node.place(), "node " + node.name(), "is no name that a node can have here", "rename it"));
            }
        }
        cib.configuration().resources().values().forEach(resource -> resource(resource, report));
        cib.configurationElement()
                .child("alerts")
                .filter(alerts -> !alerts.children().isEmpty())
                .ifPresent(alerts -> report.add(
                        Problem.warning(alerts.place(), "alerts", "are kept, and nothing is called for them yet", "")));
        if (!cib.status().nodes().isEmpty()) {
            report.add(
                    note(Place.NONE, "status", "is not taken over: what runs is found out by asking the agents", ""));
        }
        return report;
    }

    private static void resource(Resource resource, List<Problem> report) {
        switch (resource) {
            case Resource.Primitive primitive -> {
                String agent = primitive.agent().toString();
                switch (primitive.agent().standard()) {
                    case "upstart", "nagios", "heartbeat" ->
                        report.add(Problem.error(
                                primitive.place(),
                                "primitive " + primitive.id(),
                                "agents of class " + primitive.agent().standard() + " are not run here",
                                "use the OCF agent or the systemd unit of the same service"));
                    default -> {}
                }
                if (agent.equals("ocf:pacemaker:remote")) {
                    report.add(Problem.warning(
                            primitive.place(),
                            "primitive " + primitive.id(),
                            "remote nodes are placed by the scheduler, and no daemon speaks to them yet",
                            "make the host a node of the cluster"));
                }
                if (agent.equals("stonith:external/sbd") || agent.equals("stonith:fence_sbd")) {
                    report.add(note(
                            primitive.place(),
                            "primitive " + primitive.id(),
                            "works as it is; Ringfence has a device of its own for disks",
                            "use stonith:ringfence_sbd, and 'ringfence guard' in the place of sbd's daemon"));
                }
            }
            case Resource.Group group -> group.members().forEach(member -> resource(member, report));
            case Resource.Clone clone -> resource(clone.child(), report);
            case Resource.Bundle bundle ->
                report.add(Problem.warning(
                        bundle.place(),
                        "bundle " + bundle.id(),
                        "is placed by the scheduler, and no daemon starts its containers yet",
                        "run the container with ocf:heartbeat:podman or docker"));
        }
    }

    private static Problem note(Place place, String element, String what, String remedy) {
        return new Problem(Problem.Severity.NOTE, place, element, what, remedy);
    }
}
