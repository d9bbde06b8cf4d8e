package org.ringfence.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.StatusReply;
import org.ringfence.api.history.HistoryEntry;
import org.ringfence.api.status.Interlock;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.demo.client.Attempt;
import org.ringfence.demo.client.Probe;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.ClusterNode;
import org.ringfence.demo.cluster.NotInTimeException;
import org.ringfence.demo.timeline.Phase;
import org.ringfence.demo.timeline.Recovery;
import org.ringfence.demo.watchdog.WatchdogBoxes;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Problem;

/** What is played on one cluster: it comes up, and then either refuses to start anything or survives a fault. */
final class Scene {
    private static final Duration FORMING = Duration.ofSeconds(60);

    /** Sixteen virtual machines that start on two cores take most of a minute. */
    private static final Duration FORMING_PER_NODE = Duration.ofSeconds(5);

    private static final Duration RECOVERING = Duration.ofSeconds(60);
    private static final Duration ASKING = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final DemoOptions options;
    private final Cluster cluster;
    private final Screen screen;

    Scene(DemoOptions options, Cluster cluster, Screen screen) {
        this.options = options;
        this.cluster = cluster;
        this.screen = screen;
    }

    private StatusReply comeUp() throws IOException {
        cluster.startAll();
        String ended = switch (cluster.settings().fencing()) {
            case SWITCH -> "a power switch can cut each of them";
            case SBD -> "each has a watchdog and sees one shared disk; nothing else can end them";
            case WATCHDOG -> "each has a watchdog; nothing else can end them";
        };
        screen.done(
                cluster.hosts().own()
                        ? "each node is a host of its own: network, processes, mounts; " + ended
                        : "each node is a process of its own; " + ended);
        Duration forming = FORMING.plus(FORMING_PER_NODE.multipliedBy(options.nodes()));
        StatusReply status = Cluster.await("all nodes online", forming, () -> {
            Optional<StatusReply> seen = cluster.status();
            seen.ifPresent(now -> screen.waiting(nodes(now)));
            return seen.filter(now -> now.cluster().dc().isPresent() && online(now) == options.nodes());
        });
        screen.done(options.nodes() + " nodes are members, "
                + status.cluster().dc().map(NodeId::name).orElse("none") + " is the DC");
        return status;
    }

    private static long online(StatusReply status) {
        return status.nodes().stream()
                .filter(node -> node.state() == NodeStatus.State.ONLINE)
                .count();
    }

    private static String nodes(StatusReply status) {
        return status.nodes().stream()
                .map(node -> node.node() + " " + node.state().name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** Without a fence device nothing starts: shows the reason, and the way out. */
    ExitStatus refusal(PrintStream out) throws IOException, DaemonUnavailableException {
        comeUp();
        Reply.Outcome outcome = cluster.load(cluster.serviceCib(false));
        List<Problem> problems = switch (outcome) {
            case Reply.Refused refused -> refused.problems();
            default -> List.of();
        };
        if (!problems.isEmpty()) {
            screen.headline("A configuration without fencing is refused:");
            screen.list("  ", problems.stream().map(Problem::toString).toList());
            cluster.load(cluster.serviceCib(false), true);
        }
        StatusReply status = Cluster.await(
                "the interlock",
                FORMING,
                () -> cluster.status()
                        .filter(now -> now.interlock().state() == Interlock.State.ENGAGED)
                        .filter(now -> !now.resources().isEmpty()));
        boolean starts = status.resources().stream()
                .anyMatch(resource -> !resource.places().isEmpty()
                        || resource.members().stream()
                                .anyMatch(member -> !member.places().isEmpty()));
        screen.headline(
                problems.isEmpty()
                        ? "There is no fencing, so nothing starts:"
                        : "Loaded in spite of that, it starts nothing:");
        screen.bad("  " + status.interlock().reason());
        screen.line("");
        screen.line("The way out:");
        screen.list("  ", status.interlock().commands());
        if (options.json()) {
            out.println(DemoReport.refusal(status.interlock()));
        }
        if (starts) {
            throw new NotInTimeException("something runs although there is no fencing");
        }
        return ExitStatus.REFUSED_AS_UNSAFE;
    }

    /** Brings the service up, strikes the node that runs it and tells what happened until the client was answered again. */
    DemoReport failOver() throws IOException, DaemonUnavailableException, InterruptedException {
        comeUp();
        accept(cluster.load(cluster.serviceCib(true)));
        String device = switch (cluster.settings().fencing()) {
            case SWITCH -> "fence device power";
            case SBD -> "fence device shared-disk (msgwait 10 s)";
            case WATCHDOG -> "no fence device, fencing-watchdog-timeout 10 s";
        };
        screen.done("configuration accepted: " + device + ", group web"
                + cluster.hosts()
                        .serviceAddress()
                        .map(at -> " with the address " + at)
                        .orElse(""));
        try (Probe client = cluster.probe(ASKING, PATIENCE)) {
            Attempt first = answered(client, Instant.now(), _ -> true, FORMING, "the service's first answer");
            screen.done("the service answers a client outside, from " + first.answer());
            ClusterNode victim = place(client);
            StatusReply before = settled();
            Thread.sleep(1000);
            boolean dc = before.cluster()
                    .dc()
                    .filter(node -> node.name().equals(victim.name()))
                    .isPresent();
            screen.headline("Now " + victim + ", which runs the service and is " + (dc ? "the DC" : "not the DC") + ", "
                    + (options.cut() ? "is cut off from the network." : "loses its power."));
            Phase fault = strike(victim);
            Attempt back = answered(
                    client,
                    fault.at(),
                    attempt -> !attempt.answer().equals(victim.name()),
                    RECOVERING,
                    "an answer from another node");
            Recovery recovery = Recovery.of(
                    fault, victim.name(), histories(victim, fault.at(), back), ended(victim, fault.at()), back);
            screen.timeline(recovery);
            screen.line("");
            screen.good("The client was without an answer for " + Screen.milliseconds(recovery.downtime()) + ".");
            screen.line("");
            return new DemoReport(options, cluster.hosts().own(), victim.name(), dc, recovery, comeBack(victim));
        }
    }

    /** When the struck node's own watchdog, or its guard, has ended it: nobody but its power knows. */
    private List<Phase> ended(ClusterNode victim, Instant from) {
        return cluster.watchdogBoxes().map(WatchdogBoxes::fired).orElse(List.of()).stream()
                .filter(fired ->
                        fired.host().equals(victim.name()) && fired.at().isAfter(from))
                .map(fired -> new Phase(
                        "host ended",
                        victim + " is ended by " + (fired.starved() ? "its watchdog" : "its guard")
                                + ", seen from outside",
                        fired.at()))
                .limit(1)
                .toList();
    }

    private Phase strike(ClusterNode victim) throws IOException {
        Instant now = Instant.now();
        if (options.cut()) {
            victim.machine().cutLink();
            return new Phase("fault", victim + " is cut off", now);
        }
        victim.off();
        return new Phase("fault", victim + " loses power", now);
    }

    /** Sees to it that the node to be struck runs the service. */
    private ClusterNode place(Probe client) throws DaemonUnavailableException, IOException, InterruptedException {
        StatusReply status = settled();
        String dc = status.cluster().dc().orElseThrow().name();
        String holder = client.lastAnswer().orElseThrow().answer();
        boolean right = (options.victim() == DemoOptions.Victim.DC) == holder.equals(dc);
        if (right) {
            return cluster.node(holder);
        }
        ClusterNode to = options.victim() == DemoOptions.Victim.DC
                ? cluster.node(dc)
                : cluster.others(cluster.node(dc)).getFirst();
        Instant asked = Instant.now();
        accept(cluster.anyNode()
                .call(new Request.Move("web", Optional.of(new NodeId(to.name())), Duration.ofMinutes(5), false)));
        Attempt there = answered(
                client, asked, attempt -> attempt.answer().equals(to.name()), FORMING, "the service's move to " + to);
        accept(cluster.anyNode().call(new Request.Unmove("web", false)));
        screen.done("moved the service to " + there.answer());
        return to;
    }

    private StatusReply settled() throws DaemonUnavailableException {
        accept(cluster.anyNode().call(new Request.WaitSettled(FORMING)));
        return cluster.anyNode().status();
    }

    private List<HistoryEntry> histories(ClusterNode victim, Instant fault, Attempt back)
            throws DaemonUnavailableException, InterruptedException {
        // The service answers before its agent has returned and the node has put that on record.
        Thread.sleep(
                Math.max(0, 500 - Duration.between(back.ended(), Instant.now()).toMillis()));
        List<HistoryEntry> entries = new ArrayList<>();
        for (ClusterNode survivor : cluster.others(victim)) {
            entries.addAll(survivor.history(fault.minusMillis(1)));
        }
        return entries;
    }

    /** The struck node boots and joins again. */
    private Optional<Duration> comeBack(ClusterNode victim) throws IOException {
        if (options.cut()) {
            victim.machine().healLink();
        }
        Instant from = Instant.now();
        if (!victim.isOn()) {
            victim.on();
        }
        screen.waiting(victim + " boots");
        try {
            cluster.awaitMembers(FORMING);
        } catch (NotInTimeException away) {
            screen.bad(victim + " did not come back: " + away.getMessage());
            return Optional.empty();
        }
        Duration took = Duration.between(from, Instant.now());
        screen.done(victim + " has booted and is a member again, after " + Screen.milliseconds(took));
        guardsWord(victim);
        return Optional.of(took);
    }

    /** What the struck node's guard has left for after the boot. */
    private void guardsWord(ClusterNode victim) {
        try {
            victim.status()
                    .guard()
                    .filter(guard -> guard.lastReset().isPresent())
                    .ifPresent(guard -> screen.done(victim + " says why it was ended: " + guard.why()));
        } catch (DaemonUnavailableException silent) {
            screen.bad(victim + " does not answer: " + silent.getMessage());
        }
    }

    private static Attempt answered(
            Probe client, Instant from, java.util.function.Predicate<Attempt> wanted, Duration timeout, String what)
            throws IOException, InterruptedException {
        return client.await(from, wanted, timeout)
                .orElseThrow(() -> new NotInTimeException(what + ": not within " + timeout.toSeconds() + " s"));
    }

    private static void accept(Reply.Outcome outcome) {
        if (outcome.exitStatus() != ExitStatus.DONE) {
            throw new NotInTimeException("the cluster answered " + outcome);
        }
    }
}
