package org.ringfence.controller;

import java.time.Instant;

/**
 * The time at which an event is handled, handed in by whoever drives the machine.
 *
 * @param wall     for what people read and for rules with dates; may jump
 * @param elapsed  nanoseconds since some moment of this process; never goes back
 */
public record Now(Instant wall, long elapsed) {}
