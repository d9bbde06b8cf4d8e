package org.ringfence.network.balance.show;

/**
 * One server of a service, as {@code balance status} shows it.
 *
 * @param state   up, down, drained, unknown (not checked yet) or fallback
 * @param answer  what the last check was answered; empty before the first
 * @param answerMs how long that took
 */
public record StatusRow(
        String endpoint,
        String host,
        String forwarding,
        int weight,
        String state,
        long active,
        long total,
        long failed,
        long bytesToServer,
        long bytesToClient,
        String answer,
        long answerMs) {}
