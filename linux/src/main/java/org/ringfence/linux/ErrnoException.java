package org.ringfence.linux;

import java.io.IOException;

/** A call of the C library failed; the message names the call and the reason. */
public final class ErrnoException extends IOException {
    private static final long serialVersionUID = 1;

    private final int errno;

    ErrnoException(String call, int errno) {
        super(call + ": " + Errno.text(errno));
        this.errno = errno;
    }

    /** For callers outside of this package that call the C library by {@link LibcFunction#handle}. */
    public static ErrnoException of(String call, int errno) {
        return new ErrnoException(call, errno);
    }

    /** One of the numbers in {@link Errno}, or another of errno(3). */
    public int errno() {
        return errno;
    }
}
