package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.AgentName;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Operation;
import org.ringfence.model.problem.Place;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.Truth;
import org.ringfence.model.xml.Attributes;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.NodeReader;

/** Makes a bundle's replicas, each with the resources that the bundle's few words stand for. */
final class BundleBuilder {
    private final ResourceBuilder builder;

    BundleBuilder(ResourceBuilder builder) {
        this.builder = builder;
    }

    Bundle build(org.ringfence.model.cib.Resource.Bundle configured) {
        var meta = builder.meta(configured.meta(), null, null);
        var bundle = new Bundle(
                configured.id(),
                Settings.of(meta, 0, builder.requires(meta, "")),
                builder.nextPosition(),
                builder.nodes.count());
        int replicas = NodeReader.replicas(configured);
        builder.tooMany(configured, "replicas", NodeReader.wantedReplicas(configured), NodeReader.MOST_REPLICAS);
        bundle.replicasPerHost =
                Math.max(1, Score.parse(configured.container().getOrDefault("replicas-per-host", "1"), 1));
        if (configured.child().isPresent()) {
            bundle.child =
                    child(configured, bundle, replicas, configured.child().get());
        }
        for (int number = 0; number < replicas; number++) {
            bundle.replicas.add(replica(configured, bundle, number));
        }
        return bundle;
    }

    private Clone child(
            org.ringfence.model.cib.Resource.Bundle configured,
            Bundle bundle,
            int replicas,
            org.ringfence.model.cib.Resource.Primitive primitive) {
        int promoted = Score.parse(
                configured
                        .container()
                        .getOrDefault("promoted-max", configured.container().getOrDefault("masters", "0")),
                0);
        boolean promotable = promoted > 0 || Truth.parse(bundle.settings.meta("promotable", ""), false);
        var values = new LinkedHashMap<>(bundle.settings.meta());
        int perHost = bundle.replicasPerHost;
        values.put("clone-max", Integer.toString(replicas));
        values.put("clone-node-max", Integer.toString(perHost));
        values.put("globally-unique", Boolean.toString(perHost > 1));
        values.put("ordered", "true");
        values.put("interleave", "true");
        if (promotable) {
            values.put("promotable", "true");
            values.put("promoted-max", Integer.toString(Math.max(1, promoted)));
        }
        var clone = new Clone(
                bundle.id + (promoted > 0 ? "-master" : "-clone"),
                primitive.id(),
                bundle,
                Settings.of(values, 1, bundle.settings.requires()),
                promotable,
                builder.nextPosition(),
                builder.nodes.count(),
                replicas);
        for (int number = 0; number < replicas; number++) {
            clone.instances.add(builder.primitive(primitive, primitive.id() + ":" + number, clone));
        }
        return clone;
    }

    private Replica replica(org.ringfence.model.cib.Resource.Bundle configured, Bundle bundle, int number) {
        var replica = new Replica(bundle, number);
        String technology = configured.technology();
        SequencedMap<String, String> network = configured.network().orElse(Attributes.NONE);
        String range = network.getOrDefault("ip-range-start", "");
        if (!range.isEmpty()) {
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("ip", address(range, number));
            String device = network.get("host-interface");
            if (device != null) {
                parameters.put("nic", device);
            }
            parameters.put("cidr_netmask", network.getOrDefault("host-netmask", "32"));
            replica.address = part(
                    bundle,
                    replica,
                    bundle.id + "-ip-" + address(range, number),
                    new AgentName("ocf", "heartbeat", "IPaddr2"),
                    parameters,
                    "60s");
        }
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("image", configured.container().getOrDefault("image", ""));
        parameters.put("allow_pull", "true");
        parameters.put("force_kill", "false");
        parameters.put("reuse", "false");
        var addresses = new ArrayList<String>();
        for (int other = 0; !range.isEmpty() && other < NodeReader.replicas(configured); other++) {
            addresses.add(address(range, other));
        }
        var run = new RunOptions(configured, number, network, addresses);
        parameters.put("run_opts", run.text(addresses));
        parameters.put("mount_points", run.mountPoints());
        String command = configured.container().get("run-command");
        boolean connected = bundle.child != null;
        if (command != null) {
            parameters.put("run_cmd", command);
        } else if (connected) {
            parameters.put("run_cmd", "/usr/sbin/pacemaker-remoted");
        }
        parameters.put("monitor_cmd", "/bin/true");
        Primitive container = part(
                bundle,
                replica,
                bundle.id + "-" + technology + "-" + number,
                new AgentName("ocf", "heartbeat", technology),
                parameters,
                "60s");
        replica.container = container;
        Clone child = bundle.child;
        if (child != null) {
            connection(bundle, replica, number, child, container, network, range);
        }
        return replica;
    }

    private void connection(
            Bundle bundle,
            Replica replica,
            int number,
            Clone child,
            Primitive container,
            SequencedMap<String, String> network,
            String range) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("addr", range.isEmpty() ? "#uname" : address(range, number));
        parameters.put("port", network.getOrDefault("control-port", "3121"));
        String name = bundle.id + "-" + number;
        Primitive connection =
                part(bundle, replica, name, new AgentName("ocf", "pacemaker", "remote"), parameters, "30s");
        connection.container = container;
        replica.connection = connection;
        ClusterNode node = builder.nodes.byName(name);
        if (node != null) {
            connection.remoteNode = node;
            node.connection = connection.id;
            node.container = container.id;
            replica.node = node;
            node.inBundle = true;
            node.attributes.put("#kind", "container");
        }
        if (child.instances.get(number) instanceof Primitive inside) {
            inside.replica = replica;
            replica.child = inside;
        }
    }

    private Primitive part(
            Bundle bundle,
            Replica replica,
            String id,
            AgentName agent,
            SequencedMap<String, String> parameters,
            String interval) {
        var set = new AttributeSet(id + "-parameters", 0, Optional.empty(), parameters, Place.NONE);
        var operation = new LinkedHashMap<String, String>();
        operation.put("name", "monitor");
        operation.put("interval", interval);
        if (agent.type().equals("remote")) {
            operation.put("timeout", "30s");
        }
        var monitor = new Operation(
                id + "-monitor-" + interval,
                "monitor",
                Long.parseLong(interval.substring(0, interval.length() - 1)) * 1000,
                operation,
                List.of(),
                List.of(),
                Place.NONE);
        var configured = new org.ringfence.model.cib.Resource.Primitive(
                id, agent, Optional.empty(), List.of(monitor), List.of(), List.of(set), List.of(), Place.NONE);
        Primitive made = builder.primitive(configured, id, bundle);
        made.replica = replica;
        return made;
    }

    /** The address {@code number} after the first of the range. */
    private static String address(String first, int number) {
        int dot = first.lastIndexOf('.');
        if (dot < 0) {
            return first;
        }
        return first.substring(0, dot + 1) + (Score.parse(first.substring(dot + 1), 0) + number);
    }
}
