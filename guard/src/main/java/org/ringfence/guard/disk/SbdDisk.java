package org.ringfence.guard.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.ringfence.linux.DirectDevice;
import org.ringfence.model.sbd.NotSbdException;
import org.ringfence.model.sbd.SbdHeader;
import org.ringfence.model.sbd.SbdMessage;
import org.ringfence.model.sbd.SbdSector;
import org.ringfence.model.sbd.SbdSector.Mail;

/**
 * One shared disk. Names of nodes are compared without regard to case, as the {@code sbd} tool does. Everything written is
 * read back before it counts. Calls wait for the disk; for one thread at a time.
 */
public final class SbdDisk implements AutoCloseable {
    private static final int PROBE_BYTES = 4_096;

    private final DirectDevice device;
    private final SbdHeader header;

    /** A slot that belongs to a node, and what lies in it. */
    public record Slot(int number, String node, Mail mail) {}

    private SbdDisk(DirectDevice device, SbdHeader header) {
        this.device = device;
        this.header = header;
    }

    /** @throws DiskException when it cannot be used as it is; one line for an operator */
    public static SbdDisk open(String path) throws DiskException {
        DirectDevice device = openDevice(path);
        try {
            SbdHeader header = SbdHeader.read(device.read(0, PROBE_BYTES));
            int sectorSize = device.sectorSize();
            if (header.sectorSize() % sectorSize != 0) {
                throw new NotSbdException(
                        "it was made with sectors of " + header.sectorSize() + " bytes and now has " + sectorSize);
            }
            if (device.size() < header.bytes()) {
                throw new NotSbdException("it is smaller than its header says");
            }
            return new SbdDisk(device, header);
        } catch (IOException | NotSbdException e) {
            device.close();
            throw new DiskException(path, e);
        }
    }

    private static DirectDevice openDevice(String path) throws DiskException {
        try {
            return DirectDevice.open(path);
        } catch (IOException e) {
            throw new DiskException(path, e);
        }
    }

    /**
     * Makes a new one of a device: everything at its beginning is lost.
     *
     * @param sectorSize empty for the device's own
     */
    public static SbdHeader create(String path, SbdHeader.Timeouts timeouts, Optional<Integer> sectorSize)
            throws DiskException {
        try (DirectDevice device = openDevice(path)) {
            int bytes = sectorSize.isPresent() ? sectorSize.get() : device.sectorSize();
            SbdHeader header = SbdHeader.create(UUID.randomUUID(), bytes, timeouts);
            if (device.size() < header.bytes()) {
                throw new IOException("it has " + device.size() + " bytes, and " + header.bytes() + " are needed");
            }
            byte[] empty = new byte[bytes];
            for (int sector = 1; sector < header.bytes() / bytes; sector++) {
                device.write((long) sector * bytes, empty);
            }
            // Last, so that what is half done is no SBD disk.
            device.write(0, header.sector());
            verify(device, 0, header.sector());
            return header;
        } catch (IOException e) {
            throw new DiskException(path, e);
        }
    }

    public String path() {
        return device.path();
    }

    public SbdHeader header() {
        return header;
    }

    /** All slots that are in use, in their order. */
    public List<Slot> slots() throws DiskException {
        try {
            byte[] all = device.read(0, (int) header.bytes());
            List<Slot> slots = new ArrayList<>();
            for (int number = 0; number < header.slots(); number++) {
                Optional<String> node = SbdSector.node(sector(all, header.slotSector(number)));
                if (node.isPresent()) {
                    Mail mail = SbdSector.mail(sector(all, header.messageSector(number)));
                    slots.add(new Slot(number, node.get(), mail));
                }
            }
            return slots;
        } catch (IOException | NotSbdException e) {
            throw new DiskException(path(), e);
        }
    }

    private byte[] sector(byte[] all, int number) {
        int from = number * header.sectorSize();
        return Arrays.copyOfRange(all, from, from + header.sectorSize());
    }

    /** The number of a node's slot; empty when it has none. */
    public Optional<Integer> slotOf(String node) throws DiskException {
        return slots().stream()
                .filter(slot -> slot.node().equalsIgnoreCase(node))
                .map(Slot::number)
                .findFirst();
    }

    /**
     * Finds a node's slot, or takes a free one for it. Others may do the same at this moment: a slot counts as taken when it
     * still has the name after the header's time for allocating.
     *
     * @throws DiskException also when no slot is free
     */
    public int allocate(String node) throws DiskException, InterruptedException {
        while (true) {
            List<Slot> slots = slots();
            Optional<Slot> own = slots.stream()
                    .filter(slot -> slot.node().equalsIgnoreCase(node))
                    .findFirst();
            if (own.isPresent()) {
                return own.get().number();
            }
            List<Integer> taken = slots.stream().map(Slot::number).toList();
            int free = IntStream.range(0, header.slots())
                    .filter(number -> !taken.contains(number))
                    .findFirst()
                    .orElseThrow(() -> new DiskException(path(), new IOException("all its slots are in use")));
            write(header.messageSector(free), new byte[header.sectorSize()]);
            write(header.slotSector(free), SbdSector.slot(node, header.sectorSize()));
            Thread.sleep(1_000L * header.allocate());
        }
    }

    /** What lies in a slot. */
    public Mail mail(int slot) throws DiskException {
        try {
            return SbdSector.mail(device.read(offset(header.messageSector(slot)), header.sectorSize()));
        } catch (IOException | NotSbdException e) {
            throw new DiskException(path(), e);
        }
    }

    /**
     * What lies in a node's own slot, with one read.
     *
     * @throws DiskException also when the slot is not the node's any more: the disk was made anew, or another has taken it
     */
    public Mail inbox(int slot, String node) throws DiskException {
        try {
            byte[] both = device.read(offset(header.slotSector(slot)), 2 * header.sectorSize());
            if (SbdSector.node(both).filter(node::equalsIgnoreCase).isEmpty()) {
                throw new NotSbdException("slot " + slot + " is not that of " + node + " any more");
            }
            return SbdSector.mail(Arrays.copyOfRange(both, header.sectorSize(), both.length));
        } catch (IOException | NotSbdException e) {
            throw new DiskException(path(), e);
        }
    }

    /** Puts a message into a slot; it is there when this returns, or was and has been answered. */
    public void send(int slot, Mail mail) throws DiskException {
        long offset = offset(header.messageSector(slot));
        try {
            device.write(offset, SbdSector.mail(mail, header.sectorSize()));
            Optional<String> lost = whyLost(mail, device.read(offset, header.sectorSize()));
            if (lost.isPresent()) {
                throw new IOException(lost.get());
            }
        } catch (IOException e) {
            throw new DiskException(path(), e);
        }
    }

    /** Why a message does not count as written, by what was found in its place right afterwards; empty when it does. */
    static Optional<String> whyLost(Mail sent, byte[] found) {
        Mail there;
        try {
            there = SbdSector.mail(found);
        } catch (NotSbdException damaged) {
            return Optional.of("it does not hold what was written: " + damaged.getMessage());
        }
        // Whoever reads a test takes it away and leaves the sender's name.
        boolean answered = sent.message() == SbdMessage.TEST && there.equals(new Mail(SbdMessage.CLEAR, sent.from()));
        return there.equals(sent) || answered
                ? Optional.empty()
                : Optional.of("another message is where it was written to, that of another sender at the same moment: "
                        + there.message().word() + " from " + there.from());
    }

    private void write(int sector, byte[] bytes) throws DiskException {
        try {
            device.write(offset(sector), bytes);
            verify(device, offset(sector), bytes);
        } catch (IOException e) {
            throw new DiskException(path(), e);
        }
    }

    private static void verify(DirectDevice device, long offset, byte[] bytes) throws IOException {
        if (!Arrays.equals(device.read(offset, bytes.length), bytes)) {
            throw new IOException("it does not hold what was written");
        }
    }

    private long offset(int sector) {
        return (long) sector * header.sectorSize();
    }

    @Override
    public void close() {
        device.close();
    }
}
