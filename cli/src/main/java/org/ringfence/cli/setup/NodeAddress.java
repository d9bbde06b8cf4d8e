package org.ringfence.cli.setup;

import java.util.regex.Pattern;
import org.ringfence.model.NodeId;

/**
 * A node and where it listens.
 *
 * @param host a name or an address that the other nodes can reach
 */
record NodeAddress(NodeId node, String host) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]+");

    NodeAddress {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("'" + host + "' is neither a host name nor an address");
        }
    }

    /** @throws IllegalArgumentException when it is not {@code NAME=HOST}; the message is for the person who wrote it */
    static NodeAddress parse(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("'" + text + "' is not NAME=ADDRESS, such as alpha=10.0.0.1");
        }
        return new NodeAddress(new NodeId(text.substring(0, equals)), text.substring(equals + 1));
    }
}
