package org.ringfence.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.ringfence.api.history.HistoryEntry;
import org.ringfence.api.history.HistoryKind;
import org.ringfence.api.status.ClusterStatus;
import org.ringfence.api.status.FailCount;
import org.ringfence.api.status.FenceDeviceStatus;
import org.ringfence.api.status.Interlock;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.api.status.RecentProblem;
import org.ringfence.api.status.ResourcePlace;
import org.ringfence.api.status.ResourceStatus;
import org.ringfence.api.status.Role;
import org.ringfence.api.status.RunningTransition;
import org.ringfence.api.status.Waiver;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.CibVersion;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/** Replies with something in every part. */
final class Samples {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final Instant AT = Instant.parse("2026-11-23T07:00:00.123456Z");

    private Samples() {}

    static StatusReply status() {
        var problem = Problem.warning(Place.NONE, "primitive \"db\"", "it failed on n1", "ringfence cleanup db");
        var member = new ResourceStatus(
                "db",
                ResourceStatus.Kind.PRIMITIVE,
                Optional.of(new AgentName("ocf", "heartbeat", "pgsql")),
                Role.PROMOTED,
                true,
                List.of(new ResourcePlace(N1, "db:0", Role.UNPROMOTED, true, "promote")),
                List.of(new FailCount(N1, 2, Optional.of(3), Optional.of(AT.plusSeconds(60)), "monitor: not running")),
                List.of(problem),
                List.of());
        return new StatusReply(
                AT,
                new ClusterStatus("c", N1, Optional.of(N2), true, "2 of 2 nodes", 7, new CibVersion(0, 3, 1), false),
                new Interlock(Interlock.State.RELEASED, "every node can be fenced", List.of()),
                List.of(new FenceDeviceStatus(
                        "power",
                        new AgentName("stonith", "", "fence_ipmilan"),
                        List.of(N1, N2),
                        true,
                        "its monitor succeeds",
                        Optional.of(AT),
                        "status of n2 read by n1")),
                List.of(new Waiver(List.of("web"), "root", "a test", AT, AT.plusSeconds(3600))),
                List.of(
                        new NodeStatus(N1, NodeStatus.State.ONLINE, true, false, Optional.of(AT), ""),
                        new NodeStatus(N2, NodeStatus.State.FENCING, false, false, Optional.empty(), "it is silent")),
                List.of(new ResourceStatus(
                        "db-clone",
                        ResourceStatus.Kind.PROMOTABLE,
                        Optional.empty(),
                        Role.PROMOTED,
                        true,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(member))),
                Optional.of(new RunningTransition(12, "n2 was lost", AT, 3, 8, List.of("fence n2"))),
                List.of(problem),
                List.of(new RecentProblem(AT, Optional.of(N1), problem)));
    }

    static HistoryReply history() {
        var details = new LinkedHashMap<String, String>();
        details.put("action", "off");
        details.put("device", "power");
        return new HistoryReply(
                List.of(new HistoryEntry(
                        AT,
                        N1,
                        HistoryKind.FENCE_CONFIRMED,
                        "n2",
                        "n2 is off, says power",
                        Optional.of("2026-11-23/1"),
                        details)),
                true);
    }
}
