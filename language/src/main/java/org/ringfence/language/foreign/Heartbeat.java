package org.ringfence.language.foreign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/**
 * heartbeat's {@code ha.cf} (nodes, links, times) and {@code haresources} (which node prefers which resources). Each line of
 * {@code haresources} becomes a group that prefers its node; {@code auto_failback} decides whether it goes back there.
 */
public final class Heartbeat {
    private static final String PREFERENCE = "100";

    private final List<Problem> report = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final TreeSet<String> ids = new TreeSet<>();
    private final TreeSet<String> nodes = new TreeSet<>();
    private boolean failsBack = true;

    private Heartbeat() {}

    public static Imported read(Optional<Source> settings, Optional<Source> resources) {
        var heartbeat = new Heartbeat();
        settings.ifPresent(heartbeat::settings);
        resources.ifPresent(heartbeat::resources);
        heartbeat.rest(settings.isPresent(), resources.isPresent());
        return new Imported(heartbeat.text.toString(), heartbeat.report);
    }

    private void settings(Source source) {
        int number = 0;
        for (String line : source.text().lines().toList()) {
            number++;
            String bare = line.replaceAll("#.*", "").strip();
            if (!bare.isEmpty()) {
                List<String> words = List.of(bare.split("\\s+"));
                setting(source.line(number), words.getFirst(), words.subList(1, words.size()));
            }
        }
    }

    private void setting(Place place, String name, List<String> values) {
        String value = String.join(" ", values);
        switch (name) {
            case "node" ->
                values.forEach(node -> {
                    if (nodes.add(node)) {
                        text.append(new Statement("node", node));
                    }
                });
            case "auto_failback", "nice_failback" ->
                failsBack = name.equals("auto_failback") ? !value.equals("off") : value.equals("off");
            case "crm", "pacemaker" -> {
                if (!value.equals("off") && !value.equals("no")) {
                    report.add(Problem.error(
                            place,
                            name + " " + value,
                            "this cluster's resources are in a CIB, not in haresources",
                            "import what 'cibadmin -Q' shows"));
                }
            }
            case "initdead" ->
                note(
                        place,
                        name,
                        "how long the first node waits for the others",
                        "set startup-grace = " + value + "s in ringfence.conf");
            case "deadtime", "warntime", "keepalive", "deadping" ->
                note(
                        place,
                        name,
                        "heartbeats and their limits are Ringfence's own",
                        "say with the property recovery-target how soon a failure is to be noticed; see 'ringfence"
                                + " timers'");
            case "udpport", "bcast", "ucast", "mcast", "mcast6", "serial", "baud" ->
                note(
                        place,
                        name,
                        "nodes are reached by the addresses in ringfence.conf",
                        "name them with 'ringfence init' and 'ringfence join'");
            case "watchdog" ->
                note(place, name, "the guard feeds the watchdog", "set watchdog = " + value + " in ringfence.conf");
            case "stonith", "stonith_host" ->
                warn(
                        place,
                        name + " " + value,
                        "is not carried over: plugins take other parameters than fence agents",
                        "add a fence device, for example: primitive fence-NODE stonith:fence_ipmilan params ip=... ;"
                                + " nothing starts without one");
            case "ping", "ping_group" ->
                warn(
                        place,
                        name + " " + value,
                        "is not carried over",
                        "add: primitive ping ocf:pacemaker:ping params host_list=\"" + value
                                + "\" and clone it; then location rules on its attribute pingd");
            case "respawn" ->
                warn(
                        place,
                        name + " " + value,
                        "programs beside the cluster are not started by it",
                        "leave them to systemd, or make them resources");
            case "apiauth",
                    "use_logd",
                    "logfacility",
                    "logfile",
                    "debug",
                    "debugfile",
                    "compression",
                    "compression_threshold",
                    "traditional_compression",
                    "coredumps",
                    "realtime",
                    "hopfudge",
                    "hbgenmethod",
                    "conn_logd_time",
                    "msgfmt",
                    "rtprio",
                    "memreserve",
                    "cluster",
                    "uuidfrom",
                    "max_rexmit_delay",
                    "autojoin" -> note(place, name, "needs nothing here", "");
            default -> warn(place, name, "is not understood; it is not in the result", "");
        }
    }

    private void note(Place place, String element, String what, String remedy) {
        report.add(new Problem(Problem.Severity.NOTE, place, element, what, remedy));
    }

    private void warn(Place place, String element, String what, String remedy) {
        report.add(Problem.warning(place, element, what, remedy));
    }

    private void resources(Source source) {
        int number = 0;
        int begun = 0;
        var whole = new StringBuilder();
        for (String line : source.text().lines().toList()) {
            number++;
            begun = whole.isEmpty() ? number : begun;
            String bare = line.replaceAll("#.*", "").strip();
            if (bare.endsWith("\\")) {
                whole.append(bare, 0, bare.length() - 1).append(' ');
                continue;
            }
            whole.append(bare);
            if (!whole.toString().isBlank()) {
                group(source.line(begun), List.of(whole.toString().strip().split("\\s+")));
            }
            whole.setLength(0);
        }
        if (!whole.toString().isBlank()) {
            group(source.line(begun), List.of(whole.toString().strip().split("\\s+")));
        }
    }

    private void group(Place place, List<String> words) {
        String node = words.getFirst();
        if (words.size() == 1) {
            warn(place, node, "is followed by no resource", "");
            return;
        }
        if (nodes.add(node)) {
            text.append(new Statement("node", node));
        }
        List<String> members = new ArrayList<>();
        List<String> disks = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            member(place, word, members, disks);
        }
        if (members.isEmpty()) {
            disks.forEach(disk -> text.append(new Statement(
                    "location", fresh(disk + "-prefers-" + node), disk, "role=Promoted", PREFERENCE + ":", node)));
            return;
        }
        String whole = members.getFirst();
        if (members.size() > 1) {
            whole = fresh("group-" + node);
            Statement group = new Statement("group", whole);
            members.forEach(group::add);
            text.append(group);
        }
        text.append(new Statement("location", fresh(whole + "-prefers-" + node), whole, PREFERENCE + ":", node));
        for (String disk : disks) {
            text.append(new Statement("colocation", fresh(whole + "-with-" + disk), "inf:", whole, disk + ":Promoted"));
            text.append(new Statement(
                    "order", fresh(whole + "-after-" + disk), "Mandatory:", disk + ":promote", whole + ":start"));
        }
    }

    private void member(Place place, String word, List<String> members, List<String> disks) {
        HeartbeatResource resource = HeartbeatResource.of(word);
        if (resource.type().equals("drbddisk")) {
            disk(place, resource, disks);
            return;
        }
        if (!resource.leftOver().isEmpty()) {
            warn(
                    place,
                    word,
                    "the arguments " + String.join(" ", resource.leftOver()) + " are not carried over",
                    "set them as parameters of " + resource.agent());
        }
        String id = fresh(resource.type());
        members.add(id);
        text.append(new Statement("primitive", id, resource.agent())
                .pairs("params", resource.parameters())
                .add("op monitor interval=20s timeout=60s"));
    }

    /** What was made primary by a script is a promotable clone now, with which the rest of the line has to be. */
    private void disk(Place place, HeartbeatResource resource, List<String> disks) {
        String name =
                resource.leftOver().isEmpty() ? "all" : resource.leftOver().getFirst();
        String id = fresh("drbd-" + name);
        String clone = fresh(id + "-clone");
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("drbd_resource", name);
        text.append(new Statement("primitive", id, "ocf:linbit:drbd")
                .pairs("params", parameters)
                .add("op monitor interval=20s role=Unpromoted op monitor interval=10s role=Promoted"));
        text.append(new Statement(
                "clone", clone, id, "meta promotable=true promoted-max=1 clone-max=2 clone-node-max=1 notify=true"));
        note(
                place,
                "drbddisk::" + name,
                "becomes a promotable clone of ocf:linbit:drbd",
                "add to the resource in drbd.conf: fencing resource-and-stonith, and let systemd not start it");
        disks.add(clone);
    }

    private String fresh(String wanted) {
        String base = wanted.replaceAll("[^A-Za-z0-9_.-]", "-").replaceAll("^[^A-Za-z_]", "r-");
        String id = base;
        for (int number = 2; !ids.add(id); number++) {
            id = base + "-" + number;
        }
        return id;
    }

    private void rest(boolean withSettings, boolean withResources) {
        if (withResources) {
            text.append(new Statement("rsc_defaults", "resource-stickiness=" + (failsBack ? "0" : "1000")));
        }
        if (!withSettings) {
            note(
                    Place.NONE,
                    "ha.cf",
                    "was not read: nodes are those that haresources names, and resources go back to them",
                    "name it too");
        }
        if (!withResources) {
            note(Place.NONE, "haresources", "was not read: there are no resources", "name it too");
        }
    }
}
