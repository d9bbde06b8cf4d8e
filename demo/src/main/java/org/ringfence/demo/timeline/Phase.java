package org.ringfence.demo.timeline;

import java.time.Instant;

/**
 * One moment of a recovery.
 *
 * @param name the same in every recovery, for programs
 * @param text what happened, for people
 */
public record Phase(String name, String text, Instant at) {}
