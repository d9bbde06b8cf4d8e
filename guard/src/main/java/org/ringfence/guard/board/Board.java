package org.ringfence.guard.board;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.ringfence.controller.selffencing.GuardRule;

/**
 * A file of {@value #BYTES} bytes in the node's run folder that daemon and guard have mapped: each writes its own half and
 * reads the other's. Nothing here waits, opens or allocates, so that neither can be held up by the other.
 *
 * <p>Every field is one aligned long, written and read whole, and none has to be of the same moment as another: the daemon
 * writes flags and lease before the beat that goes with them, and the guard reads the beat first. Times are those of
 * {@link System#nanoTime}, which on Linux is one monotonic clock for all processes of a host. What an earlier boot has left is
 * forgotten when the file is opened.
 *
 * <p>One writer for each half; any thread may read.
 */
public final class Board {
    public static final int BYTES = 256;

    /** The name of the file in the run folder. */
    public static final String FILE = "guard.board";

    /** Guard's flag: there is no watchdog, by its administrator's wish. */
    public static final int WITHOUT_WATCHDOG = 1;
    /** Guard's flag: it runs in a real-time class. */
    public static final int REAL_TIME = 2;
    /** Guard's flag: its memory is locked. */
    public static final int LOCKED = 4;

    private static final long MAGIC = 0x52464755_41524431L;
    private static final int MAGIC_AT = 0;
    private static final int BOOT_AT = 8;
    private static final int BEAT_AT = 64;
    private static final int LEASE_AT = 72;
    private static final int FLAGS_AT = 80;
    private static final int STOP_AT = 88;
    private static final int DAEMON_AT = 96;
    private static final int GUARD_BEAT_AT = 128;
    private static final int STATE_AT = 136;
    private static final int WATCHDOG_AT = 144;
    private static final int HOLD_AT = 152;
    private static final int DISKS_AT = 160;
    private static final int FRESH_AT = 168;
    private static final int MSGWAIT_AT = 176;
    private static final int GUARD_FLAGS_AT = 184;
    private static final int GUARD_AT = 192;
    private static final int IDENTITY_AT = 200;
    /** As long as the kernel has them. */
    private static final int IDENTITY_BYTES = 32;

    private static final int LOOP_AT = 232;
    private static final int SLOWEST_AT = 240;

    private final MappedByteBuffer memory;

    private Board(MappedByteBuffer memory) {
        this.memory = memory;
    }

    /** Opens the board of a run folder, and makes it where it is missing or of an earlier boot. */
    public static Board open(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Files.createDirectories(folder);
        try (FileChannel channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                FileLock _ = channel.lock()) {
            MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
            memory.order(ByteOrder.nativeOrder());
            long boot = number(Boot.identity());
            var board = new Board(memory);
            if (memory.getLong(MAGIC_AT) != MAGIC || memory.getLong(BOOT_AT) != boot) {
                board.forget();
                memory.putLong(BOOT_AT, boot);
                VarHandle.releaseFence();
                memory.putLong(MAGIC_AT, MAGIC);
            }
            return board;
        }
    }

    private static long number(String identity) {
        long number = 1_125_899_906_842_597L;
        for (byte next : identity.getBytes(StandardCharsets.UTF_8)) {
            number = 31 * number + next;
        }
        return number;
    }

    private void forget() {
        for (int at = 0; at < BYTES; at += Long.BYTES) {
            memory.putLong(at, 0);
        }
        memory.putLong(BEAT_AT, GuardRule.NEVER);
        memory.putLong(LEASE_AT, GuardRule.NEVER);
        memory.putLong(FLAGS_AT, GuardRule.CLEAN);
        memory.putLong(GUARD_BEAT_AT, GuardRule.NEVER);
    }

    private long read(int at) {
        long value = memory.getLong(at);
        VarHandle.acquireFence();
        return value;
    }

    private void write(int at, long value) {
        VarHandle.releaseFence();
        memory.putLong(at, value);
    }

    /**
     * The daemon lives.
     *
     * @param flags as {@link GuardRule#judge} takes them
     */
    public void beat(long now, int flags) {
        write(FLAGS_AT, flags);
        write(BEAT_AT, now);
    }

    /** The daemon has a lease from this time on. */
    public void lease(long since) {
        write(LEASE_AT, since);
    }

    /** The daemon asks for a reset of this host, now. */
    public void stop() {
        write(STOP_AT, 1);
    }

    public void daemon(long pid) {
        write(DAEMON_AT, pid);
    }

    public long beat() {
        return read(BEAT_AT);
    }

    public long lease() {
        return read(LEASE_AT);
    }

    public int flags() {
        return (int) read(FLAGS_AT);
    }

    public boolean stopped() {
        return read(STOP_AT) != 0;
    }

    public long daemon() {
        return read(DAEMON_AT);
    }

    /**
     * The guard has armed the watchdog.
     *
     * @param watchdogMillis as the driver has really taken it; 0 without one
     * @param msgwaitMillis  of the disks; 0 without any
     * @param flags          {@link #WITHOUT_WATCHDOG}, {@link #REAL_TIME}, {@link #LOCKED}
     */
    public void armed(
            String identity, long watchdogMillis, long holdMillis, int disks, long msgwaitMillis, int flags, long pid) {
        write(WATCHDOG_AT, watchdogMillis);
        write(HOLD_AT, holdMillis);
        write(DISKS_AT, disks);
        write(MSGWAIT_AT, msgwaitMillis);
        write(GUARD_FLAGS_AT, flags);
        write(GUARD_AT, pid);
        byte[] name = identity.getBytes(StandardCharsets.UTF_8);
        for (int index = 0; index < IDENTITY_BYTES; index++) {
            memory.put(IDENTITY_AT + index, index < name.length ? name[index] : 0);
        }
    }

    /**
     * How the shared disks do.
     *
     * @param loopMillis    from one read of a disk to the next
     * @param slowestMillis that a read took lately, or has taken until now
     */
    public void reads(long loopMillis, long slowestMillis) {
        write(LOOP_AT, loopMillis);
        write(SLOWEST_AT, slowestMillis);
    }

    /** @param fresh a bit for each disk that was read lately */
    public void guard(long now, GuardState state, int fresh) {
        write(STATE_AT, state.number());
        write(FRESH_AT, fresh);
        write(GUARD_BEAT_AT, now);
    }

    public long guardBeat() {
        return read(GUARD_BEAT_AT);
    }

    public GuardState state() {
        return GuardState.of(read(STATE_AT));
    }

    public long watchdogMillis() {
        return read(WATCHDOG_AT);
    }

    public long holdMillis() {
        return read(HOLD_AT);
    }

    public int disks() {
        return (int) read(DISKS_AT);
    }

    public int fresh() {
        return (int) read(FRESH_AT);
    }

    public long msgwaitMillis() {
        return read(MSGWAIT_AT);
    }

    /** Zero without disks, or from a guard that does not say. */
    public long loopMillis() {
        return read(LOOP_AT);
    }

    public long slowestReadMillis() {
        return read(SLOWEST_AT);
    }

    public int guardFlags() {
        return (int) read(GUARD_FLAGS_AT);
    }

    public long guard() {
        return read(GUARD_AT);
    }

    /** The name of the watchdog, as its driver gives it. */
    public String identity() {
        ByteBuffer bytes = memory.slice(IDENTITY_AT, IDENTITY_BYTES);
        byte[] name = new byte[IDENTITY_BYTES];
        bytes.get(name);
        return new String(name, StandardCharsets.UTF_8).strip().replace("\0", "");
    }
}
