package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A socket's file descriptor that can be closed while other threads wait on it: they are woken first, and the number is given
 * back to the kernel only when the last of them has let go, so that it is never used for another file by mistake.
 */
final class Descriptor {
    private static final int SHUT_RD = 0;
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;
    private static final LibcFunction SHUTDOWN = LibcFunction.returningInt("shutdown", JAVA_INT, JAVA_INT);
    private static final LibcFunction CLOSE = LibcFunction.returningInt("close", JAVA_INT);

    private final int number;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final AtomicBoolean closed = new AtomicBoolean();

    Descriptor(int number) {
        this.number = number;
    }

    /** The number, for use before others know of this descriptor. */
    int number() {
        return number;
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Something done with a descriptor. */
    interface Use<T> {
        T with(int number) throws IOException;
    }

    /** @throws ClosedChannelException when it is closed, before or meanwhile */
    <T> T use(Use<T> what) throws IOException {
        lock.readLock().lock();
        try {
            if (closed.get()) {
                throw new ClosedChannelException();
            }
            return what.with(number);
        } catch (ErrnoException e) {
            if (closed.get()) {
                ClosedChannelException woken = new ClosedChannelException();
                woken.addSuppressed(e);
                throw woken;
            }
            throw e;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Readers come to the end of what is there already; it can still be written to. */
    void endInput() {
        end(SHUT_RD);
    }

    /** The other side comes to the end of what was written. */
    void endOutput() {
        end(SHUT_WR);
    }

    /** One that is closed, or whose other end is gone, has ended as much as can be asked. */
    private void end(int direction) {
        lock.readLock().lock();
        try {
            if (!closed.get()) {
                SHUTDOWN.callPlain(number, direction);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // Fails on a socket whose other end is gone, which is as good: nobody waits on it then.
        SHUTDOWN.callPlain(number, SHUT_RDWR);
        lock.writeLock().lock();
        try {
            CLOSE.callPlain(number);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
