package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/** The command line options with which a bundle's container is started: mounts, network and ports. */
final class RunOptions {
    private RunOptions() {}

    static String of(
            org.ringfence.model.cib.Resource.Bundle configured,
            Replica replica,
            int number,
            String id,
            SequencedMap<String, String> network,
            String address) {
        var options = new StringBuilder();
        for (SequencedMap<String, String> mount : configured.storage()) {
            options.append(" -v ")
                    .append(source(mount, id, number))
                    .append(':')
                    .append(mount.getOrDefault("target-dir", ""));
            String flags = mount.get("options");
            if (flags != null) {
                options.append(':').append(flags);
            }
        }
        for (SequencedMap<String, String> port : configured.ports()) {
            String outer = port.getOrDefault("port", port.getOrDefault("range", ""));
            if (!address.isEmpty()) {
                options.append(" -p ").append(address).append(':').append(outer).append(':');
                options.append(port.getOrDefault("internal-port", outer));
            }
        }
        String mode = configured.container().get("network");
        if (mode != null) {
            options.append(" --net=").append(mode);
        }
        String more = configured.container().get("options");
        if (more != null) {
            options.append(' ').append(more);
        }
        return options.toString();
    }

    private static String source(SequencedMap<String, String> mount, String id, int number) {
        String root = mount.get("source-dir-root");
        return root == null ? mount.getOrDefault("source-dir", "") : root + "/" + id + "-" + number;
    }

    static String mountPoints(org.ringfence.model.cib.Resource.Bundle configured, String id, int number) {
        List<String> points = new ArrayList<>();
        for (SequencedMap<String, String> mount : configured.storage()) {
            if (mount.containsKey("source-dir-root")) {
                points.add(source(mount, id, number));
            }
        }
        return String.join(",", points);
    }
}
