package org.ringfence.model.cib;

import java.util.List;
import java.util.Optional;
import org.ringfence.model.value.Truth;

/** What cluster properties may be set to, as far as it is a choice of few. Source: Pacemaker Explained, cluster options. */
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

    private static final List<String> NO_QUORUM = List.of("stop", "freeze", "ignore", "demote", "suicide", "fence");
    private static final List<String> FENCING_ACTIONS = List.of("reboot", "off", "poweroff");
    private static final List<String> PLACEMENT = List.of("default", "utilization", "minimal", "balanced");

    private PropertyValues() {}

    /** What may stand there instead; empty when the value can be used, or is not a choice of few. */
    public static Optional<String> refusal(String name, String value) {
        String canonical = PropertyNames.canonical(name);
        if (TRUTHS.contains(canonical)) {
            return Truth.parse(value).isPresent() ? Optional.empty() : Optional.of("true or false");
        }
        List<String> choice = switch (canonical) {
            case "no-quorum-policy" -> NO_QUORUM;
            case "fencing-action" -> FENCING_ACTIONS;
            case "placement-strategy" -> PLACEMENT;
            default -> List.of(value);
        };
        return choice.contains(value) ? Optional.empty() : Optional.of("one of " + String.join(", ", choice));
    }
}
