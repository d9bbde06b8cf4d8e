package org.ringfence.daemon.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.ringfence.api.StatusReply;
import org.ringfence.api.history.HistoryEntry;
import org.ringfence.api.status.AddressStatus;
import org.ringfence.api.status.FenceDeviceStatus;
import org.ringfence.api.status.GuardStatus;
import org.ringfence.api.status.Interlock;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.api.status.RecentProblem;
import org.ringfence.api.status.RunningTransition;
import org.ringfence.api.status.Waiver;
import org.ringfence.controller.ClusterStatus;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.Standing;
import org.ringfence.controller.fencing.FenceDevice;
import org.ringfence.controller.membership.View;
import org.ringfence.daemon.guard.GuardLink;
import org.ringfence.daemon.node.Timeline;
import org.ringfence.guard.note.Note;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.value.Truth;

/** How everything stands, in the words of the local API. */
final class StatusView {
    private static final int RECENT_MAX = 10;

    private final ClusterStatus known;
    private final Cib cib;
    private final TreeMap<String, Standing> standings = new TreeMap<>();
    private final List<NodeId> members;

    private StatusView(ClusterStatus known) {
        this.known = known;
        try {
            this.cib = Cib.read(known.cib(), "configuration");
        } catch (UnusableInputException damaged) {
            throw new IllegalStateException("a node sent a configuration that cannot be read", damaged);
        }
        for (Fact fact : known.facts()) {
            if (fact.key().kind() == Fact.Kind.STANDING) {
                fact.value().ifPresent(value -> standings.put(fact.key().node(), Standing.valueOf(value)));
            }
        }
        this.members = known.view().map(View::members).orElse(List.of());
    }

    static StatusReply of(
            ClusterStatus known,
            NodeId asked,
            Timeline timeline,
            Optional<GuardLink> guard,
            AddressStatus addresses,
            Instant at) {
        return new StatusView(known).reply(asked, timeline, guard, addresses, at);
    }

    private StatusReply reply(
            NodeId asked, Timeline timeline, Optional<GuardLink> guard, AddressStatus addresses, Instant at) {
        boolean quorate = known.view().map(View::quorate).orElse(false);
        var cluster = new org.ringfence.api.status.ClusterStatus(
                known.cluster(),
                asked,
                known.view().map(View::dc),
                quorate,
                quorate ? members.size() + " of " + known.nodes().size() + " nodes" : known.quorumShortfall(),
                known.view().map(view -> view.number().counter()).orElse(0L),
                cib.version(),
                property("maintenance-mode"));
        List<NodeStatus> nodes = known.nodes().stream().map(this::node).toList();
        return new StatusReply(
                at,
                cluster,
                interlock(),
                fencing(),
                waivers(),
                nodes,
                new ResourceView(cib, known).resources(),
                known.transition()
                        .map(running -> new RunningTransition(
                                running.id(), "", at, running.done(), running.of(), running.running())),
                wrong(guard),
                recent(timeline),
                guard.map(StatusView::guard),
                Optional.of(addresses));
    }

    private boolean property(String name) {
        return cib.property(name).flatMap(Truth::parse).orElse(false);
    }

    private Interlock interlock() {
        var interlock = known.interlock();
        Interlock.State state = !interlock.isClosed()
                ? Interlock.State.RELEASED
                : interlock.waivers().isEmpty() ? Interlock.State.ENGAGED : Interlock.State.WAIVED;
        return new Interlock(state, interlock.reason().orElse("fencing is configured"), interlock.commands());
    }

    private List<Waiver> waivers() {
        return known.interlock().waivers().stream()
                .map(waiver -> new Waiver(
                        List.of(waiver.resource()), waiver.who(), waiver.why(), Instant.EPOCH, waiver.expires()))
                .toList();
    }

    private List<FenceDeviceStatus> fencing() {
        return FenceDevice.of(cib).stream()
                .map(device -> {
                    List<NodeId> targets =
                            known.nodes().stream().filter(device::mayFence).toList();
                    return new FenceDeviceStatus(
                            device.id(),
                            new AgentName("stonith", "", device.agent()),
                            targets,
                            !targets.isEmpty(),
                            targets.isEmpty() ? "it covers no node of this cluster" : "configured",
                            FencingView.lastProof(known.facts(), device.id()).map(FencingView.LastProof::when),
                            FencingView.lastProof(known.facts(), device.id())
                                    .map(FencingView.LastProof::what)
                                    .orElse(""));
                })
                .toList();
    }

    private NodeStatus node(NodeId node) {
        Optional<Standing> standing = Optional.ofNullable(standings.get(node.name()));
        boolean fencing =
                known.fencing().stream().anyMatch(under -> under.target().equals(node));
        NodeStatus.State state;
        String reason = "";
        if (members.contains(node) && !standing.equals(Optional.of(Standing.FENCED))) {
            state = known.slow().contains(node)
                    ? NodeStatus.State.SLOW
                    : known.ready() ? NodeStatus.State.ONLINE : NodeStatus.State.JOINING;
            reason = known.ready() ? "" : known.waitingFor();
        } else if (standing.map(Standing::isUnsafe).orElse(false)) {
            state = fencing ? NodeStatus.State.FENCING : NodeStatus.State.UNCLEAN;
            reason = known.fencing().stream()
                    .filter(under -> under.target().equals(node))
                    .map(StatusView::fencing)
                    .findFirst()
                    .orElse("lost, and not yet known to be dead");
        } else {
            state = NodeStatus.State.OFFLINE;
            reason = standing.map(value -> switch (value) {
                        case FENCED -> "fenced";
                        case LEFT -> "left";
                        case MEMBER, LOST -> "";
                    })
                    .orElse("never seen since the cluster started");
        }
        boolean standby = attribute(node, "standby");
        boolean maintenance = attribute(node, "maintenance");
        return new NodeStatus(node, state, standby, maintenance, Optional.empty(), reason);
    }

    private static String fencing(ClusterStatus.FencingUnderWay under) {
        String last = under.lastFailure().isEmpty() ? "" : "; the last try failed: " + under.lastFailure();
        return under.failures() == 0
                ? "being fenced" + last
                : "fencing failed " + under.failures() + " times, tried again every "
                        + under.nextTry().toSeconds() + " s" + last;
    }

    private boolean attribute(NodeId node, String name) {
        return cib.configuration()
                .nodeNamed(node.name())
                .map(configured -> configured.attributes().stream()
                        .map(AttributeSet::values)
                        .anyMatch(values -> Optional.ofNullable(values.get(name))
                                .flatMap(Truth::parse)
                                .orElse(false)))
                .orElse(false);
    }

    private static GuardStatus guard(GuardLink link) {
        return new GuardStatus(
                link.isArmed(),
                link.text(),
                link.lastReset().map(Note::at),
                link.lastReset()
                        .map(note -> note.why() + " (" + note.how() + "); " + note.seen())
                        .orElse(""));
    }

    private List<Problem> wrong(Optional<GuardLink> guard) {
        List<Problem> wrong = new ArrayList<>(guard.map(GuardLink::problems).orElse(List.of()));
        if (!known.ready() && !known.waitingFor().isEmpty()) {
            wrong.add(Problem.warning(Place.NONE, "cluster", "does not decide yet: " + known.waitingFor(), ""));
        }
        known.fencing().stream()
                .filter(under -> under.failures() > 0)
                .forEach(under -> wrong.add(Problem.error(
                        Place.NONE,
                        "node " + under.target(),
                        fencing(under) + "; nothing of its is recovered until then",
                        "mend the device, or when the node is really off: ringfence fence confirm " + under.target()
                                + " --reason TEXT")));
        wrong.addAll(known.problems());
        gaps().ifPresent(gaps -> wrong.add(Problem.warning(
                Place.NONE,
                "configuration",
                "since the last change the cluster could not deal with the failure of " + gaps + " by itself",
                "ringfence whatif --every-single-failure --gaps")));
        return wrong;
    }

    /** What the DC has found since the last change. */
    private Optional<String> gaps() {
        return known.view()
                .map(View::dc)
                .flatMap(dc -> known.facts().stream()
                        .filter(fact ->
                                fact.key().equals(new Fact.Key(Fact.Kind.ATTRIBUTE, dc.name(), GapWatch.ATTRIBUTE)))
                        .findFirst()
                        .flatMap(Fact::value));
    }

    private static List<RecentProblem> recent(Timeline timeline) {
        List<RecentProblem> recent = new ArrayList<>();
        for (HistoryEntry entry : HistoryView.entries(timeline).reversed()) {
            boolean bad = switch (entry.kind()) {
                case NODE_LOST, FENCE_FAILED, RESOURCE_FAILED, PROBLEM -> true;
                default -> false;
            };
            if (bad && recent.size() < RECENT_MAX) {
                recent.add(new RecentProblem(
                        entry.at(),
                        Optional.of(entry.node()),
                        Problem.warning(Place.NONE, entry.subject(), entry.text(), "")));
            }
        }
        return recent;
    }
}
