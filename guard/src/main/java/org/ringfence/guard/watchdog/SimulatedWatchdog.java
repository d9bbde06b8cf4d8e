package org.ringfence.guard.watchdog;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A watchdog for hosts that are only played, and their reset line: a file that the guard has mapped and that another process
 * looks at from outside, to end that host when the food stays away or the line is pulled. It cannot be anything to a real host.
 */
public final class SimulatedWatchdog implements Watchdog, Reset {
    private static final int BYTES = 64;
    private static final int ARMED_AT = 0;
    private static final int TIMEOUT_AT = 8;
    private static final int FED_AT = 16;
    private static final int LINE_AT = 24;

    private final MappedByteBuffer memory;

    private SimulatedWatchdog(MappedByteBuffer memory) {
        this.memory = memory;
    }

    private static MappedByteBuffer map(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
            memory.order(ByteOrder.nativeOrder());
            return memory;
        }
    }

    /** Arms it, as opening a real one does. */
    public static SimulatedWatchdog arm(Path file, long timeoutMillis) throws IOException {
        MappedByteBuffer memory = map(file);
        memory.putLong(TIMEOUT_AT, timeoutMillis);
        memory.putLong(FED_AT, System.nanoTime());
        VarHandle.releaseFence();
        memory.putLong(ARMED_AT, 1);
        return new SimulatedWatchdog(memory);
    }

    @Override
    public String identity() {
        return "simulated";
    }

    @Override
    public long timeoutMillis() {
        return memory.getLong(TIMEOUT_AT);
    }

    @Override
    public int feed() {
        VarHandle.releaseFence();
        memory.putLong(FED_AT, System.nanoTime());
        return 0;
    }

    @Override
    public String disarm() {
        memory.putLong(ARMED_AT, 0);
        return "disarmed";
    }

    @Override
    public void now(Kind kind) {
        VarHandle.releaseFence();
        memory.putLong(LINE_AT, number(kind));
    }

    private static long number(Kind kind) {
        return switch (kind) {
            case RESET -> 1;
            case OFF -> 2;
            case CRASHDUMP -> 3;
        };
    }

    /** The same from outside: what the played host's power hangs on. */
    public static final class Box {
        private final MappedByteBuffer memory;

        private Box(MappedByteBuffer memory) {
            this.memory = memory;
        }

        public static Box open(Path file) throws IOException {
            return new Box(map(file));
        }

        /** A host that was just switched on: nothing is armed. */
        public void powerOn() {
            memory.putLong(ARMED_AT, 0);
            memory.putLong(LINE_AT, 0);
        }

        /** Whether the host is to be ended now, and in which way; the watchdog's way is a reset. */
        public Optional<Fired> fired(long now) {
            VarHandle.acquireFence();
            long line = memory.getLong(LINE_AT);
            for (Kind kind : Kind.values()) {
                if (line == number(kind)) {
                    return Optional.of(new Fired(kind, false));
                }
            }
            boolean starved = memory.getLong(ARMED_AT) != 0
                    && now - memory.getLong(FED_AT) > memory.getLong(TIMEOUT_AT) * 1_000_000;
            return starved ? Optional.of(new Fired(Kind.RESET, true)) : Optional.empty();
        }
    }

    /** @param starved whether the watchdog did it; otherwise the guard pulled the line */
    public record Fired(Kind kind, boolean starved) {}
}
