package org.ringfence.scheduler.resource;

import java.util.Map;
import java.util.SequencedMap;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.model.value.Truth;

/**
 * A resource's meta attributes with their defaults (Pacemaker Explained, "Resource Options").
 *
 * @param meta all of them as they came out of sets, parents and defaults
 */
public record Settings(
        int priority,
        boolean managed,
        boolean maintenance,
        boolean critical,
        Role targetRole,
        int stickiness,
        int migrationThreshold,
        long failureTimeoutMillis,
        MultipleActive multipleActive,
        Requires requires,
        boolean allowMigrate,
        boolean unfencing,
        SequencedMap<String, String> meta) {

    /** What is done about a resource that runs in more places than it should. */
    public enum MultipleActive {
        STOP_START,
        STOP_ONLY,
        BLOCK,
        STOP_UNEXPECTED
    }

    /** What must be in place before a resource may start, each including those before it. */
    public enum Requires {
        NOTHING,
        QUORUM,
        FENCING,
        UNFENCING
    }

    /** @param stickiness when the configuration names none */
    public static Settings of(SequencedMap<String, String> meta, int stickiness, Requires requires) {
        return new Settings(
                Score.parse(meta.getOrDefault("priority", "0"), 0),
                Truth.parse(meta.getOrDefault("is-managed", ""), true),
                Truth.parse(meta.getOrDefault("maintenance", ""), false),
                Truth.parse(meta.getOrDefault("critical", ""), true),
                Role.parse(meta.getOrDefault("target-role", "")),
                Score.parse(meta.getOrDefault("resource-stickiness", ""), stickiness),
                Score.parse(meta.getOrDefault("migration-threshold", ""), Score.INFINITY),
                TimeSpan.parseMillis(meta.getOrDefault("failure-timeout", "0"), 0),
                switch (meta.getOrDefault("multiple-active", "stop_start")) {
                    case "stop_only" -> MultipleActive.STOP_ONLY;
                    case "block" -> MultipleActive.BLOCK;
                    case "stop_unexpected" -> MultipleActive.STOP_UNEXPECTED;
                    default -> MultipleActive.STOP_START;
                },
                requires,
                Truth.parse(meta.getOrDefault("allow-migrate", ""), false),
                meta.getOrDefault("provides", "").equals("unfencing"),
                meta);
    }

    public String meta(String name, String otherwise) {
        return meta.getOrDefault(name, otherwise);
    }

    public static int number(Map<String, String> meta, String name, int otherwise) {
        return Score.parse(meta.getOrDefault(name, ""), otherwise);
    }
}
