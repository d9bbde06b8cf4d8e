package org.ringfence.controller.fencing;

import java.util.Arrays;
import java.util.Optional;

/** How it is found out whether a device can fence a node ({@code pcmk_host_check}). */
public enum HostCheck {
    /** The configuration names the nodes. */
    STATIC_LIST("static-list"),
    /** The device lists its plugs. */
    DYNAMIC_LIST("dynamic-list"),
    /** The device is asked for the status of the node's plug: whoever knows it can fence it. */
    STATUS("status"),
    /** It can fence every node. */
    NONE("none"),
    /** None is written, and no nodes are named: as the agent can, by its list, by its status, or not at all. */
    BY_METADATA("");

    private final String written;

    HostCheck(String written) {
        this.written = written;
    }

    static Optional<HostCheck> parse(String text) {
        return Arrays.stream(values())
                .filter(check -> !check.written.isEmpty() && check.written.equals(text))
                .findFirst();
    }
}
