package org.ringfence.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TimeZone;
import org.ringfence.api.Protocol;
import org.ringfence.cli.terminal.Terminal;

/**
 * What every command is given: where to write, and what it may know of the world.
 *
 * @param environment {@code RINGFENCE_SOCKET} names the socket where {@code --socket} does not
 * @param zone        in which times are shown and, where they do not say, read; of the older kind, as its rules are read in a
 *                    fraction of the time
 */
public record Context(Terminal terminal, Map<String, String> environment, InstantSource clock, TimeZone zone) {

    /** The socket of the node that is asked when the command line does not name one. */
    public Path defaultSocket() {
        String named = environment.getOrDefault("RINGFENCE_SOCKET", "");
        return named.isEmpty() ? Protocol.DEFAULT_SOCKET : Path.of(named);
    }
}
