package org.ringfence.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;

/** The configuration that a simulated administrator loads first. */
public final class ClusterText {
    /** Faults come much faster here than in a machine room; a few nodes come to it all the same. */
    private static final int LOOP_LIMIT = 6;

    /** The fence agents of the two devices, in the order in which they are tried. */
    public static final List<String> FENCE_AGENTS = List.of("fence_first", "fence_second");

    /** The fence device that writes to shared disks. */
    public static final String DISK_DEVICE = "sbd";

    private ClusterText() {}

    /** The names of so many resources. */
    public static List<String> resources(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> "r" + number).toList();
    }

    /**
     * Primitives with a monitor, and fence devices for every node.
     *
     * @param devices how many power switches, 0 to 2
     */
    public static String of(List<NodeId> nodes, int resources, int devices) {
        return of(nodes, resources, devices, 0);
    }

    private static String of(List<NodeId> nodes, int resources, int devices, int disks) {
        String hosts = nodes.stream().map(NodeId::name).collect(Collectors.joining(" "));
        var text = new StringBuilder("<cib admin_epoch=\"0\" epoch=\"0\" num_updates=\"0\"><configuration><crm_config>"
                + "<cluster_property_set id=\"cib-bootstrap-options\">"
                + "<nvpair id=\"p-timeout\" name=\"fencing-timeout\" value=\"20s\"/>"
                + "<nvpair id=\"p-loop\" name=\"fencing-loop-limit\" value=\"" + LOOP_LIMIT + "\"/>"
                + "</cluster_property_set></crm_config><nodes/><resources>");
        for (String agent : FENCE_AGENTS.subList(0, devices)) {
            text.append("<primitive id=\"%1$s\" class=\"stonith\" type=\"%1$s\"><instance_attributes id=\"%1$s-p\">"
                    .formatted(agent));
            text.append("<nvpair id=\"%1$s-h\" name=\"pcmk_host_list\" value=\"%2$s\"/>".formatted(agent, hosts));
            text.append("<nvpair id=\"%1$s-r\" name=\"pcmk_reboot_retries\" value=\"1\"/>".formatted(agent));
            text.append("</instance_attributes></primitive>");
        }
        if (disks > 0) {
            text.append("<primitive id=\"%1$s\" class=\"stonith\" type=\"%2$s\"><instance_attributes id=\"%1$s-p\">"
                    .formatted(DISK_DEVICE, SelfFencing.DISK_AGENT));
            text.append("<nvpair id=\"sbd-h\" name=\"pcmk_host_list\" value=\"%s\"/>".formatted(hosts));
            text.append("<nvpair id=\"sbd-d\" name=\"%s\" value=\"%s\"/>"
                    .formatted(SharedDisks.PARAMETER, SharedDisks.names(disks)));
            text.append("<nvpair id=\"sbd-r\" name=\"pcmk_reboot_retries\" value=\"1\"/>");
            text.append("<nvpair id=\"sbd-t\" name=\"pcmk_reboot_timeout\" value=\"40s\"/>");
            text.append("<nvpair id=\"sbd-o\" name=\"pcmk_off_timeout\" value=\"40s\"/>");
            text.append("</instance_attributes></primitive>");
        }
        for (String resource : resources(resources)) {
            text.append(("<primitive id=\"%1$s\" class=\"ocf\" provider=\"ringfence\" type=\"Simulated\"><operations>"
                            + "<op id=\"%1$s-m\" name=\"monitor\" interval=\"10s\" timeout=\"20s\"/>"
                            + "<op id=\"%1$s-s\" name=\"start\" interval=\"0\" timeout=\"20s\"/>"
                            + "<op id=\"%1$s-e\" name=\"stop\" interval=\"0\" timeout=\"20s\"/>"
                            + "</operations></primitive>")
                    .formatted(resource));
        }
        return text + "</resources><constraints/></configuration></cib>";
    }

    /**
     * The same as edits. A set of them can be repeated until it is acknowledged without undoing what others have changed
     * meanwhile, as putting a whole configuration in its place would.
     */
    public static List<Edit> edits(List<NodeId> nodes, int resources, int devices, Protection protection) {
        Element configuration;
        try {
            configuration = Cib.read(
                            of(nodes, resources, protection.hasDevices() ? devices : 0, protection.disks()), "first")
                    .configurationElement();
        } catch (UnusableInputException unreadable) {
            throw new IllegalStateException("the simulator's own text", unreadable);
        }
        List<Edit> edits = new ArrayList<>();
        edits.add(new Edit.SetProperty("fencing-timeout", "20s"));
        if (protection == Protection.DISKLESS) {
            edits.add(new Edit.SetProperty("fencing-watchdog-timeout", Protection.WAIT.toSeconds() + "s"));
        }
        edits.add(new Edit.SetProperty("fencing-loop-limit", Integer.toString(LOOP_LIMIT)));
        configuration
                .child("resources")
                .orElseThrow()
                .children()
                .forEach(resource -> edits.add(new Edit.Put("resources", resource)));
        return edits;
    }
}
