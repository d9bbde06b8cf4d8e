package org.ringfence.demo.client;

import java.time.Instant;

/**
 * One connection that the client tried to open.
 *
 * @param answer the node that answered, by its name; empty when none did
 * @param reason why none did; empty when one did
 */
public record Attempt(Instant began, Instant ended, String answer, String reason) {

    public boolean answered() {
        return !answer.isEmpty();
    }
}
