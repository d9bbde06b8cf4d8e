package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ringfence.model.AgentName;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Operation;
import org.ringfence.model.problem.Place;
import org.ringfence.model.value.TimeSpan;

/**
 * The connections that the configuration implies: a resource with the meta attribute {@code remote-node} is a virtual
 * machine or container which is a node itself, and the cluster reaches that node through a resource of the node's name.
 */
final class GuestConnections {
    private static final AgentName AGENT = new AgentName("ocf", "pacemaker", "remote");
    private static final String MONITOR_INTERVAL = "30s";
    private static final String START_TIMEOUT = "60s";

    private final ResourceBuilder builder;

    GuestConnections(ResourceBuilder builder) {
        this.builder = builder;
    }

    /** Adds a connection for every guest, after all configured resources. */
    void addTo(Resources resources) {
        var made = new ArrayList<Primitive>();
        for (Primitive primitive : resources.primitives()) {
            String guest = primitive.settings.meta("remote-node", "");
            if (!guest.isEmpty() && !primitive.isConnection() && resources.byId(guest) == null) {
                made.add(connection(guest, primitive));
            }
        }
        made.forEach(resources::addTop);
    }

    private Primitive connection(String guest, Primitive container) {
        var meta = new LinkedHashMap<String, String>();
        meta.put("container", container.id);
        copy(container, "remote-allow-migrate", meta, "allow-migrate");
        copy(container, "is-managed", meta, "is-managed");
        var parameters = new LinkedHashMap<String, String>();
        copy(container, "remote-addr", parameters, "addr");
        copy(container, "remote-port", parameters, "port");
        String timeout = container.settings.meta("remote-connect-timeout", START_TIMEOUT);
        var configured = new org.ringfence.model.cib.Resource.Primitive(
                guest,
                AGENT,
                Optional.empty(),
                List.of(operation(guest, "monitor", MONITOR_INTERVAL, "30s"), operation(guest, "start", "0", timeout)),
                List.of(new AttributeSet(guest + "-meta", 0, Optional.empty(), meta, Place.NONE)),
                List.of(new AttributeSet(guest + "-parameters", 0, Optional.empty(), parameters, Place.NONE)),
                List.of(),
                Place.NONE);
        return builder.primitive(configured, guest, null);
    }

    private static void copy(Primitive from, String name, Map<String, String> to, String as) {
        String value = from.settings.meta(name, "");
        if (!value.isEmpty()) {
            to.put(as, value);
        }
    }

    static Operation operation(String resource, String name, String interval, String timeout) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("name", name);
        attributes.put("interval", interval);
        attributes.put("timeout", timeout);
        return new Operation(
                resource + "-" + name + "-" + interval,
                name,
                TimeSpan.parseMillis(interval, 0),
                attributes,
                List.of(),
                List.of(),
                Place.NONE);
    }
}
