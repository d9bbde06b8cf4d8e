package org.ringfence.linux.watchdog;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.ringfence.linux.Errno;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.LibcFunction;

/**
 * An open watchdog. Opening arms it: from then on the host is reset when {@link #keepAlive} was not called for the length of the
 * timeout, whatever has become of this process. {@link #close} leaves it armed where the driver knows the magic close, as
 * a killed process does; {@link #closeDisarmed} asks for it to rest.
 *
 * <p>For one thread at a time. Calls go to the driver and wait for it.
 */
public final class WatchdogDevice implements AutoCloseable {
    private static final int O_WRONLY = 1;
    private static final int O_CLOEXEC = 0x80000;

    // linux/watchdog.h, as _IOR and _IOWR number them on 64-bit x86 and ARM.
    private static final long GET_SUPPORT = 0x80285700L;
    private static final long GET_BOOT_STATUS = 0x80045702L;
    private static final long SET_TIMEOUT = 0xC0045706L;
    private static final long GET_TIMEOUT = 0x80045707L;
    private static final long SET_PRETIMEOUT = 0xC0045708L;
    private static final long GET_PRETIMEOUT = 0x80045709L;
    private static final long GET_TIME_LEFT = 0x8004570AL;

    private static final int SUPPORT_BYTES = 40;
    private static final int IDENTITY_OFFSET = 8;
    private static final int IDENTITY_BYTES = 32;

    /** Any byte but this feeds; this, written last before closing, lets the closing disarm. */
    private static final byte MAGIC = 'V';

    private static final LibcFunction OPEN = LibcFunction.variadicInt("open", 2, ADDRESS, JAVA_INT);
    private static final LibcFunction IOCTL = LibcFunction.variadicInt("ioctl", 2, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final LibcFunction CLOSE = LibcFunction.returningInt("close", JAVA_INT);
    private static final LibcFunction WRITE = LibcFunction.returningLong("write", JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle FEED =
            LibcFunction.withoutErrno("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));

    private final String path;
    private final int descriptor;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment food = arena.allocate(1);
    private boolean open = true;

    private WatchdogDevice(String path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /**
     * Opens, and by that arms it with the timeout that it has.
     *
     * @throws WatchdogBusyException when a process has it open; who, where that can be seen
     * @throws ErrnoException as open(2) has it: ENOENT, EACCES; ENODEV or ENXIO when the driver is gone
     */
    public static WatchdogDevice open(String path) throws IOException {
        try (Arena name = Arena.ofConfined()) {
            int number = (int) OPEN.call(name.allocateFrom(path), O_WRONLY | O_CLOEXEC);
            return new WatchdogDevice(path, number);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EBUSY) {
                WatchdogBusyException busy = new WatchdogBusyException(
                        path, WatchdogHolders.ofThisHost().of(path));
                busy.initCause(e);
                throw busy;
            }
            throw e;
        }
    }

    public String path() {
        return path;
    }

    /** @throws ErrnoException ENOTTY when it is no watchdog */
    public WatchdogSupport support() throws IOException {
        try (Arena answer = Arena.ofConfined()) {
            MemorySegment info = answer.allocate(SUPPORT_BYTES, Integer.BYTES);
            control(GET_SUPPORT, info);
            byte[] name = info.asSlice(IDENTITY_OFFSET, IDENTITY_BYTES).toArray(JAVA_BYTE);
            int length = 0;
            while (length < name.length && name[length] != 0) {
                length++;
            }
            return new WatchdogSupport(
                    new String(name, 0, length, StandardCharsets.ISO_8859_1),
                    info.get(JAVA_INT, 0),
                    info.get(JAVA_INT, Integer.BYTES));
        }
    }

    /**
     * Asks for a timeout. A driver that accepts begins the new timeout at once, as if it had been fed.
     *
     * @param seconds any number: finding out what the driver says to it is the purpose
     * @return what it answered; that it refuses is an answer, with EINVAL or, where no timeout can be chosen, EOPNOTSUPP
     * @throws ErrnoException when it could not be asked: EIO, ENODEV
     */
    public TimeoutAnswer setTimeout(int seconds) throws IOException {
        try {
            int answered = exchange(SET_TIMEOUT, seconds);
            return TimeoutAnswer.accepted(seconds, answered, readBack());
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case Errno.EINVAL, Errno.EOPNOTSUPP, Errno.ENOTTY, Errno.ERANGE ->
                    TimeoutAnswer.refused(seconds, e.errno(), readBack());
                default -> throw e;
            };
        }
    }

    private int readBack() throws IOException {
        return timeout().orElse(TimeoutAnswer.UNKNOWN);
    }

    /** In seconds, as the driver names it; empty when it does not. */
    public OptionalInt timeout() throws IOException {
        return ask(GET_TIMEOUT);
    }

    /** In seconds, until the reset; empty when the driver does not say, as most do not. */
    public OptionalInt timeLeft() throws IOException {
        return ask(GET_TIME_LEFT);
    }

    /** In seconds before the reset, at which the kernel acts (panics, as a rule); 0 is never; empty when it has none. */
    public OptionalInt pretimeout() throws IOException {
        return ask(GET_PRETIMEOUT);
    }

    /** @return what it set; empty when it refuses */
    public OptionalInt setPretimeout(int seconds) throws IOException {
        try {
            return OptionalInt.of(exchange(SET_PRETIMEOUT, seconds));
        } catch (ErrnoException e) {
            return unsupported(e);
        }
    }

    /** The bits WDIOF_* that say why the host booted last; CARDRESET (0x20) is this watchdog. Empty when it does not say. */
    public OptionalInt bootStatus() throws IOException {
        return ask(GET_BOOT_STATUS);
    }

    /**
     * Begins the timeout anew. Allocates nothing, except to throw.
     *
     * @throws ErrnoException when the driver did not take it; the timeout runs on
     */
    public void keepAlive() throws ErrnoException {
        if (feed() == 1) {
            return;
        }
        // Once more, for its reason; or a signal came between, and this feeds.
        long written = WRITE.call(descriptor, food, 1L);
        if (written != 1) {
            throw ErrnoException.of("write", Errno.EIO);
        }
    }

    private long feed() {
        try {
            return (long) FEED.invokeExact(descriptor, food, 1L);
        } catch (Throwable e) {
            throw new LinkageError("write cannot be called", e);
        }
    }

    /**
     * Closes it and asks for it to rest. Where the kernel was built or told not to allow that (nowayout), or the driver
     * ignores it, it stays armed; the answer is what the kernel says afterwards.
     */
    public Disarming closeDisarmed() throws IOException {
        if (!open) {
            throw new IllegalStateException(path + " is closed");
        }
        Optional<WatchdogEntry> entry = Watchdogs.ofThisHost().entry(path);
        try (Arena magic = Arena.ofConfined()) {
            WRITE.call(descriptor, magic.allocateFrom(JAVA_BYTE, MAGIC), 1L);
        } finally {
            close();
        }
        return entry.map(before -> Watchdogs.ofThisHost().disarming(before)).orElse(Disarming.UNKNOWN);
    }

    /** Closes, and leaves it armed where the driver knows the magic close: the host is reset unless it is opened again. */
    @Override
    public void close() {
        if (open) {
            open = false;
            CLOSE.callPlain(descriptor);
            arena.close();
        }
    }

    private OptionalInt ask(long request) throws IOException {
        try {
            return OptionalInt.of(exchange(request, 0));
        } catch (ErrnoException e) {
            return unsupported(e);
        }
    }

    private static OptionalInt unsupported(ErrnoException e) throws ErrnoException {
        return switch (e.errno()) {
            case Errno.EOPNOTSUPP, Errno.ENOTTY, Errno.EINVAL -> OptionalInt.empty();
            default -> throw e;
        };
    }

    private int exchange(long request, int value) throws ErrnoException {
        try (Arena answer = Arena.ofConfined()) {
            MemorySegment number = answer.allocateFrom(JAVA_INT, value);
            control(request, number);
            return number.get(JAVA_INT, 0);
        }
    }

    private void control(long request, MemorySegment argument) throws ErrnoException {
        IOCTL.call(descriptor, request, argument);
    }
}
