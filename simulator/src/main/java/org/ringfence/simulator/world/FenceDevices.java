package org.ringfence.simulator.world;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.Event;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.controller.selffencing.SelfFencing;
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
        LATE,
        /** Says that it has done it, and has not. */
        LIES
    }

    private static final int STATUS_OFF = 2;

    static final List<String> METADATA = List.of(
            "<resource-agent name=\"simulated\"><parameters><parameter name=\"plug\"/></parameters>",
            "<actions><action name=\"on\"/><action name=\"off\"/><action name=\"reboot\"/><action name=\"status\"/>",
            "<action name=\"list\"/><action name=\"monitor\"/></actions></resource-agent>");

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
        if (request.agent().equals(SelfFencing.DISK_AGENT)) {
            world.disks().execute(daemon, request);
            return;
        }
        switch (request.action()) {
            case "metadata" -> answer(daemon, request, chance.millis(20, 200), true, METADATA);
            case "list" ->
                answer(
                        daemon,
                        request,
                        chance.millis(20, 200),
                        true,
                        world.nodes().stream().map(NodeId::name).toList());
            case "status" -> status(daemon, request);
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
            case LIES -> answer(daemon, request, quick, true, List.of());
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

    private void status(Daemon daemon, FenceAgents.Request request) {
        var target = new NodeId(request.parameters().getOrDefault("plug", ""));
        Duration after = chance.millis(20, 200);
        world.clock().after(after, () -> {
            int code = world.host(target).isPowered() ? 0 : STATUS_OFF;
            daemon.deliver(new Event.FenceAgentFinished(
                    new FenceAgents.Result(request.token(), code == 0, code, List.of(), "", after)));
        });
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
