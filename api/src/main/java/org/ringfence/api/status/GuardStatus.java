package org.ringfence.api.status;

import java.time.Instant;
import java.util.Optional;

/**
 * The guard of the node that was asked.
 *
 * @param armed     whether it lives and this host would be reset
 * @param text      how it stands, one line
 * @param lastReset when a guard ended this host last, as far as it knows
 * @param why       why it did, and what it last saw; empty when it never did
 */
public record GuardStatus(boolean armed, String text, Optional<Instant> lastReset, String why) {}
