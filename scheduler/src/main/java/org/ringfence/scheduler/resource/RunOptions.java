package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.ringfence.model.cib.Resource.Bundle;

/**
 * The command line options with which a replica's container is started: environment, mounts, network and ports. What runs
 * inside is managed over a connection, for which the key, the logs' directory and the control port are made available.
 */
final class RunOptions {
    private static final String AUTHENTICATION_KEY = "/etc/pacemaker/authkey";
    private static final String LOGS = "/var/log/pacemaker/bundles";

    private final Bundle configured;
    private final String name;
    private final String id;
    private final String address;
    private final String controlPort;
    private final boolean managedInside;

    /** @param addresses of all replicas; empty when they have none of their own */
    RunOptions(Bundle configured, int number, SequencedMap<String, String> network, List<String> addresses) {
        this.configured = configured;
        this.id = configured.id();
        this.name = id + "-" + number;
        this.address = addresses.isEmpty() ? "" : addresses.get(number);
        this.controlPort = network.getOrDefault("control-port", "3121");
        this.managedInside = configured.child().isPresent();
    }

    String text(List<String> addresses) {
        var options = new StringBuilder();
        if (configured.technology().equals("docker")) {
            options.append(" --restart=no");
        }
        if (!address.isEmpty()) {
            options.append(" -h ").append(name);
        }
        options.append(" -e PCMK_stderr=1");
        String mode = configured.container().get("network");
        if (mode != null) {
            options.append(" --net=").append(mode);
        }
        options.append(" -e PCMK_remote_port=").append(controlPort);
        mounts(options);
        if (!"host".equals(mode)) {
            ports(options);
        }
        options.append(' ');
        String more = configured.container().get("options");
        if (more != null) {
            options.append(more).append(' ');
        }
        for (int other = 0; other < addresses.size(); other++) {
            options.append(" --add-host=" + id + "-" + other + ":" + addresses.get(other));
        }
        return options.toString();
    }

    private void mounts(StringBuilder options) {
        for (SequencedMap<String, String> mount : configured.storage()) {
            options.append(" -v ").append(source(mount)).append(':').append(mount.getOrDefault("target-dir", ""));
            String flags = mount.get("options");
            if (flags != null) {
                options.append(':').append(flags);
            }
        }
        if (managedInside) {
            options.append(" -v " + AUTHENTICATION_KEY + ":" + AUTHENTICATION_KEY);
            options.append(" -v " + LOGS + "/" + name + ":/var/log");
        }
    }

    private void ports(StringBuilder options) {
        for (SequencedMap<String, String> port : configured.ports()) {
            String outer = port.getOrDefault("port", port.getOrDefault("range", ""));
            publish(options, outer, port.getOrDefault("internal-port", outer));
        }
        if (managedInside) {
            publish(options, controlPort, controlPort);
        }
    }

    private void publish(StringBuilder options, String outer, String inner) {
        options.append(" -p ");
        if (!address.isEmpty()) {
            options.append(address).append(':');
        }
        options.append(outer).append(':').append(inner);
    }

    private String source(SequencedMap<String, String> mount) {
        String root = mount.get("source-dir-root");
        return root == null ? mount.getOrDefault("source-dir", "") : root + "/" + name;
    }

    /** Directories that have to be there for this replica alone. */
    String mountPoints() {
        List<String> points = new ArrayList<>();
        for (SequencedMap<String, String> mount : configured.storage()) {
            if (mount.containsKey("source-dir-root")) {
                points.add(source(mount));
            }
        }
        if (managedInside) {
            points.add(LOGS + "/" + name);
        }
        return String.join(",", points);
    }
}
