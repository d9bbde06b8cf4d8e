package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * The scheduling of the calling thread, which must be a platform thread. Threads and processes that it starts begin in the
 * ordinary class again.
 */
public final class ThreadScheduling {
    private static final int SCHED_RR = 2;
    private static final int SCHED_RESET_ON_FORK = 0x40000000;
    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;
    private static final int CLOCK_THREAD_CPUTIME_ID = 3;

    private static final LibcFunction SCHED_SETSCHEDULER =
            LibcFunction.returningInt("sched_setscheduler", JAVA_INT, JAVA_INT, ADDRESS);
    private static final LibcFunction SCHED_GETSCHEDULER = LibcFunction.returningInt("sched_getscheduler", JAVA_INT);
    private static final LibcFunction CLOCK_GETTIME = LibcFunction.returningInt("clock_gettime", JAVA_INT, ADDRESS);
    private static final LibcFunction SETPRIORITY =
            LibcFunction.returningInt("setpriority", JAVA_INT, JAVA_INT, JAVA_INT);

    private ThreadScheduling() {}

    /**
     * Puts the calling thread into the real-time class SCHED_RR of sched(7).
     *
     * @param priority 1 to 99; higher goes first
     * @throws ErrnoException EPERM when RLIMIT_RTPRIO or the control group does not allow it
     */
    public static void realTime(int priority) throws ErrnoException {
        platformThread();
        try (Arena arena = Arena.ofConfined()) {
            SCHED_SETSCHEDULER.call(
                    CALLING_THREAD, SCHED_RR | SCHED_RESET_ON_FORK, arena.allocateFrom(JAVA_INT, priority));
        }
    }

    /** Whether the calling thread is in the real-time class SCHED_RR. */
    public static boolean isRealTime() throws ErrnoException {
        platformThread();
        return (SCHED_GETSCHEDULER.call(CALLING_THREAD) & ~SCHED_RESET_ON_FORK) == SCHED_RR;
    }

    /**
     * Sets the calling thread's nice value, for where the real-time class is not allowed. Linux keeps it by thread
     * (setpriority(2), NOTES).
     *
     * @param nice -20, the most favourable, to 19
     * @throws ErrnoException EACCES when RLIMIT_NICE does not allow it
     */
    public static void nice(int nice) throws ErrnoException {
        platformThread();
        SETPRIORITY.call(PRIO_PROCESS, CALLING_THREAD, nice);
    }

    /** The processor's time that the calling thread has used so far, the kernel's work for it included; not the time it waited. */
    public static long processorTimeNanos() {
        platformThread();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(JAVA_LONG, 2);
            CLOCK_GETTIME.call(CLOCK_THREAD_CPUTIME_ID, time);
            return TimeUnit.SECONDS.toNanos(time.getAtIndex(JAVA_LONG, 0)) + time.getAtIndex(JAVA_LONG, 1);
        } catch (ErrnoException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void platformThread() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("a virtual thread has no scheduling of its own");
        }
    }
}
