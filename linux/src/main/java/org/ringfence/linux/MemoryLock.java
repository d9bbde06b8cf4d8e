package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

/** Keeps the process in memory, so that it answers in time while the host is short of memory. */
public final class MemoryLock {
    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    private static final int MCL_ONFAULT = 4;

    private static final LibcFunction MLOCKALL = LibcFunction.returningInt("mlockall", JAVA_INT);
    private static final LibcFunction MUNLOCKALL = LibcFunction.returningInt("munlockall");

    private MemoryLock() {}

    /**
     * Locks every page that is or will be touched (mlockall(2) with MCL_ONFAULT), without touching those that are not: a heap
     * that is only reserved stays so.
     *
     * @throws ErrnoException EPERM or ENOMEM when RLIMIT_MEMLOCK does not allow it
     */
    public static void lock() throws ErrnoException {
        MLOCKALL.call(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
    }

    public static void unlock() throws ErrnoException {
        MUNLOCKALL.call();
    }
}
