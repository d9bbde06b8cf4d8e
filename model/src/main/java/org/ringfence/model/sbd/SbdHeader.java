package org.ringfence.model.sbd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * The first sector. Numbers are big-endian; times are seconds.
 *
 * @param slots      how many nodes the disk has room for, at most {@value #SLOTS_MAX}
 * @param sectorSize bytes of one sector, which hold one slot or one message
 * @param watchdog   a node that has not read the disk for so long is reset by its watchdog
 * @param allocate   how long a node waits before it believes that a slot is its own
 * @param loop       how often a node reads its slot
 * @param msgwait    after so long a message has been acted on
 */
public record SbdHeader(
        int minorVersion, UUID uuid, int slots, int sectorSize, int watchdog, int allocate, int loop, int msgwait) {
    public static final int SLOTS_MAX = 255;

    private static final byte[] MAGIC = "SBD_SBD_".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;
    private static final int MINOR_VERSION = 1;

    private static final int VERSION_AT = 8;
    private static final int SLOTS_AT = 9;
    private static final int SECTOR_SIZE_AT = 12;
    private static final int WATCHDOG_AT = 16;
    private static final int ALLOCATE_AT = 20;
    private static final int LOOP_AT = 24;
    private static final int MSGWAIT_AT = 28;
    private static final int MINOR_VERSION_AT = 32;
    private static final int UUID_AT = 33;
    private static final int BYTES = UUID_AT + 16;

    /** Times that hang together, unless somebody chooses others. */
    public record Timeouts(int watchdog, int allocate, int loop, int msgwait) {
        public static final Timeouts DEFAULT = new Timeouts(5, 2, 1, 10);

        public Timeouts {
            if (watchdog < 1 || allocate < 0 || loop < 1 || msgwait < 1) {
                throw new IllegalArgumentException("timeouts are whole seconds from 1 on: watchdog " + watchdog
                        + ", allocate " + allocate + ", loop " + loop + ", msgwait " + msgwait);
            }
        }
    }

    /** A new disk's. */
    public static SbdHeader create(UUID uuid, int sectorSize, Timeouts timeouts) {
        return new SbdHeader(
                MINOR_VERSION,
                uuid,
                SLOTS_MAX,
                sectorSize,
                timeouts.watchdog(),
                timeouts.allocate(),
                timeouts.loop(),
                timeouts.msgwait());
    }

    public String version() {
        return VERSION + "." + minorVersion;
    }

    /** The sector of a slot's name; slots count from 0. */
    public int slotSector(int slot) {
        return 1 + 2 * slot;
    }

    /** The sector of a slot's message. */
    public int messageSector(int slot) {
        return 2 + 2 * slot;
    }

    /** How long the device must be. */
    public long bytes() {
        return (long) (1 + 2 * slots) * sectorSize;
    }

    public byte[] sector() {
        byte[] sector = new byte[sectorSize];
        ByteBuffer.wrap(sector)
                .put(MAGIC)
                .put(VERSION_AT, (byte) VERSION)
                .put(SLOTS_AT, (byte) slots)
                .putInt(SECTOR_SIZE_AT, sectorSize)
                .putInt(WATCHDOG_AT, watchdog)
                .putInt(ALLOCATE_AT, allocate)
                .putInt(LOOP_AT, loop)
                .putInt(MSGWAIT_AT, msgwait)
                .put(MINOR_VERSION_AT, (byte) minorVersion)
                .putLong(UUID_AT, uuid.getMostSignificantBits())
                .putLong(UUID_AT + Long.BYTES, uuid.getLeastSignificantBits());
        return sector;
    }

    /**
     * Reads the first bytes of a device; a sector's worth, of whatever size.
     *
     * @throws NotSbdException when they are no header, or one that is not understood
     */
    public static SbdHeader read(byte[] sector) throws NotSbdException {
        if (sector.length < BYTES || !Arrays.equals(sector, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new NotSbdException("it has no SBD header; make one with 'ringfence sbd -d DEVICE create'");
        }
        ByteBuffer bytes = ByteBuffer.wrap(sector);
        int version = bytes.get(VERSION_AT);
        if (version != VERSION) {
            throw new NotSbdException("its header has version " + version + ", and only " + VERSION + " is understood");
        }
        int sectorSize = bytes.getInt(SECTOR_SIZE_AT);
        if (Integer.bitCount(sectorSize) != 1 || sectorSize < 512 || sectorSize > 1 << 16) {
            throw new NotSbdException("its header names sectors of " + sectorSize + " bytes: it is damaged");
        }
        return new SbdHeader(
                bytes.get(MINOR_VERSION_AT),
                new UUID(bytes.getLong(UUID_AT), bytes.getLong(UUID_AT + Long.BYTES)),
                Byte.toUnsignedInt(bytes.get(SLOTS_AT)),
                sectorSize,
                bytes.getInt(WATCHDOG_AT),
                bytes.getInt(ALLOCATE_AT),
                bytes.getInt(LOOP_AT),
                bytes.getInt(MSGWAIT_AT));
    }
}
