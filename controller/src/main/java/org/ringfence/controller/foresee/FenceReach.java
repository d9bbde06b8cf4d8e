package org.ringfence.controller.foresee;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.ringfence.controller.fencing.FenceDevice;
import org.ringfence.controller.fencing.FencingTopology;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.value.Truth;

/** Which nodes could be fenced, by what is configured. */
final class FenceReach {
    /** The parameter that names shared disks, in the words of three agents. Without it they are those of each node's settings. */
    private static final List<String> DISKS = List.of("devices", "sbd_device", "devs");

    private final Cib cib;
    private final List<FenceDevice> devices;
    private final boolean selfFencing;
    private final boolean enabled;

    private FenceReach(Cib cib) {
        this.cib = cib;
        this.devices = FenceDevice.of(cib);
        this.selfFencing = SelfFencing.isWanted(cib);
        this.enabled = cib.property("fencing-enabled").flatMap(Truth::parse).orElse(true);
    }

    static FenceReach of(Cib cib) {
        return new FenceReach(cib);
    }

    List<String> devices() {
        return devices.stream().map(FenceDevice::id).toList();
    }

    /** Why nothing could fence a node; empty when something could, or when fencing is switched off. */
    Optional<String> beyond(String node) {
        if (!enabled || selfFencing) {
            return Optional.empty();
        }
        var target = new NodeId(node);
        NavigableSet<String> covering = new TreeSet<>();
        devices.stream().filter(device -> device.mayFence(target)).forEach(device -> covering.add(device.id()));
        if (covering.isEmpty()) {
            return Optional.of("no fence device covers " + node);
        }
        List<List<String>> levels = FencingTopology.of(cib, target);
        boolean usable = levels.isEmpty() || levels.stream().anyMatch(covering::containsAll);
        return usable
                ? Optional.empty()
                : Optional.of("no level of the fencing topology for " + node + " has all of its devices");
    }

    /** Each shared disk of each device, as {@code DEVICE DISK}. */
    List<String> disks() {
        List<String> disks = new ArrayList<>();
        devices.forEach(device -> paths(device).forEach(path -> disks.add(device.id() + " " + path)));
        return disks;
    }

    /** What could not be done without a disk: a message counts when a majority of them has it. */
    List<String> withoutDisk(String name) {
        for (FenceDevice device : devices) {
            List<String> paths = paths(device);
            if (name.startsWith(device.id() + " ")
                    && paths.contains(name.substring(device.id().length() + 1))) {
                boolean enough = 2 * (paths.size() - 1) > paths.size();
                return enough
                        ? List.of()
                        : List.of("nothing could be fenced by " + device.id() + ": " + (paths.size() - 1) + " of "
                                + paths.size() + " disks are no majority");
            }
        }
        return List.of();
    }

    private static List<String> paths(FenceDevice device) {
        if (!device.agent().equals(SelfFencing.DISK_AGENT)) {
            return List.of();
        }
        return DISKS.stream()
                .flatMap(name -> Optional.ofNullable(device.options().get(name)).stream())
                .limit(1)
                .flatMap(paths -> Arrays.stream(paths.split("[ ,;]+")))
                .filter(path -> !path.isEmpty())
                .toList();
    }
}
