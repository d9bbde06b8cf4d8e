package org.ringfence.linux.watchdog;

import org.ringfence.linux.Errno;

/**
 * What a driver did when it was asked for a timeout. Drivers differ: one answers EINVAL and keeps what it had, another takes the
 * nearest that it can, a third takes that and says that it took what was asked.
 *
 * @param asked in seconds
 * @param errno 0 when it accepted
 * @param answered in seconds: what it wrote back with the acceptance; of no meaning when it refused
 * @param readBack in seconds: what it names as its timeout afterwards; {@link #UNKNOWN} when it does not say
 */
public record TimeoutAnswer(int asked, int errno, int answered, int readBack) {
    public static final int UNKNOWN = -1;

    public static TimeoutAnswer accepted(int asked, int answered, int readBack) {
        return new TimeoutAnswer(asked, 0, answered, readBack);
    }

    public static TimeoutAnswer refused(int asked, int errno, int readBack) {
        if (errno == 0) {
            throw new IllegalArgumentException("a refusal has a reason");
        }
        return new TimeoutAnswer(asked, errno, UNKNOWN, readBack);
    }

    public boolean accepted() {
        return errno == 0;
    }

    /** Whether the timeout is now what was asked for, as far as the driver says. */
    public boolean taken() {
        return accepted() && inForce() == asked;
    }

    /** In seconds: the timeout as the driver names it now; {@link #UNKNOWN} when it refused and does not say. */
    public int inForce() {
        return readBack == UNKNOWN ? answered : readBack;
    }

    /** Why it refused, as strerror(3) has it; empty when it accepted. */
    public String reason() {
        return accepted() ? "" : Errno.text(errno);
    }
}
