package org.ringfence.simulator.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.ringfence.controller.Event;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.model.NodeId;

/**
 * Disks that every host sees, with a slot for each node. A message is a wish to reset; it counts when more than half of the
 * disks have it, and whoever wrote it waits msgwait from then on.
 */
public final class SharedDisks {
    /** The parameter of the fence device that names them, separated by semicolons. */
    public static final String PARAMETER = "devices";

    private final World world;
    private final Chance chance;
    private final List<SharedDisk> disks = new ArrayList<>();

    /** One of them. */
    private static final class SharedDisk {
        private final SortedSet<NodeId> messages = new TreeSet<>();
        private final SortedSet<NodeId> unseenBy = new TreeSet<>();
        private Duration slowest = Duration.ofMillis(20);
        private boolean hangs;
        private boolean damaged;
        /** What waits for a disk that hangs. */
        private final List<Runnable> stuck = new ArrayList<>();
    }

    SharedDisks(World world, Chance chance, int count) {
        this.world = world;
        this.chance = chance;
        for (int number = 0; number < count; number++) {
            disks.add(new SharedDisk());
        }
    }

    /** How many there are. */
    public int count() {
        return disks.size();
    }

    /** The names of all of them, as a device's parameter. */
    static String names(int count) {
        List<String> names = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            names.add("sbd" + number);
        }
        return String.join(";", names);
    }

    /** A host cannot reach a disk any more, or again. */
    public void lost(int disk, NodeId by, boolean lost) {
        SharedDisk one = disks.get(disk);
        if (lost ? one.unseenBy.add(by) : one.unseenBy.remove(by)) {
            world.note(by, (lost ? "loses" : "sees") + " shared disk " + (disk + 1));
        }
    }

    /** From now on it takes up to this long. */
    public void slowest(int disk, Duration longest) {
        disks.get(disk).slowest = longest;
    }

    /** From now on what is asked of it waits, or no longer does. */
    public void hangs(int disk, boolean now) {
        SharedDisk one = disks.get(disk);
        one.hangs = now;
        if (!now) {
            List<Runnable> late = List.copyOf(one.stuck);
            one.stuck.clear();
            late.forEach(Runnable::run);
        }
    }

    /** Its header cannot be read any more, so nobody uses it; or somebody has made it anew. */
    public void damaged(int disk, boolean now) {
        disks.get(disk).damaged = now;
    }

    /** Everything as it should be. */
    public void repair() {
        for (int number = 0; number < disks.size(); number++) {
            SharedDisk disk = disks.get(number);
            disk.unseenBy.clear();
            disk.slowest = Duration.ofMillis(20);
            disk.damaged = false;
            hangs(number, false);
        }
    }

    /** Does something to a disk after its latency, unless it cannot be used from there; then nothing comes of it. */
    private void access(int number, NodeId by, Runnable use) {
        SharedDisk disk = disks.get(number);
        if (disk.damaged || disk.unseenBy.contains(by)) {
            return;
        }
        Duration takes = chance.millis(1, (int) disk.slowest.toMillis());
        world.clock().after(takes, () -> {
            if (disk.damaged || disk.unseenBy.contains(by)) {
                return;
            }
            if (disk.hangs) {
                disk.stuck.add(use);
            } else {
                use.run();
            }
        });
    }

    /** Whether a message for {@code node} lies there; asked by the node's own host. */
    void read(int number, NodeId node, Consumer<Boolean> seen) {
        access(number, node, () -> seen.accept(disks.get(number).messages.contains(node)));
    }

    /** A guard that begins takes out what was meant for its host's former life. */
    void clear(NodeId node) {
        disks.stream()
                .filter(disk -> !disk.damaged && !disk.hangs && !disk.unseenBy.contains(node))
                .forEach(disk -> disk.messages.remove(node));
    }

    /** A call of the fence agent. */
    void execute(Daemon daemon, FenceAgents.Request request) {
        switch (request.action()) {
            case "off", "reboot" -> write(daemon, request);
            case "metadata" -> answer(daemon, request, Duration.ofMillis(5), true, FenceDevices.METADATA);
            default -> answer(daemon, request, Duration.ofMillis(5), true, List.of());
        }
    }

    private void write(Daemon daemon, FenceAgents.Request request) {
        var target = new NodeId(request.parameters().getOrDefault("plug", ""));
        List<String> named =
                List.of(request.parameters().getOrDefault(PARAMETER, "").split(";"));
        int needed = named.size() / 2 + 1;
        int[] written = {0};
        boolean[] over = {false};
        int boots = daemon.host().boots();
        for (String name : named) {
            int number = Integer.parseInt(name.substring("sbd".length())) - 1;
            access(number, daemon.node(), () -> {
                boolean alive = daemon.host().isPowered() && daemon.host().boots() == boots;
                if (!alive) {
                    return;
                }
                disks.get(number).messages.add(target);
                written[0]++;
                if (written[0] == needed && !over[0]) {
                    over[0] = true;
                    world.note(target, "has a message on " + needed + " of " + named.size() + " shared disks");
                    Duration wait =
                            Duration.ofNanos((long) (Protection.WAIT.toNanos() * world.clockRate(daemon.node())));
                    answer(daemon, request, wait, true, List.of());
                }
            });
        }
        world.clock().after(request.timeout().minus(Protection.WAIT), () -> {
            if (!over[0]) {
                over[0] = true;
                answer(daemon, request, Duration.ZERO, false, List.of());
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
                                succeeded ? "" : "not written to enough of the disks",
                                after))));
    }
}
