package org.ringfence.guard.process;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One line for the journal. Loggers of the JDK would cost the guard more memory than all the rest of it. */
@FunctionalInterface
public interface Say {
    void line(String text);

    /** To standard error, with the time. */
    @SuppressWarnings("SystemOut")
    static Say toStandardError() {
        return text -> System.err.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " guard: " + text);
    }
}
