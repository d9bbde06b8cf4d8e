package org.ringfence.cli.offline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.cli.input.YesOrNo;
import org.ringfence.model.NodeId;
import org.ringfence.scheduler.execution.Injection;
import org.ringfence.scheduler.execution.OperationOutcome;
import picocli.CommandLine.Option;

/** What is to have happened before the transition is computed, or is to go wrong while it is carried out. */
final class InjectionOptions {
    @Option(names = "--node-up", paramLabel = "NODE", description = "The node becomes a member. Can be repeated.")
    private List<NodeId> up = new ArrayList<>();

    @Option(names = "--node-down", paramLabel = "NODE", description = "The node leaves in order. Can be repeated.")
    private List<NodeId> down = new ArrayList<>();

    @Option(
            names = "--node-fail",
            paramLabel = "NODE",
            description = "The node is not heard any more, and may still hold what it held. Can be repeated.")
    private List<NodeId> fail = new ArrayList<>();

    @Option(
            names = "--op-inject",
            paramLabel = "SPEC",
            description = {
                "An operation has ended so: RESOURCE_OPERATION_INTERVAL@NODE=RC, the interval in milliseconds. Can be"
                        + " repeated."
            })
    private List<OperationOutcome> ended = new ArrayList<>();

    @Option(
            names = "--op-fail",
            paramLabel = "SPEC",
            description = "An operation of the transition ends so, if there is such a one. Can be repeated.")
    private List<OperationOutcome> failures = new ArrayList<>();

    @Option(names = "--quorum", paramLabel = "yes|no", description = "There is quorum, or there is none.")
    private @Nullable YesOrNo quorum;

    @Option(names = "--ticket-grant", paramLabel = "TICKET", description = "The ticket is granted. Can be repeated.")
    private List<String> granted = new ArrayList<>();

    @Option(
            names = "--ticket-revoke",
            paramLabel = "TICKET",
            description = "The ticket is not granted any more. Can be repeated.")
    private List<String> revoked = new ArrayList<>();

    /** In the order in which they happen: quorum, tickets, nodes, then operations. */
    List<Injection> injections() {
        List<Injection> injections = new ArrayList<>();
        if (quorum != null) {
            injections.add(new Injection.Quorum(quorum == YesOrNo.YES));
        }
        granted.forEach(ticket -> injections.add(new Injection.Ticket(ticket, true)));
        revoked.forEach(ticket -> injections.add(new Injection.Ticket(ticket, false)));
        up.forEach(node -> injections.add(new Injection.NodeUp(node)));
        down.forEach(node -> injections.add(new Injection.NodeDown(node)));
        fail.forEach(node -> injections.add(new Injection.NodeFail(node)));
        ended.forEach(outcome -> injections.add(new Injection.Ended(outcome)));
        return injections;
    }

    List<OperationOutcome> failures() {
        return List.copyOf(failures);
    }
}
