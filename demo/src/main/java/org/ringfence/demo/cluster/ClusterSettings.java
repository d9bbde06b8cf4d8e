package org.ringfence.demo.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.ringfence.demo.host.Hosts;
import org.ringfence.demo.host.Run;

/**
 * How a cluster is to be made.
 *
 * @param nodes      from 1 to {@link Hosts#MOST}
 * @param own        whether every node gets a host of its own; else loopback addresses and plain processes
 * @param launcher   the {@code ringfence} command, to which {@code node run --config FILE} is added
 * @param base       where runs are kept
 * @param stateBytes when present, every node's state is on a memory disk of this size
 * @param bootTime   how long a fenced host lies dark before it boots; longer than any test to keep it off
 * @param name       the cluster's
 * @param fencing    how a lost node is known to be dead
 */
public record ClusterSettings(
        int nodes,
        boolean own,
        List<String> launcher,
        Path base,
        OptionalLong stateBytes,
        Duration bootTime,
        String name,
        Fencing fencing) {
    public ClusterSettings {
        launcher = List.copyOf(launcher);
        if (nodes < 1 || nodes > Hosts.MOST) {
            throw new IllegalArgumentException("between 1 and " + Hosts.MOST + " nodes, not " + nodes);
        }
    }

    /** On hosts of their own where these can be made; the launcher is the one that this process was started by. */
    public static ClusterSettings of(int nodes) {
        return new ClusterSettings(
                nodes,
                Hosts.whyNotOwn().isEmpty(),
                List.of(System.getProperty("ringfence.launcher", "ringfence")),
                Run.base(),
                OptionalLong.empty(),
                Duration.ofSeconds(2),
                "demo",
                Fencing.SWITCH);
    }

    public ClusterSettings own(boolean changed) {
        return new ClusterSettings(nodes, changed, launcher, base, stateBytes, bootTime, name, fencing);
    }

    public ClusterSettings launcher(List<String> changed) {
        return new ClusterSettings(nodes, own, changed, base, stateBytes, bootTime, name, fencing);
    }

    public ClusterSettings stateBytes(long changed) {
        return new ClusterSettings(nodes, own, launcher, base, OptionalLong.of(changed), bootTime, name, fencing);
    }

    public ClusterSettings bootTime(Duration changed) {
        return new ClusterSettings(nodes, own, launcher, base, stateBytes, changed, name, fencing);
    }

    public ClusterSettings fencing(Fencing changed) {
        return new ClusterSettings(nodes, own, launcher, base, stateBytes, bootTime, name, changed);
    }
}
