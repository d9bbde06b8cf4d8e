package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Starts a program as a child in a session of its own, with default signals, no signal blocked, the ordinary scheduling
 * class and no descriptor but its three: {@code posix_spawn(3)}. It takes about a millisecond; {@link ProcessBuilder} takes
 * several, starts no session, and watches each child with a thread.
 */
public final class Spawn {
    private Spawn() {}

    private static final int SET_SIGNAL_DEFAULTS = 0x04;
    private static final int SET_SIGNAL_MASK = 0x08;
    private static final int SET_SCHEDULER = 0x20;
    private static final int SET_SESSION = 0x80;
    private static final int NO_HANG = 1;

    /** Larger than the opaque structures of any C library on Linux: glibc's have 336, 80 and 128 bytes. */
    private static final long OPAQUE_BYTES = 1024;

    private static final LibcFunction SPAWN =
            LibcFunction.returningInt("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final LibcFunction ACTIONS_INIT =
            LibcFunction.returningInt("posix_spawn_file_actions_init", ADDRESS);
    private static final LibcFunction ACTIONS_DESTROY =
            LibcFunction.returningInt("posix_spawn_file_actions_destroy", ADDRESS);
    private static final LibcFunction ADD_DUP =
            LibcFunction.returningInt("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
    private static final LibcFunction ADD_OPEN = LibcFunction.returningInt(
            "posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final LibcFunction ADD_CLOSE =
            LibcFunction.returningInt("posix_spawn_file_actions_addclose", ADDRESS, JAVA_INT);
    /** glibc 2.34 and later. */
    private static final Optional<LibcFunction> ADD_CLOSE_FROM =
            whereAvailable("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT);
    /** glibc 2.29 and later. */
    private static final Optional<LibcFunction> ADD_FOLDER =
            whereAvailable("posix_spawn_file_actions_addchdir_np", ADDRESS, ADDRESS);

    private static final LibcFunction ATTRIBUTES_INIT = LibcFunction.returningInt("posix_spawnattr_init", ADDRESS);
    private static final LibcFunction ATTRIBUTES_DESTROY =
            LibcFunction.returningInt("posix_spawnattr_destroy", ADDRESS);
    private static final LibcFunction SET_FLAGS =
            LibcFunction.returningInt("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
    private static final LibcFunction SET_DEFAULTS =
            LibcFunction.returningInt("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
    private static final LibcFunction SET_MASK =
            LibcFunction.returningInt("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);
    private static final LibcFunction FILL_SIGNALS = LibcFunction.returningInt("sigfillset", ADDRESS);
    private static final LibcFunction EMPTY_SIGNALS = LibcFunction.returningInt("sigemptyset", ADDRESS);
    private static final LibcFunction WAIT = LibcFunction.returningInt("waitpid", JAVA_INT, ADDRESS, JAVA_INT);

    private static Optional<LibcFunction> whereAvailable(String name, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .defaultLookup()
                .find(name)
                .map(present -> LibcFunction.returningInt(name, arguments));
    }

    /**
     * Starts a program in the root folder.
     *
     * @param command     the program's absolute path, then its arguments; none holds a NUL
     * @param environment {@code NAME=value}; the whole of it
     * @param input       a descriptor, or -1 for {@code /dev/null}
     * @param output      a descriptor
     * @param errors      a descriptor
     * @return the child's number; the caller reaps it with {@link #reap}
     * @throws IOException when it cannot be started: not executable, no interpreter, too many processes
     */
    public static int start(List<String> command, List<String> environment, int input, int output, int errors)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment actions = arena.allocate(OPAQUE_BYTES, 16);
            MemorySegment attributes = arena.allocate(OPAQUE_BYTES, 16);
            check(ACTIONS_INIT, actions);
            check(ATTRIBUTES_INIT, attributes);
            try {
                describeFiles(arena, actions, input, output, errors);
                describeAttributes(arena, attributes);
                MemorySegment path = arena.allocateFrom(command.getFirst());
                MemorySegment pid = arena.allocate(JAVA_INT);
                int error = (int) SPAWN.callPlain(
                        pid, path, actions, attributes, strings(arena, command), strings(arena, environment));
                if (error != 0) {
                    throw new ErrnoException(command.getFirst(), error);
                }
                return pid.get(JAVA_INT, 0);
            } finally {
                check(ACTIONS_DESTROY, actions);
                check(ATTRIBUTES_DESTROY, attributes);
            }
        }
    }

    private static void describeFiles(Arena arena, MemorySegment actions, int input, int output, int errors)
            throws IOException {
        if (input < 0) {
            check(ADD_OPEN, actions, 0, arena.allocateFrom("/dev/null"), 0, 0);
        } else {
            check(ADD_DUP, actions, input, 0);
        }
        check(ADD_DUP, actions, output, 1);
        check(ADD_DUP, actions, errors, 2);
        if (ADD_CLOSE_FROM.isPresent()) {
            check(ADD_CLOSE_FROM.get(), actions, 3);
        } else {
            for (int open : openDescriptors()) {
                check(ADD_CLOSE, actions, open);
            }
        }
        if (ADD_FOLDER.isPresent()) {
            check(ADD_FOLDER.get(), actions, arena.allocateFrom("/"));
        }
    }

    /** What the JVM opens is not always close-on-exec; closing one that was closed meanwhile does no harm. */
    private static List<Integer> openDescriptors() throws IOException {
        List<Integer> open = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path entry : entries) {
                int number = Integer.parseInt(String.valueOf(entry.getFileName()));
                if (number > 2) {
                    open.add(number);
                }
            }
        }
        return open;
    }

    private static void describeAttributes(Arena arena, MemorySegment attributes) throws IOException {
        MemorySegment signals = arena.allocate(OPAQUE_BYTES, 16);
        check(FILL_SIGNALS, signals);
        check(SET_DEFAULTS, attributes, signals);
        check(EMPTY_SIGNALS, signals);
        check(SET_MASK, attributes, signals);
        // A zeroed structure asks for SCHED_OTHER with priority 0: an agent must not inherit a real-time class.
        int flags = SET_SIGNAL_DEFAULTS | SET_SIGNAL_MASK | SET_SCHEDULER | SET_SESSION;
        check(SET_FLAGS, attributes, (short) flags);
    }

    private static MemorySegment strings(Arena arena, List<String> texts) {
        MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
        for (int index = 0; index < texts.size(); index++) {
            String text = texts.get(index);
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a program is given no NUL");
            }
            array.setAtIndex(ADDRESS, index, arena.allocateFrom(text));
        }
        array.setAtIndex(ADDRESS, texts.size(), MemorySegment.NULL);
        return array;
    }

    /**
     * Asks whether a child has ended, and if so lets the kernel forget it: from then on its number may be another's.
     *
     * @return empty while it runs; else what {@code waitpid(2)} says, for {@link #exitStatus} and {@link #endingSignal}
     */
    public static OptionalInt reap(int pid) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            boolean ended = WAIT.call(pid, status, NO_HANG) != 0;
            return ended ? OptionalInt.of(status.get(JAVA_INT, 0)) : OptionalInt.empty();
        }
    }

    /** @param status from {@link #reap}. @return 0 to 255; meaningful when {@link #endingSignal} is 0 */
    public static int exitStatus(int status) {
        return (status >> 8) & 0xff;
    }

    /** @param status from {@link #reap}. @return the signal that ended the process, 0 when it ended by itself */
    public static int endingSignal(int status) {
        return status & 0x7f;
    }

    /** These functions return their error rather than setting errno. */
    private static void check(LibcFunction function, Object... arguments) throws ErrnoException {
        int error = (int) function.callPlain(arguments);
        if (error != 0) {
            throw new ErrnoException("cannot describe a process", error);
        }
    }
}
