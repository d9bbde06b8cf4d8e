package org.ringfence.scheduler;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.cib.Cib;
import org.ringfence.scheduler.rule.ClusterTime;

/** As of when a saved configuration is to be scheduled. */
public final class BatchTime {
    private BatchTime() {}

    /**
     * The time that was asked for, else the {@code execution-date} that the file carries, else now.
     *
     * @param asked an ISO 8601 time or seconds since 1970; null or unreadable when nothing was asked for
     */
    public static Instant of(Cib cib, @Nullable String asked, Instant now) {
        return Optional.ofNullable(asked)
                .flatMap(BatchTime::parse)
                .or(() -> cib.document().attribute("execution-date").flatMap(BatchTime::parse))
                .orElse(now);
    }

    /** Reads seconds since 1970 or any ISO 8601 time that a configuration may use. */
    public static Optional<Instant> parse(String text) {
        if (!text.isEmpty()
                && text.length() > 8
                && text.length() < 15
                && text.chars().allMatch(Character::isDigit)) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
        }
        return ClusterTime.parse(text);
    }
}
