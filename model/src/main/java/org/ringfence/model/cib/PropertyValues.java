package org.ringfence.model.cib;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.Suggestion;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.model.value.Truth;
import org.ringfence.model.xml.Element;

/** What cluster properties may be set to, as far as it is a choice of few or a time. Source: Pacemaker Explained, cluster options. */
public final class PropertyValues {
    /** By their newest names. */
    private static final List<String> TRUTHS = List.of(
            "concurrent-fencing",
            "enable-acl",
            "enable-startup-probes",
            "fencing-enabled",
            "maintenance-mode",
            "remove-after-stop",
            "shutdown-lock",
            "start-failure-is-fatal",
            "startup-fencing",
            "stop-all-resources",
            "stop-removed-actions",
            "stop-removed-resources",
            "symmetric-cluster");

    private static final List<String> TIMES = List.of(
            "cluster-delay",
            "cluster-recheck-interval",
            "dc-deadtime",
            "election-timeout",
            "fencing-proof-max-age",
            "fencing-timeout",
            "join-finalization-timeout",
            "join-integration-timeout",
            "node-pending-timeout",
            "priority-fencing-delay",
            "recovery-target",
            "shutdown-escalation",
            "shutdown-lock-limit",
            "transition-delay");

    private static final SortedMap<String, List<String>> CHOICES = choices();

    /** Properties of which only the names are known here. */
    private static final List<String> OTHERS = List.of(
            "batch-limit",
            "cluster-infrastructure",
            "cluster-ipc-limit",
            "cluster-name",
            "dc-version",
            "default-resource-stickiness",
            "fencing-loop-limit",
            "fencing-loop-window",
            "fencing-max-attempts",
            "fencing-proof-policy",
            "fencing-watchdog-timeout",
            "have-watchdog",
            "is-managed-default",
            "last-lrm-refresh",
            "load-threshold",
            "migration-limit",
            "node-action-limit",
            "node-health-base",
            "node-health-green",
            "node-health-red",
            "node-health-yellow",
            "pe-error-series-max",
            "pe-input-series-max",
            "pe-warn-series-max");

    private static final SortedSet<String> KNOWN = known();

    private PropertyValues() {}

    private static SortedMap<String, List<String>> choices() {
        var choices = new TreeMap<String, List<String>>();
        choices.put("no-quorum-policy", List.of("stop", "freeze", "ignore", "demote", "suicide", "fence"));
        choices.put("fencing-action", List.of("reboot", "off", "poweroff"));
        choices.put("fencing-reaction", List.of("stop", "panic"));
        choices.put("node-health-strategy", List.of("none", "migrate-on-red", "only-green", "progressive", "custom"));
        choices.put("placement-strategy", List.of("default", "utilization", "minimal", "balanced"));
        return Collections.unmodifiableSortedMap(choices);
    }

    private static SortedSet<String> known() {
        var known = new TreeSet<String>(PropertyNames.former());
        known.addAll(TRUTHS);
        known.addAll(TIMES);
        known.addAll(CHOICES.keySet());
        known.addAll(OTHERS);
        return Collections.unmodifiableSortedSet(known);
    }

    /** What may stand there instead; empty when the value can be used, or nothing is known of what the property may be set to. */
    public static Optional<String> refusal(String name, String value) {
        String canonical = PropertyNames.canonical(name);
        if (TRUTHS.contains(canonical)) {
            return Truth.parse(value).isPresent() ? Optional.empty() : Optional.of("true or false");
        }
        if (TIMES.contains(canonical)) {
            return TimeSpan.parseMillis(value).isPresent()
                    ? Optional.empty()
                    : Optional.of("a time with its unit, such as 60s");
        }
        List<String> choice = CHOICES.getOrDefault(canonical, List.of(value));
        return choice.contains(value) ? Optional.empty() : Optional.of("one of " + String.join(", ", choice));
    }

    /**
     * What is wrong with the properties of a configuration, in the order in which they stand: an error for a value that cannot be used,
     * a warning for a name that nobody knows and that is nearly one of those that are known. Other names are somebody's own.
     */
    public static List<Problem> problems(Element configuration) {
        return configuration.children("crm_config").stream()
                .flatMap(section -> section.children("cluster_property_set").stream())
                .flatMap(set -> set.children("nvpair").stream())
                .flatMap(pair -> problem(pair).stream())
                .toList();
    }

    private static Optional<Problem> problem(Element pair) {
        String name = pair.attribute("name", "");
        String value = pair.attribute("value", "");
        Optional<Problem> wrong = refusal(name, value)
                .map(wanted -> Problem.error(
                        pair.place(), "property " + name, "cannot be '" + value + "'", "set it to " + wanted));
        return wrong.isPresent() || KNOWN.contains(name)
                ? wrong
                : Suggestion.nearest(name, KNOWN)
                        .map(meant -> Problem.warning(
                                pair.place(),
                                "property " + name,
                                "is none that anything here knows",
                                "did you mean '" + meant + "'?"));
    }
}
