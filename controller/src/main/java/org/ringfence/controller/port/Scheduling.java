package org.ringfence.controller.port;

import java.time.Instant;
import org.ringfence.model.cib.Cib;
import org.ringfence.scheduler.Scheduler;

/** Decides what is to be done; the scheduler, except where a test wants a simpler one. Same arguments, same answer. */
@FunctionalInterface
public interface Scheduling {
    Scheduler.Schedule schedule(Cib cib, Instant now);
}
