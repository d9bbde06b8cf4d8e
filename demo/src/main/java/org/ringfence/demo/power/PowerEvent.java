package org.ringfence.demo.power;

import java.time.Instant;

/**
 * One request that the switch has dealt with, as an outside witness tells it.
 *
 * @param action {@code off}, {@code on}, {@code reboot}, {@code status}, {@code list} or {@code monitor}
 * @param host   whose plug; empty for {@code list} and {@code monitor}
 * @param by     the host that asked
 * @param asked  when the request arrived
 * @param done   when the answer was given; for {@code off} and {@code reboot} no process of the host was left then if
 *               {@code really}
 * @param answer what the agent was told: {@code ok}, {@code failed}, {@code on}, {@code off}
 * @param really whether the switch did what it answered
 */
public record PowerEvent(
        String action, String host, String by, Instant asked, Instant done, String answer, boolean really) {

    /** Whether this cut the host's power. */
    public boolean cutPower() {
        return really && answer.equals("ok") && (action.equals("off") || action.equals("reboot"));
    }

    @Override
    public String toString() {
        return "%s %s %s by %s: %s%s after %d ms"
                .formatted(
                        asked,
                        action,
                        host.isEmpty() ? "-" : host,
                        by,
                        answer,
                        really ? "" : " (a lie)",
                        java.time.Duration.between(asked, done).toMillis());
    }
}
