package org.ringfence.scheduler.cluster;

import java.util.Locale;
import java.util.SequencedMap;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.model.value.Truth;
import org.ringfence.scheduler.rule.Rules;

/**
 * The cluster properties that decide something here, with their defaults (Pacemaker Explained, "Cluster Options").
 *
 * @param hadQuorum whether this partition had quorum before; without it, {@code no-quorum-policy=fence} has nobody to fence
 */
public record Options(
        boolean quorate,
        boolean hadQuorum,
        QuorumPolicy noQuorumPolicy,
        boolean symmetric,
        boolean fencingEnabled,
        String fencingAction,
        String fencingTimeout,
        boolean startupFencing,
        boolean concurrentFencing,
        boolean watchdog,
        boolean maintenance,
        boolean stopAll,
        boolean stopRemovedResources,
        boolean stopRemovedActions,
        boolean startFailureIsFatal,
        boolean startupProbes,
        boolean shutdownLock,
        long shutdownLockLimitMillis,
        long nodePendingTimeoutMillis,
        long priorityFencingDelayMillis,
        PlacementStrategy placementStrategy,
        HealthStrategy healthStrategy,
        SequencedMap<String, String> all) {

    /** What happens to resources when the partition has no quorum. */
    public enum QuorumPolicy {
        STOP,
        FREEZE,
        IGNORE,
        DEMOTE,
        FENCE
    }

    /** How nodes are told apart whose scores are equal. */
    public enum PlacementStrategy {
        DEFAULT,
        UTILIZATION,
        MINIMAL,
        BALANCED
    }

    /** How {@code #health} attributes turn into scores. */
    public enum HealthStrategy {
        NONE,
        MIGRATE_ON_RED,
        ONLY_GREEN,
        PROGRESSIVE,
        CUSTOM
    }

    public static Options read(Cib cib, Rules.Context context) {
        var values = Rules.values(cib.configuration().properties(), context);
        boolean fencing = truth(values, "fencing-enabled", true);
        return new Options(
                Truth.parse(cib.document().attribute("have-quorum", "false"), false),
                Truth.parse(cib.document().attribute("no-quorum-panic", "false"), false),
                quorumPolicy(values.getOrDefault("no-quorum-policy", "stop"), fencing),
                truth(values, "symmetric-cluster", true),
                fencing,
                switch (values.getOrDefault("fencing-action", "reboot")) {
                    case "off", "poweroff" -> "off";
                    default -> "reboot";
                },
                values.getOrDefault("fencing-timeout", "60s"),
                truth(values, "startup-fencing", true),
                truth(values, "concurrent-fencing", true),
                truth(values, "have-watchdog", false),
                truth(values, "maintenance-mode", false),
                truth(values, "stop-all-resources", false),
                truth(values, "stop-removed-resources", true),
                truth(values, "stop-removed-actions", true),
                truth(values, "start-failure-is-fatal", true),
                truth(values, "enable-startup-probes", true),
                truth(values, "shutdown-lock", false),
                TimeSpan.parseMillis(values.getOrDefault("shutdown-lock-limit", "0"), 0),
                TimeSpan.parseMillis(values.getOrDefault("node-pending-timeout", "0"), 0),
                TimeSpan.parseMillis(values.getOrDefault("priority-fencing-delay", "0"), 0),
                switch (values.getOrDefault("placement-strategy", "default")) {
                    case "utilization" -> PlacementStrategy.UTILIZATION;
                    case "minimal" -> PlacementStrategy.MINIMAL;
                    case "balanced" -> PlacementStrategy.BALANCED;
                    default -> PlacementStrategy.DEFAULT;
                },
                switch (values.getOrDefault("node-health-strategy", "none")) {
                    case "migrate-on-red" -> HealthStrategy.MIGRATE_ON_RED;
                    case "only-green" -> HealthStrategy.ONLY_GREEN;
                    case "progressive" -> HealthStrategy.PROGRESSIVE;
                    case "custom" -> HealthStrategy.CUSTOM;
                    default -> HealthStrategy.NONE;
                },
                values);
    }

    private static QuorumPolicy quorumPolicy(String text, boolean fencing) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "ignore" -> QuorumPolicy.IGNORE;
            case "freeze" -> QuorumPolicy.FREEZE;
            case "demote" -> QuorumPolicy.DEMOTE;
            case "fence", "suicide" -> fencing ? QuorumPolicy.FENCE : QuorumPolicy.STOP;
            default -> QuorumPolicy.STOP;
        };
    }

    private static boolean truth(SequencedMap<String, String> values, String name, boolean otherwise) {
        return Truth.parse(values.getOrDefault(name, ""), otherwise);
    }

    /** Whether every member of this partition is to be fenced. One that never had quorum has nothing to give up. */
    public boolean fencesInquorate() {
        return !quorate && hadQuorum && noQuorumPolicy == QuorumPolicy.FENCE;
    }

    /** Whether the partition may act on resources as if it had quorum. */
    public boolean quorateOrIgnored() {
        return quorate || noQuorumPolicy == QuorumPolicy.IGNORE;
    }

    /** The score that a health colour stands for. */
    public int healthScore(String value) {
        return switch (value) {
            case "red" -> healthColour("red", -Score.INFINITY);
            case "yellow" -> healthColour("yellow", 0);
            case "green" -> healthColour("green", 0);
            default -> Score.parse(value, 0);
        };
    }

    private int healthColour(String colour, int otherwise) {
        return switch (healthStrategy) {
            case MIGRATE_ON_RED -> colour.equals("red") ? -Score.INFINITY : 0;
            case ONLY_GREEN -> colour.equals("green") ? 0 : -Score.INFINITY;
            case PROGRESSIVE, CUSTOM -> Score.parse(all.getOrDefault("node-health-" + colour, ""), otherwise);
            case NONE -> 0;
        };
    }
}
