package org.ringfence.simulator.judge;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Event;
import org.ringfence.controller.Step;
import org.ringfence.controller.dc.DcState;
import org.ringfence.controller.facts.Standing;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.Host;
import org.ringfence.simulator.world.World;

/**
 * Nothing starts in a view while a node to which the DC of an earlier quorate view could give work is neither a member, nor fenced since, nor gone in
 * order. That it happens to have no power does not count: nobody could have known. Later views do not count either: a host
 * that was asleep knows nothing of them, and they start nothing before it is fenced.
 */
public final class NoRecoveryBeforeFencing implements Invariant {
    /** The first quorate view with a ready DC that a node was in since it was last fenced, or left. */
    private final SortedMap<NodeId, ViewNumber> mayHoldSomething = new TreeMap<>();

    @Override
    public void stepped(World world, Daemon daemon, ControllerState before, Event event, Step<ControllerState> step) {
        boolean wasReady = before.dc().map(DcState::ready).orElse(false)
                && before.membership().view().equals(step.state().membership().view());
        if (!wasReady
                && daemon.isRunning()
                && step.state().dc().map(DcState::ready).orElse(false)) {
            step.state()
                    .membership()
                    .view()
                    .filter(View::quorate)
                    .ifPresent(view ->
                            view.members().forEach(member -> mayHoldSomething.putIfAbsent(member, view.number())));
        }
        if (step.state().dc().isPresent()) {
            released(world, before, step.state());
        }
    }

    /** Whether a node that is said to have stopped itself has, SelfFenceInTime judges. */
    @Override
    public void told(World world, Daemon daemon, HistoryEntry entry) {
        SelfFenceInTime.confirmed(entry).ifPresent(node -> mayHoldSomething.remove(node));
    }

    /** A node that its DC lets go holds nothing any more, if that is true, whether or not it hears that it may go. */
    private void released(World world, ControllerState before, ControllerState after) {
        Optional<Standing> left = Optional.of(Standing.LEFT);
        mayHoldSomething
                .keySet()
                .removeIf(node -> after.facts().standing(node.name()).equals(left)
                        && !before.facts().standing(node.name()).equals(left)
                        && !world.host(node).agents().touchesData());
    }

    /** An administrator who has looked and says so is as good as a device, if it is true. */
    @Override
    public void answered(World world, NodeId node, Request asked, Answer answer) {
        if (asked instanceof Request.ConfirmFenced confirm && answer instanceof Answer.Done) {
            var off = new NodeId(confirm.node());
            if (!world.host(off).isPowered()) {
                fenced(world, off);
            }
        }
    }

    @Override
    public void fenced(World world, NodeId host) {
        mayHoldSomething.remove(host);
    }

    @Override
    public void left(World world, NodeId node) {
        mayHoldSomething.remove(node);
    }

    @Override
    public void agentBegan(World world, Host host, String resource, String operation) {
        if (!operation.equals("start")) {
            return;
        }
        host.daemon().flatMap(daemon -> daemon.state().membership().view()).ifPresent(view -> {
            mayHoldSomething.forEach((node, since) -> {
                if (!view.has(node) && view.number().isAfter(since)) {
                    throw violated(resource + " starts on " + host + " in view " + view.number() + " while " + node
                            + " was lost and is not fenced");
                }
            });
        });
    }
}
