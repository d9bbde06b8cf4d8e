package org.ringfence.engine.embedded;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import org.ringfence.model.NodeId;

/** The engine's log, with its node's name in front. What a stranger can cause again and again is told once a minute. */
final class Journal {
    private static final Logger LOGGER = System.getLogger("org.ringfence.engine");
    private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int REMEMBERED = 64;

    private final String prefix;
    private final LinkedHashMap<String, Long> told = new LinkedHashMap<>();

    Journal(NodeId node) {
        this.prefix = "[" + node + "] ";
    }

    void info(String line) {
        LOGGER.log(Level.INFO, prefix + line);
    }

    void debug(String line) {
        if (LOGGER.isLoggable(Level.DEBUG)) {
            LOGGER.log(Level.DEBUG, prefix + line);
        }
    }

    /** A warning, unless the same was given in the last minute. */
    void warn(String line) {
        if (isNew(line, System.nanoTime())) {
            LOGGER.log(Level.WARNING, prefix + line);
        }
    }

    private synchronized boolean isNew(String line, long now) {
        Long before = told.get(line);
        if (before != null && now - before < AGAIN_NANOS) {
            return false;
        }
        told.remove(line);
        told.put(line, now);
        if (told.size() > REMEMBERED) {
            told.pollFirstEntry();
        }
        return true;
    }
}
