package org.ringfence.language.foreign;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * One word of {@code haresources}: a script's name and its arguments, {@code NAME::ARGUMENT::...}, or an address alone.
 *
 * @param type     the script's name
 * @param agent    what does its work here
 * @param leftOver arguments that have no name there
 */
record HeartbeatResource(String type, String agent, SequencedMap<String, String> parameters, List<String> leftOver) {
    HeartbeatResource {
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        leftOver = List.copyOf(leftOver);
    }

    /** The names of the arguments of heartbeat's own scripts, by the parameters of the agents of the same name. */
    private static final Map<String, List<String>> ARGUMENTS = arguments();

    private static Map<String, List<String>> arguments() {
        var names = new TreeMap<String, List<String>>();
        names.put("Filesystem", List.of("device", "directory", "fstype", "options"));
        names.put("MailTo", List.of("email", "subject"));
        names.put("apache", List.of("configfile"));
        names.put("Delay", List.of("startdelay", "stopdelay"));
        names.put("portblock", List.of("protocol", "portno", "action"));
        names.put("IPsrcaddr", List.of("ipaddress"));
        names.put("Raid1", List.of("raidconf", "raiddev"));
        names.put("db2", List.of("instance"));
        names.put("ldirectord", List.of("configfile"));
        names.put("SendArp", List.of("ip", "nic"));
        names.put("ICP", List.of("driveid", "device"));
        names.put("LinuxSCSI", List.of("scsi"));
        names.put("WAS", List.of("config", "port"));
        names.put("xinetd", List.of("service"));
        return names;
    }

    static HeartbeatResource of(String word) {
        List<String> parts = List.of(word.split("::"));
        String type = parts.getFirst();
        List<String> arguments = parts.subList(1, parts.size());
        if (type.matches("[0-9]+(\\.[0-9]+){3}.*")) {
            return address(List.of(type));
        }
        if (type.equals("IPaddr") || type.equals("IPaddr2") || type.equals("IPv6addr")) {
            return address(arguments);
        }
        if (type.equals("LVM")) {
            var parameters = named(List.of("vgname"), arguments);
            parameters.put("vg_access_mode", "system_id");
            return new HeartbeatResource(type, "ocf:heartbeat:LVM-activate", parameters, after(1, arguments));
        }
        List<String> names = ARGUMENTS.get(type);
        if (names != null) {
            return new HeartbeatResource(
                    type, "ocf:heartbeat:" + type, named(names, arguments), after(names.size(), arguments));
        }
        return new HeartbeatResource(type, "service:" + type, new LinkedHashMap<>(), arguments);
    }

    /** {@code ADDRESS[/BITS[/INTERFACE[/BROADCAST]]]}. */
    private static HeartbeatResource address(List<String> arguments) {
        List<String> parts =
                arguments.isEmpty() ? List.of() : List.of(arguments.getFirst().split("/"));
        // Between bits and broadcast an interface may be left out.
        boolean noInterface = parts.size() == 3 && parts.get(2).matches("[0-9.]+");
        List<String> names = noInterface
                ? List.of("ip", "cidr_netmask", "broadcast")
                : List.of("ip", "cidr_netmask", "nic", "broadcast");
        return new HeartbeatResource("address", "ocf:heartbeat:IPaddr2", named(names, parts), after(1, arguments));
    }

    private static SequencedMap<String, String> named(List<String> names, List<String> values) {
        var named = new LinkedHashMap<String, String>();
        for (int index = 0; index < Math.min(names.size(), values.size()); index++) {
            named.put(names.get(index), values.get(index));
        }
        return named;
    }

    private static List<String> after(int count, List<String> values) {
        return values.size() <= count ? List.of() : new ArrayList<>(values.subList(count, values.size()));
    }
}
