package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

/**
 * A descriptor for a process (Linux 5.3, {@code pidfd_open(2)}): readable once the process has ended, whoever its parent is,
 * and never about another process that was given the same number later.
 */
public final class Pidfd {
    private Pidfd() {}

    private static final long PIDFD_OPEN = 434;
    private static final LibcFunction SYSTEM_CALL = LibcFunction.systemCall(JAVA_INT, JAVA_INT);
    private static final LibcFunction KILL = LibcFunction.returningInt("kill", JAVA_INT, JAVA_INT);

    /** Whether this kernel has them. */
    public static boolean supported() {
        return Support.SUPPORTED;
    }

    /** @return a descriptor for {@link Descriptors#close}, or -1 when there is no such process, or no support for this */
    public static int open(int pid) {
        return (int) SYSTEM_CALL.callPlain(PIDFD_OPEN, pid, 0);
    }

    /** Sends a signal to a process by its number. @return whether there was such a process and it may be signalled */
    public static boolean signal(int pid, int signal) {
        if (pid <= 1) {
            throw new IllegalArgumentException("not a process to signal: " + pid);
        }
        return KILL.callPlain(pid, signal) == 0;
    }

    private static final class Support {
        static final boolean SUPPORTED = probe();

        private static boolean probe() {
            int own = open((int) ProcessHandle.current().pid());
            if (own >= 0) {
                Descriptors.close(own);
            }
            return own >= 0;
        }
    }
}
