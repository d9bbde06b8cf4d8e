package org.ringfence.controller;

import java.time.Instant;

/**
 * The time at which an event is handled, handed in by whoever drives the machine.
 *
 * @param wall     for what people read and for rules with dates; may jump
 * @param elapsed  nanoseconds of a monotonic clock that the guard on the same host reads too; never goes back
 * @param chance   64 bits that nobody can foresee, drawn for this event alone
 */
public record Now(Instant wall, long elapsed, long chance) {}
