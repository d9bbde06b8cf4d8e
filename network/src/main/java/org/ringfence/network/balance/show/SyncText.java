package org.ringfence.network.balance.show;

import java.util.List;
import org.ringfence.linux.ipvs.IpvsSync;
import tools.jackson.core.JsonGenerator;

/** Which of the kernel's synchronisation daemons run: for people, and as JSON. */
public final class SyncText {
    private SyncText() {}

    /** A line for each; one line that says so when there is none. */
    public static String text(List<IpvsSync> running) {
        if (running.isEmpty()) {
            return "not synchronised\n";
        }
        var text = new StringBuilder();
        for (IpvsSync each : running) {
            text.append("%s  %s  id %d  group %s  port %d  ttl %d%n"
                    .formatted(
                            kind(each),
                            each.networkDevice(),
                            each.id(),
                            each.group().getHostAddress(),
                            each.port(),
                            each.ttl()));
        }
        return text.toString();
    }

    /** On one line. */
    public static String json(List<IpvsSync> running) {
        return JsonLine.of(root -> {
            root.writeBooleanProperty("synchronised", running.size() == 2);
            JsonLine.objects(root, "daemons", running, SyncText::daemon);
        });
    }

    private static void daemon(JsonGenerator json, IpvsSync each) {
        json.writeStringProperty("kind", kind(each))
                .writeStringProperty("interface", each.networkDevice())
                .writeNumberProperty("id", each.id())
                .writeStringProperty("group", each.group().getHostAddress())
                .writeNumberProperty("port", each.port())
                .writeNumberProperty("ttl", each.ttl());
    }

    private static String kind(IpvsSync each) {
        return each.backup() ? "backup" : "master";
    }
}
