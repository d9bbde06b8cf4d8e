package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A block device, or a file in its place, read and written past the page cache: what is read is what the device holds now,
 * whoever wrote it, and what was written is there. Calls wait for the device, for as long as that takes. For one thread at a time.
 */
public final class DirectDevice implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_DIRECT = 0x4000;
    private static final int O_SYNC = 0x101000;
    /** BLKSSZGET of linux/fs.h: the logical sector size of a block device. */
    private static final long BLKSSZGET = 0x1268;

    /** What a file is taken to have, which is no block device. */
    private static final int FILE_SECTOR = 512;

    private static final int SEEK_END = 2;
    private static final int ALIGNMENT = 4_096;

    private static final LibcFunction OPEN = LibcFunction.variadicInt("open", 2, ADDRESS, JAVA_INT);
    private static final LibcFunction IOCTL = LibcFunction.variadicInt("ioctl", 2, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final LibcFunction LSEEK = LibcFunction.returningLong("lseek", JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final LibcFunction PREAD =
            LibcFunction.returningLong("pread", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final LibcFunction PWRITE =
            LibcFunction.returningLong("pwrite", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);

    private final String path;
    private final Descriptor descriptor;

    private DirectDevice(String path, Descriptor descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /** @throws ErrnoException as open(2) has it: ENOENT, EACCES, EINVAL where direct access is not possible */
    public static DirectDevice open(String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long number = OPEN.call(arena.allocateFrom(path), O_RDWR | O_DIRECT | O_SYNC | O_CLOEXEC);
            return new DirectDevice(path, new Descriptor((int) number));
        }
    }

    public String path() {
        return path;
    }

    /** In bytes: what offsets and lengths must be multiples of. */
    public int sectorSize() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_INT);
            descriptor.use(number -> IOCTL.call(number, BLKSSZGET, size));
            return size.get(JAVA_INT, 0);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOTTY) {
                return FILE_SECTOR;
            }
            throw e;
        }
    }

    /** In bytes. */
    public long size() throws IOException {
        return descriptor.use(number -> LSEEK.call(number, 0L, SEEK_END));
    }

    /** @throws IOException when the device ends before {@code length} bytes were read */
    public byte[] read(long offset, int length) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(length, ALIGNMENT);
            long done = descriptor.use(number -> PREAD.call(number, buffer, (long) length, offset));
            if (done != length) {
                throw new IOException("it ends at byte " + (offset + done));
            }
            return buffer.toArray(JAVA_BYTE);
        }
    }

    public void write(long offset, byte[] bytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(bytes.length, ALIGNMENT);
            MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, bytes.length);
            long done = descriptor.use(number -> PWRITE.call(number, buffer, (long) bytes.length, offset));
            if (done != bytes.length) {
                throw new IOException("it took " + done + " of " + bytes.length + " bytes");
            }
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
