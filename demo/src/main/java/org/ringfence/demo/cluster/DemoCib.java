package org.ringfence.demo.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A configuration for demo clusters, as CIB XML: nodes, perhaps the fence device, resources one after the other. Small on
 * purpose: what administrators would write.
 */
public final class DemoCib {
    private final List<String> nodes;
    private final StringBuilder resources = new StringBuilder();
    private final StringBuilder constraints = new StringBuilder();
    private final SequencedMap<String, String> properties = new LinkedHashMap<>();

    public DemoCib(List<String> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    public DemoCib property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    /**
     * The power switch, for all nodes.
     *
     * @param folder the switch's
     */
    public DemoCib fenceDevice(String id, String folder) {
        return fenceDevice(id, folder, new LinkedHashMap<>());
    }

    /** @param more parameters of the device and of the cluster's dealings with it */
    public DemoCib fenceDevice(String id, String folder, SequencedMap<String, String> more) {
        Primitive device = Primitive.of(id, "stonith", "", "fence_demo")
                .with("switch", folder)
                .with("pcmk_host_list", String.join(" ", nodes))
                .with("pcmk_host_check", "static-list")
                .operation("monitor", "60s", "20s");
        for (var parameter : more.entrySet()) {
            device = device.with(parameter.getKey(), parameter.getValue());
        }
        return primitive(device);
    }

    /**
     * A shared disk as the fence device, for all nodes.
     *
     * @param disk its path, the same on every host
     */
    public DemoCib sharedDisk(String id, String disk) {
        return primitive(Primitive.of(id, "stonith", "", "ringfence_sbd")
                .with("devices", disk)
                .with("pcmk_host_list", String.join(" ", nodes))
                .with("pcmk_host_check", "static-list")
                .operation("monitor", "60s", "20s"));
    }

    public DemoCib primitive(Primitive primitive) {
        primitive.write(resources);
        return this;
    }

    /** Members in the order in which they start. */
    public DemoCib group(String id, Primitive... members) {
        resources.append("      <group id=\"%s\">%n".formatted(id));
        for (Primitive member : members) {
            member.write(resources);
        }
        resources.append("      </group>\n");
        return this;
    }

    /** Prefers a node for a resource. */
    public DemoCib prefers(String resource, String node, int score) {
        constraints.append("      <rsc_location id=\"%1$s-prefers-%2$s\" rsc=\"%1$s\" node=\"%2$s\" score=\"%3$d\"/>%n"
                .formatted(resource, node, score));
        return this;
    }

    public String xml() {
        var settings = new StringBuilder();
        properties.forEach((name, value) -> settings.append(
                "        <nvpair id=\"property-%1$s\" name=\"%1$s\" value=\"%2$s\"/>%n".formatted(name, value)));
        var members = new StringBuilder();
        nodes.forEach(node -> members.append("      <node id=\"%1$s\" uname=\"%1$s\"/>%n".formatted(node)));
        return """
            <cib validate-with="pacemaker-3.9" admin_epoch="0" epoch="1" num_updates="0">
              <configuration>
                <crm_config>
                  <cluster_property_set id="properties">
            %s      </cluster_property_set>
                </crm_config>
                <nodes>
            %s    </nodes>
                <resources>
            %s    </resources>
                <constraints>
            %s    </constraints>
                <rsc_defaults>
                  <meta_attributes id="defaults">
                    <nvpair id="defaults-stickiness" name="resource-stickiness" value="100"/>
                  </meta_attributes>
                </rsc_defaults>
              </configuration>
              <status/>
            </cib>
            """.formatted(settings, members, resources, constraints);
    }
}
