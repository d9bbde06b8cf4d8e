package org.ringfence.cli.screen;

import java.time.Duration;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.ringfence.api.Reply;
import org.ringfence.api.StatusReply;
import org.ringfence.api.status.AddressStatus;
import org.ringfence.api.status.ClusterStatus;
import org.ringfence.api.status.FenceDeviceStatus;
import org.ringfence.api.status.GuardStatus;
import org.ringfence.api.status.Interlock;
import org.ringfence.api.status.RecentProblem;
import org.ringfence.api.status.RunningTransition;
import org.ringfence.api.status.Waiver;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Problem;

/** The cluster on one screen, what matters most on top: the interlock when it holds, then what is wrong. */
public final class StatusScreen {
    /** Older ones are for {@code ringfence history}. */
    private static final int RECENT_MOST = 5;

    private final Terminal terminal;
    private final Moments moments;
    private final StatusReply status;

    public StatusScreen(Terminal terminal, TimeZone zone, StatusReply status) {
        this.terminal = terminal;
        this.moments = new Moments(status.at(), zone);
        this.status = status;
    }

    /** The answer to a question for the status, which may be that there is none. */
    public static void show(Terminal terminal, TimeZone zone, Reply.Outcome outcome) {
        if (outcome instanceof StatusReply status) {
            new StatusScreen(terminal, zone, status).show();
        } else {
            new OutcomeScreen(terminal).show(outcome);
        }
    }

    public void show() {
        interlock(status.interlock());
        cluster(status.cluster());
        wrong(status.wrong());
        nodes();
        fencing();
        status.guard().ifPresent(this::guard);
        status.addresses().ifPresent(this::addresses);
        heading("Resources");
        if (status.resources().isEmpty()) {
            terminal.line("  none configured");
        } else {
            new ResourceLines(terminal, moments).print(status.resources());
        }
        status.transition().ifPresent(this::transition);
        recent();
        terminal.flush();
    }

    private void interlock(Interlock interlock) {
        switch (interlock.state()) {
            case RELEASED -> {}
            case WAIVED -> {
                terminal.line(terminal.paint(Style.WARNING, "NO FENCING, WAIVED: ") + interlock.reason());
                commands(interlock.commands());
            }
            case ENGAGED -> {
                terminal.line(terminal.paint(Style.BAD, "NO RESOURCE STARTS: ") + interlock.reason());
                commands(interlock.commands());
            }
        }
    }

    private void commands(List<String> commands) {
        if (!commands.isEmpty()) {
            terminal.line("  To set fencing up:");
            commands.forEach(command -> terminal.line("    " + terminal.paint(Style.STRONG, command)));
        }
        terminal.line("");
    }

    private void cluster(ClusterStatus cluster) {
        String name = cluster.name().isEmpty() ? "Cluster" : "Cluster " + cluster.name();
        terminal.line(terminal.paint(Style.STRONG, name) + ", asked " + cluster.thisNode() + " at "
                + moments.at(status.at()));
        var table = new Table(2);
        table.row(List.of(
                Cell.of("quorum"),
                new Cell(cluster.quorate() ? "yes" : "NO", cluster.quorate() ? Style.GOOD : Style.BAD),
                Cell.of(cluster.quorumReason())));
        table.row(List.of(
                Cell.of("DC"),
                cluster.dc().map(dc -> Cell.of(dc.name())).orElse(new Cell("none", Style.WARNING)),
                Cell.of("view " + cluster.view() + ", configuration " + cluster.configuration())));
        if (cluster.maintenance()) {
            table.row(List.of(
                    Cell.of("maintenance"),
                    new Cell("on", Style.WARNING),
                    Cell.of("resources are watched and nothing is done; end it: ringfence maintenance off")));
        }
        table.printTo(terminal);
    }

    private void wrong(List<Problem> problems) {
        if (!problems.isEmpty()) {
            heading("Wrong");
            ProblemLines.print(terminal, 2, problems);
        }
    }

    private void nodes() {
        heading("Nodes");
        new NodeLines(terminal, moments).print(status.nodes(), status.cluster().dc());
    }

    private void guard(GuardStatus guard) {
        heading("Guard of " + status.cluster().thisNode());
        terminal.line("  " + terminal.paint(guard.armed() ? Style.GOOD : Style.BAD, guard.text()));
        guard.lastReset()
                .ifPresent(at -> terminal.line("  " + terminal.paint(Style.WARNING, "ended this host " + moments.at(at))
                        + ": " + guard.why()));
    }

    /** Nothing while this node has had nothing to do with an address. */
    private void addresses(AddressStatus done) {
        if (done.connections() + done.known() + done.woken() + done.closed() + done.conflicts() == 0) {
            return;
        }
        heading("Addresses of " + status.cluster().thisNode());
        terminal.line("  " + done.connections() + " connections here, " + done.known() + " of other nodes known; "
                + done.woken() + " clients woken, " + done.closed() + " connections closed");
        if (done.conflicts() > 0) {
            terminal.line("  "
                    + terminal.paint(Style.WARNING, done.conflicts() + " conflicts with other hosts")
                    + ": ringfence history");
        }
    }

    private void fencing() {
        heading("Fencing");
        var table = new Table(2);
        for (FenceDeviceStatus device : status.fencing()) {
            table.row(List.of(
                    Cell.of(device.id()),
                    Cell.of(device.agent().type()),
                    Cell.of("for " + names(device.targets())),
                    new Cell(device.usable() ? "usable" : "NOT USABLE", device.usable() ? Style.GOOD : Style.BAD),
                    Cell.of(device.usable() ? proof(device) : device.reason())));
        }
        for (Waiver waiver : status.waivers()) {
            table.row(List.of(
                    Cell.of("waiver"),
                    Cell.of(String.join(" ", waiver.resources())),
                    Cell.of("by " + waiver.giver()),
                    new Cell("until " + moments.at(waiver.expires()), Style.WARNING),
                    Cell.of(waiver.reason())));
        }
        if (status.fencing().isEmpty()) {
            terminal.line("  " + terminal.paint(Style.BAD, "no fence device is configured"));
        }
        table.printTo(terminal);
    }

    private String proof(FenceDeviceStatus device) {
        return device.lastProof()
                .map(at -> "proven " + moments.ago(at) + ": " + device.proof())
                .orElse("never proven");
    }

    private void transition(RunningTransition transition) {
        heading("Doing");
        String cause = transition.cause().isEmpty() ? "" : " (" + transition.cause() + ")";
        terminal.line("  transition " + transition.number() + cause + ", " + transition.done()
                + " of " + transition.of() + " actions, "
                + Moments.span(Duration.between(transition.started(), status.at())));
        transition.inFlight().forEach(action -> terminal.line("    " + action));
    }

    private void recent() {
        if (status.recent().isEmpty()) {
            return;
        }
        heading("Recently");
        var table = new Table(2);
        for (RecentProblem recent : status.recent().stream().limit(RECENT_MOST).toList()) {
            table.row(
                    moments.at(recent.at()),
                    recent.node().map(NodeId::name).orElse(""),
                    ProblemLines.reason(recent.problem()));
        }
        table.printTo(terminal);
        if (status.recent().size() > RECENT_MOST) {
            terminal.line("  and " + (status.recent().size() - RECENT_MOST) + " more: ringfence history");
        }
    }

    private void heading(String text) {
        terminal.line("");
        terminal.line(terminal.paint(Style.STRONG, text));
    }

    private static String names(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::name).collect(Collectors.joining(" "));
    }
}
