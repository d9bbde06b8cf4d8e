package org.ringfence.cli.screen;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ringfence.api.StatusReply;
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

/** Clusters to look at. */
public final class Statuses {
    private static final Instant NOW = Instant.parse("2026-03-01T14:05:00Z");
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private static final Interlock RELEASED = new Interlock(Interlock.State.RELEASED, "fencing is usable", List.of());

    private Statuses() {}

    public static StatusReply healthy() {
        return new StatusReply(
                NOW,
                cluster(true, "3 of 3 nodes", Optional.of(N1)),
                RELEASED,
                devices(),
                List.of(),
                List.of(
                        online(N1),
                        online(N2),
                        new NodeStatus(
                                N3,
                                NodeStatus.State.ONLINE,
                                true,
                                false,
                                Optional.of(NOW.minus(Duration.ofDays(2))),
                                "")),
                List.of(
                        group(
                                "web",
                                List.of(
                                        primitive("address", "heartbeat", "IPaddr2", started(N1, "address")),
                                        primitive("site", "heartbeat", "nginx", started(N1, "site")))),
                        promotable(
                                "db",
                                List.of(
                                        new ResourcePlace(N1, "db:0", Role.PROMOTED, false, ""),
                                        new ResourcePlace(N2, "db:1", Role.UNPROMOTED, false, "monitor")))),
                Optional.empty(),
                List.of(),
                List.of());
    }

    public static StatusReply interlockEngaged() {
        Problem why = Problem.error(
                Place.NONE,
                "resource \"site\"",
                "not started: no fence device can fence n1, n2, n3",
                "configure a fence device, or waive fencing for site");
        return new StatusReply(
                NOW,
                cluster(true, "3 of 3 nodes", Optional.of(N1)),
                new Interlock(
                        Interlock.State.ENGAGED,
                        "no fence device is configured, so a lost node could not be kept from its data",
                        List.of(
                                "ringfence configure load fencing.xml",
                                "ringfence configure waive site --for 1h --reason 'TEXT'")),
                List.of(),
                List.of(),
                List.of(online(N1), online(N2), online(N3)),
                List.of(stopped("site", why)),
                Optional.empty(),
                List.of(Problem.error(
                        Place.NONE, "fencing", "no fence device is configured", "add a resource of class stonith")),
                List.of());
    }

    public static StatusReply waived() {
        return new StatusReply(
                NOW,
                cluster(true, "2 of 2 nodes", Optional.of(N2)),
                new Interlock(
                        Interlock.State.WAIVED,
                        "no fence device is configured; site runs by a waiver until 15:05:00",
                        List.of("ringfence configure load fencing.xml")),
                List.of(),
                List.of(new Waiver(
                        List.of("site"),
                        "alice",
                        "fence device is being replaced",
                        NOW.minus(Duration.ofMinutes(3)),
                        NOW.plus(Duration.ofHours(1)))),
                List.of(online(N1), online(N2)),
                List.of(primitive("site", "heartbeat", "nginx", started(N2, "site"))),
                Optional.empty(),
                List.of(),
                List.of());
    }

    public static StatusReply nodeLost() {
        Problem fencing = Problem.error(
                Place.NONE, "node \"n3\"", "fell silent and is being fenced; what it ran waits for that", "");
        Problem waits = Problem.error(Place.NONE, "", "waits for the fencing of n3, which may still run it", "");
        ResourceStatus flaky = new ResourceStatus(
                "mail",
                ResourceStatus.Kind.PRIMITIVE,
                Optional.of(new AgentName("systemd", "", "postfix")),
                Role.STARTED,
                false,
                List.of(new ResourcePlace(N2, "mail", Role.STARTED, true, "")),
                List.of(new FailCount(
                        N2, 2, Optional.of(3), Optional.of(NOW.plus(Duration.ofMinutes(9))), "monitor: not running")),
                List.of(),
                List.of());
        return new StatusReply(
                NOW,
                cluster(true, "2 of 3 nodes, 2 are needed", Optional.of(N2)),
                RELEASED,
                devices(),
                List.of(),
                List.of(
                        online(N1),
                        new NodeStatus(N2, NodeStatus.State.SLOW, false, true, Optional.of(NOW), "answers late"),
                        new NodeStatus(
                                N3,
                                NodeStatus.State.FENCING,
                                false,
                                false,
                                Optional.of(NOW.minusSeconds(2)),
                                "silent for 1.2 s")),
                List.of(group("web", List.of(stopped("address", waits), stopped("site", waits))), flaky),
                Optional.of(new RunningTransition(
                        12, "n3 was lost", NOW.minusSeconds(1), 1, 6, List.of("fence n3 by fence-n3 on n1"))),
                List.of(fencing),
                Stream.of(1, 2, 3, 4, 5, 6, 7)
                        .map(hours -> new RecentProblem(
                                NOW.minus(Duration.ofHours(hours * 3)),
                                Optional.of(N2),
                                Problem.warning(Place.NONE, "mail", "monitor failed: not running", "")))
                        .toList());
    }

    public static StatusReply empty() {
        return new StatusReply(
                NOW,
                new ClusterStatus(
                        "",
                        N1,
                        Optional.empty(),
                        false,
                        "1 of 2 nodes, 2 are needed",
                        0,
                        new CibVersion(0, 0, 0),
                        true),
                RELEASED,
                List.of(),
                List.of(),
                List.of(new NodeStatus(N1, NodeStatus.State.JOINING, false, false, Optional.empty(), "")),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static ClusterStatus cluster(boolean quorate, String reason, Optional<NodeId> dc) {
        return new ClusterStatus("shop", N1, dc, quorate, reason, 7, new CibVersion(0, 12, 3), false);
    }

    private static NodeStatus online(NodeId node) {
        return new NodeStatus(
                node, NodeStatus.State.ONLINE, false, false, Optional.of(NOW.minus(Duration.ofHours(2))), "");
    }

    private static List<FenceDeviceStatus> devices() {
        return List.of(
                new FenceDeviceStatus(
                        "ipmi",
                        new AgentName("stonith", "", "fence_ipmilan"),
                        List.of(N1, N2),
                        true,
                        "",
                        Optional.of(NOW.minusSeconds(180)),
                        "status of n2 read by n1"),
                new FenceDeviceStatus(
                        "pdu",
                        new AgentName("stonith", "", "fence_apc"),
                        List.of(N3),
                        false,
                        "its monitor failed on n1: login refused",
                        Optional.empty(),
                        ""));
    }

    private static ResourcePlace started(NodeId node, String instance) {
        return new ResourcePlace(node, instance, Role.STARTED, false, "");
    }

    private static ResourceStatus primitive(String id, String provider, String type, ResourcePlace place) {
        return new ResourceStatus(
                id,
                ResourceStatus.Kind.PRIMITIVE,
                Optional.of(new AgentName("ocf", provider, type)),
                Role.STARTED,
                true,
                List.of(place),
                List.of(),
                List.of(),
                List.of());
    }

    private static ResourceStatus stopped(String id, Problem why) {
        return new ResourceStatus(
                id,
                ResourceStatus.Kind.PRIMITIVE,
                Optional.of(new AgentName("ocf", "heartbeat", "nginx")),
                Role.STARTED,
                true,
                List.of(),
                List.of(),
                List.of(why),
                List.of());
    }

    private static ResourceStatus group(String id, List<ResourceStatus> members) {
        return new ResourceStatus(
                id,
                ResourceStatus.Kind.GROUP,
                Optional.empty(),
                Role.STARTED,
                true,
                List.of(),
                List.of(),
                List.of(),
                members);
    }

    private static ResourceStatus promotable(String id, List<ResourcePlace> places) {
        var member = new ResourceStatus(
                "postgres",
                ResourceStatus.Kind.PRIMITIVE,
                Optional.of(new AgentName("ocf", "heartbeat", "pgsql")),
                Role.PROMOTED,
                true,
                places,
                List.of(),
                List.of(),
                List.of());
        return new ResourceStatus(
                id,
                ResourceStatus.Kind.PROMOTABLE,
                Optional.empty(),
                Role.PROMOTED,
                true,
                List.of(),
                List.of(),
                List.of(),
                List.of(member));
    }
}
