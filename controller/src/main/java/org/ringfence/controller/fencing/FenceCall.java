package org.ringfence.controller.fencing;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.ringfence.model.NodeId;
import org.ringfence.model.value.TimeSpan;

/**
 * One use of a fence device against a node.
 *
 * @param device     the primitive's id
 * @param agent      the agent's name
 * @param action     {@code reboot}, {@code off} or {@code on}: what is to come of it
 * @param command    what the agent is told for it ({@code pcmk_reboot_action} and the like)
 * @param plug       what the device calls the target
 * @param argument   the parameter that takes the plug ({@code pcmk_host_argument}); empty to go by the agent's metadata
 * @param lookUp     whether the device must list the target first; what releases before protocol 3 go by
 * @param check      how the executing node finds out whether the device can fence the target; empty from such a release
 * @param verify     whether an {@code off} counts only when the device's status says so too, if it has one
 * @param parameters of the device, without those that are the cluster's own
 * @param cluster    the cluster's own: {@code pcmk_...}
 * @param timeout    for each call of the agent
 */
public record FenceCall(
        NodeId target,
        String device,
        String agent,
        String action,
        String command,
        String plug,
        String argument,
        boolean lookUp,
        Optional<HostCheck> check,
        boolean verify,
        SequencedMap<String, String> parameters,
        SequencedMap<String, String> cluster,
        Duration timeout) {
    public FenceCall {
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        cluster = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(cluster));
    }

    /** The same, and an {@code off} is looked after. */
    FenceCall verified() {
        return new FenceCall(
                target,
                device,
                agent,
                action,
                command,
                plug,
                argument,
                lookUp,
                check,
                true,
                parameters,
                cluster,
                timeout);
    }

    HostCheck hostCheck() {
        return check.orElse(lookUp ? HostCheck.DYNAMIC_LIST : HostCheck.STATIC_LIST);
    }

    /** What the agent is told for one of its actions. */
    String commandFor(String name) {
        return name.equals(action) ? command : cluster.getOrDefault("pcmk_" + name + "_action", name);
    }

    /** How long the agent may take for one of its actions. */
    Duration timeoutFor(String name, Duration otherwise) {
        OptionalLong millis = TimeSpan.parseMillis(cluster.getOrDefault("pcmk_" + name + "_timeout", ""));
        return millis.isPresent() && millis.getAsLong() > 0 ? Duration.ofMillis(millis.getAsLong()) : otherwise;
    }
}
