package org.ringfence.api.status;

import java.time.Instant;
import java.util.List;

/**
 * Leave for some resources to run without fencing.
 *
 * @param giver who gave it
 */
public record Waiver(List<String> resources, String giver, String reason, Instant given, Instant expires) {
    public Waiver {
        resources = List.copyOf(resources);
    }
}
