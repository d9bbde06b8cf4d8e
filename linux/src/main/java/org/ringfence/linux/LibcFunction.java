package org.ringfence.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * A function of the C library, with the errno of each call. Arguments are boxed: for a loop that must not allocate, use
 * {@link #handle}.
 *
 * <p>A call blocks its carrier when made from a virtual thread: make those that may wait from platform threads.
 */
public final class LibcFunction {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final String name;
    private final MethodHandle handle;
    private final MethodHandle spreading;

    private LibcFunction(String name, FunctionDescriptor descriptor, Linker.Option... more) {
        this.name = name;
        List<Linker.Option> options = new ArrayList<>(List.of(more));
        options.add(Linker.Option.captureCallState("errno"));
        this.handle = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), descriptor, options.toArray(Linker.Option[]::new));
        // (state, arguments[]) -> long, so that one call site serves every function.
        this.spreading = handle.asType(handle.type().changeReturnType(long.class))
                .asSpreader(Object[].class, descriptor.argumentLayouts().size());
    }

    /** A function that returns an int. */
    public static LibcFunction returningInt(String name, MemoryLayout... arguments) {
        return new LibcFunction(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }

    /** A function that returns a long or an ssize_t. */
    public static LibcFunction returningLong(String name, MemoryLayout... arguments) {
        return new LibcFunction(name, FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments));
    }

    /** A function that returns an int and whose arguments from {@code fixed} on are variadic: ioctl, fcntl, open. */
    public static LibcFunction variadicInt(String name, int fixed, MemoryLayout... arguments) {
        return new LibcFunction(
                name, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments), Linker.Option.firstVariadicArg(fixed));
    }

    /** syscall(2) with these arguments after the number. */
    public static LibcFunction systemCall(MemoryLayout... arguments) {
        MemoryLayout[] all = new MemoryLayout[arguments.length + 1];
        all[0] = ValueLayout.JAVA_LONG;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new LibcFunction(
                "syscall", FunctionDescriptor.of(ValueLayout.JAVA_LONG, all), Linker.Option.firstVariadicArg(1));
    }

    /**
     * Calls it, and again as long as a signal interrupts it.
     *
     * @throws ErrnoException when it returns -1
     */
    public long call(Object... arguments) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            while (true) {
                long result = invoke(state, arguments);
                if (result != -1) {
                    return result;
                }
                int errno = (int) ERRNO.get(state, 0L);
                if (errno != Errno.EINTR) {
                    throw new ErrnoException(name, errno);
                }
            }
        }
    }

    /** Calls it once and gives its result as it is, for functions that report their failures otherwise. */
    public long callPlain(Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            return invoke(arena.allocate(STATE), arguments);
        }
    }

    /** The function with a segment for {@link Linker.Option#captureStateLayout} before its own arguments. */
    public MethodHandle handle() {
        return handle;
    }

    /**
     * A function whose errno is not asked for, for loops that must not allocate: keeping the errno makes an object at each call
     * until the second compiler has seen it, and small processes run without that one.
     */
    public static MethodHandle withoutErrno(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
    }

    private long invoke(MemorySegment state, Object[] arguments) {
        try {
            return (long) spreading.invokeExact(state, arguments);
        } catch (Throwable e) {
            throw new LinkageError(name + " cannot be called", e);
        }
    }
}
