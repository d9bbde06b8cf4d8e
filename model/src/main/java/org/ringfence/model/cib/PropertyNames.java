package org.ringfence.model.cib;

import java.util.Collections;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/** Cluster properties that changed their names over the years: here alone old and new are known to be one thing. */
public final class PropertyNames {
    private static final SequencedMap<String, String> CANONICAL = canonicalByOldName();

    private PropertyNames() {}

    private static SequencedMap<String, String> canonicalByOldName() {
        var names = new TreeMap<String, String>();
        names.put("stonith-enabled", "fencing-enabled");
        names.put("stonith-action", "fencing-action");
        names.put("stonith-timeout", "fencing-timeout");
        names.put("stonith-max-attempts", "fencing-max-attempts");
        names.put("stonith-watchdog-timeout", "fencing-watchdog-timeout");
        names.put("fence-reaction", "fencing-reaction");
        names.put("stop-orphan-resources", "stop-removed-resources");
        names.put("stop-orphan-actions", "stop-removed-actions");
        return Collections.unmodifiableSequencedMap(names);
    }

    /** Names that were given up, and are understood. */
    static Set<String> former() {
        return CANONICAL.keySet();
    }

    /** The newest name of a cluster property; the name itself when it never had another. */
    public static String canonical(String name) {
        return CANONICAL.getOrDefault(name, name);
    }
}
