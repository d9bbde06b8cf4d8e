package org.ringfence.simulator.judge;

import java.util.List;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Event;
import org.ringfence.controller.Step;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.Host;
import org.ringfence.simulator.world.Witness;
import org.ringfence.simulator.world.World;

/** Shows everything to every invariant. */
public final class Judge implements Witness {
    private final AcknowledgedConfigurationSurvives changes = new AcknowledgedConfigurationSurvives();
    private final List<Invariant> invariants;

    public Judge() {
        this.invariants = List.of(
                new ActiveOnOneNodeOnly(),
                new SelfFenceInTime(),
                new NoRecoveryBeforeFencing(),
                new NothingStartsUnfenced(),
                new NoActionWithoutQuorum(),
                new OneDesignatedController(),
                changes,
                new ViewsAreUnique(),
                new MessagesDieWithTheirView(),
                new NoFactIsForgotten(),
                new OlderReleasesUnderstand());
    }

    /** What has become of acknowledged changes, for {@link Converges}. */
    public AcknowledgedConfigurationSurvives changes() {
        return changes;
    }

    /** The names of all invariants that are checked after every event. */
    public List<String> names() {
        return invariants.stream()
                .map(invariant -> invariant.getClass().getSimpleName())
                .toList();
    }

    @Override
    public void stepped(World world, Daemon daemon, ControllerState before, Event event, Step<ControllerState> step) {
        invariants.forEach(invariant -> invariant.stepped(world, daemon, before, event, step));
    }

    @Override
    public void told(World world, Daemon daemon, HistoryEntry entry) {
        invariants.forEach(invariant -> invariant.told(world, daemon, entry));
    }

    @Override
    public void resourceChanged(World world, Host host, String resource, boolean active) {
        invariants.forEach(invariant -> invariant.resourceChanged(world, host, resource, active));
    }

    @Override
    public void agentBegan(World world, Host host, String resource, String operation) {
        invariants.forEach(invariant -> invariant.agentBegan(world, host, resource, operation));
    }

    @Override
    public void fenced(World world, NodeId host) {
        invariants.forEach(invariant -> invariant.fenced(world, host));
    }

    @Override
    public void powerChanged(World world, Host host) {
        invariants.forEach(invariant -> invariant.powerChanged(world, host));
    }

    @Override
    public void answered(World world, NodeId node, Request asked, Answer answer) {
        invariants.forEach(invariant -> invariant.answered(world, node, asked, answer));
    }

    @Override
    public void diskLost(World world, Host host, StoredConfiguration before) {
        invariants.forEach(invariant -> invariant.diskLost(world, host, before));
    }

    @Override
    public void left(World world, NodeId node) {
        invariants.forEach(invariant -> invariant.left(world, node));
    }
}
