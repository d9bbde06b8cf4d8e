package org.ringfence.scheduler.change;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.cib.Cib;
import org.ringfence.scheduler.Scheduler.Schedule;

/**
 * The scheduler for who asks again and again: same arguments, same answer as {@link org.ringfence.scheduler.Scheduler}, sooner
 * where little has changed since the last time. Keeps the last question and its answer. For one thread.
 */
public final class IncrementalScheduler {
    private @Nullable Decided last;

    public Schedule schedule(Cib cib, Instant now) {
        Decided decided = last == null ? Decided.first(cib, now) : last.next(cib, now);
        last = decided;
        return decided.schedule();
    }
}
