package org.ringfence.simulator.world;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.Event;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.model.NodeId;

/** The power switches of the hosts, and the agents that speak to them. They are on a network of their own. */
public final class FenceDevices {
    private final World world;
    private final Chance chance;
    private final SortedMap<String, Behaviour> behaviours = new TreeMap<>();
    private final SortedMap<NodeId, Integer> done = new TreeMap<>();

    /** What a device does when it is asked to cut somebody's power. */
    public enum Behaviour {
        WORKS,
        /** Works after some seconds. */
        SLOW,
        /** Says at once that it cannot. */
        FAILS,
        /** Never answers and does nothing. */
        HANGS,
        /** Works, and the answer is lost. */
        SILENT,
        /** Works long after the agent was given up. */
        LATE
    }

    FenceDevices(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    /** @param agent as the configuration calls the fence agent */
    public void behave(String agent, Behaviour behaviour) {
        if (behaviours.getOrDefault(agent, Behaviour.WORKS) != behaviour) {
            world.note("fence device " + agent + ": " + behaviour);
            behaviours.put(agent, behaviour);
        }
    }

    /** How often a host's power was cut by a device. */
    public int timesFenced(NodeId node) {
        return done.getOrDefault(node, 0);
    }

    void execute(Daemon daemon, FenceAgents.Request request) {
        switch (request.action()) {
            case "metadata" ->
                answer(
                        daemon,
                        request,
                        chance.millis(20, 200),
                        true,
                        List.of("<parameter name=\"plug\"/>", "<action name=\"reboot\"/>"));
            case "list" ->
                answer(
                        daemon,
                        request,
                        chance.millis(20, 200),
                        true,
                        world.nodes().stream().map(NodeId::name).toList());
            case "off", "on", "reboot" -> act(daemon, request);
            default -> answer(daemon, request, chance.millis(20, 200), true, List.of());
        }
    }

    private void act(Daemon daemon, FenceAgents.Request request) {
        String plug = request.parameters().getOrDefault("plug", "");
        var target = new NodeId(plug);
        Duration quick = chance.millis(50, 500);
        Duration slow = chance.millis(3_000, 15_000);
        switch (behaviours.getOrDefault(request.agent(), Behaviour.WORKS)) {
            case WORKS -> {
                switchPower(target, request.action(), quick);
                answer(daemon, request, quick.plusMillis(chance.between(1, 300)), true, List.of());
            }
            case SLOW -> {
                switchPower(target, request.action(), slow);
                answer(daemon, request, slow.plusMillis(chance.between(1, 3_000)), true, List.of());
            }
            case FAILS -> answer(daemon, request, quick, false, List.of());
            case HANGS -> answer(daemon, request, request.timeout(), false, List.of());
            case SILENT -> {
                switchPower(target, request.action(), quick);
                answer(daemon, request, request.timeout(), false, List.of());
            }
            case LATE -> {
                switchPower(target, request.action(), request.timeout().plus(slow));
                answer(daemon, request, request.timeout(), false, List.of());
            }
        }
    }

    private void switchPower(NodeId target, String action, Duration after) {
        world.clock().after(after, () -> {
            Host host = world.host(target);
            if (action.equals("on")) {
                host.powerOn();
                return;
            }
            world.note(target, "is fenced (" + action + ")");
            done.merge(target, 1, Integer::sum);
            world.witness().fenced(world, target);
            if (action.equals("reboot")) {
                host.reset();
            } else {
                host.powerOff();
            }
        });
    }

    private void answer(
            Daemon daemon, FenceAgents.Request request, Duration after, boolean succeeded, List<String> output) {
        world.clock()
                .after(
                        after,
                        () -> daemon.deliver(new Event.FenceAgentFinished(new FenceAgents.Result(
                                request.token(),
                                succeeded,
                                succeeded ? 0 : 1,
                                output,
                                succeeded ? "" : "the device does not do it",
                                after))));
    }
}
