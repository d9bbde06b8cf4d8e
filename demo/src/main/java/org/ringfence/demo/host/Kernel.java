package org.ringfence.demo.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.time.Duration;

/** The few Linux calls that hosts need and the JDK lacks: enter a network, signal a process, wait for its end. */
public final class Kernel {
    private static final int ESRCH = 3;
    private static final int CLONE_NEWNET = 0x40000000;
    private static final long PIDFD_OPEN = 434;
    private static final short POLLIN = 1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = variadic("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle SETNS = call("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle KILL = call("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle POLL =
            call("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SYSCALL =
            variadic("syscall", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT), 1);

    private Kernel() {}

    /** Signals by the numbers that x86-64 and AArch64 share. */
    public enum Signal {
        KILL(9),
        CONTINUE(18),
        STOP(19);

        private final int number;

        Signal(int number) {
            this.number = number;
        }
    }

    /**
     * Moves the calling thread, which must be a platform thread, into a network namespace. Sockets that it opens from now
     * on belong there. There is no way back: end the thread.
     */
    public static void enterNetwork(Path namespace) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int file = (int) OPEN.invokeExact(state, arena.allocateFrom(namespace.toString()), 0);
            if (file < 0) {
                throw failure("open " + namespace, state);
            }
            try {
                if ((int) SETNS.invokeExact(state, file, CLONE_NEWNET) < 0) {
                    throw failure("setns " + namespace, state);
                }
            } finally {
                close(file);
            }
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    /** Sends a signal; false when there is no such process (any more). */
    public static boolean signal(long pid, Signal signal) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            if ((int) KILL.invokeExact(state, Math.toIntExact(pid), signal.number) == 0) {
                return true;
            }
            if ((int) ERRNO.get(state, 0L) == ESRCH) {
                return false;
            }
            throw failure("kill " + pid, state);
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    /**
     * Kills a process and waits until it is gone. The first process of a process namespace is gone only when every other
     * of that namespace is.
     *
     * @return false when it was still there at the end of {@code patience}
     */
    public static boolean killAndAwait(long pid, Duration patience) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int file = (int) (long) SYSCALL.invokeExact(state, PIDFD_OPEN, Math.toIntExact(pid), 0);
            if (file < 0) {
                if ((int) ERRNO.get(state, 0L) == ESRCH) {
                    return true;
                }
                throw failure("pidfd_open " + pid, state);
            }
            try {
                signal(pid, Signal.KILL);
                MemorySegment poll = arena.allocate(8, 4);
                poll.set(JAVA_INT, 0, file);
                poll.set(JAVA_SHORT, 4, POLLIN);
                int ready = (int) POLL.invokeExact(state, poll, 1L, Math.toIntExact(patience.toMillis()));
                if (ready < 0) {
                    throw failure("poll", state);
                }
                return ready > 0;
            } finally {
                close(file);
            }
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    private static void close(int file) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) CLOSE.invokeExact(arena.allocate(STATE), file);
        }
    }

    private static IOException failure(String what, MemorySegment state) {
        return new IOException(what + " failed with error number " + (int) ERRNO.get(state, 0L));
    }

    private static IOException rethrown(Throwable thrown) {
        return switch (thrown) {
            case IOException failure -> failure;
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            default -> new IOException(thrown);
        };
    }

    private static MethodHandle call(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), descriptor, Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle variadic(String name, FunctionDescriptor descriptor, int firstVariadic) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                descriptor,
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(firstVariadic));
    }
}
