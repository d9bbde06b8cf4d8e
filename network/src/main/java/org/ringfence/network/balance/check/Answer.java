package org.ringfence.network.balance.check;

/**
 * What came of one check.
 *
 * @param text    one line for people: what the server said, or why it failed
 * @param tookMs  how long it took
 */
public record Answer(boolean good, String text, long tookMs) {}
