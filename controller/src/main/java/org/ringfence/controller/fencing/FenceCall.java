package org.ringfence.controller.fencing;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.ringfence.model.NodeId;

/**
 * One use of a fence device against a node.
 *
 * @param device     the primitive's id
 * @param agent      the agent's name
 * @param action     {@code reboot}, {@code off} or {@code on}: what is to come of it
 * @param command    what the agent is told for it ({@code pcmk_reboot_action} and the like)
 * @param plug       what the device calls the target
 * @param argument   the parameter that takes the plug ({@code pcmk_host_argument}); empty to go by the agent's metadata
 * @param lookUp     whether the device must list the target first (dynamic list)
 * @param parameters of the device, without those that are the cluster's own
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
        SequencedMap<String, String> parameters,
        Duration timeout) {
    public FenceCall {
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    }
}
