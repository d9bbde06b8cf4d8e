package org.ringfence.network.connections;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the holder of an address tells its peers of the address's connections. Its bytes begin with {@link #MARK}, which no other
 * message between nodes does, and with the version of what follows.
 *
 * @param address of the family of both lists
 * @param fresh   whether whatever was known of this address, by whomever, is to be forgotten first: the sender holds it now
 * @param added   at most {@link #MOST}
 * @param ended   at most {@link #MOST}
 */
public record ConnectionReport(InetAddress address, boolean fresh, ConnectionList added, ConnectionList ended) {
    public static final byte MARK = 0;
    /** Of either list; so that a report is at most 320 KiB long. */
    public static final int MOST = 8_192;

    private static final byte VERSION = 1;
    private static final int FIXED_BYTES = 4 + 2 * Integer.BYTES;

    public ConnectionReport {
        int bytes = address.getAddress().length;
        if (added.addressBytes() != bytes || ended.addressBytes() != bytes) {
            throw new IllegalArgumentException("connections of another family than " + address);
        }
        if (added.size() > MOST || ended.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " connections in one report");
        }
    }

    public byte[] encode() {
        byte[] local = address.getAddress();
        byte[] plus = added.bytes();
        byte[] minus = ended.bytes();
        return ByteBuffer.allocate(FIXED_BYTES + local.length + plus.length + minus.length)
                .put(MARK)
                .put(VERSION)
                .put((byte) (fresh ? 1 : 0))
                .put((byte) local.length)
                .put(local)
                .putInt(added.size())
                .put(plus)
                .putInt(ended.size())
                .put(minus)
                .array();
    }

    /** @return empty when the bytes are no report, or one of a version that this release does not know */
    public static Optional<ConnectionReport> decode(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            if (buffer.get() != MARK || buffer.get() != VERSION) {
                return Optional.empty();
            }
            boolean fresh = buffer.get() != 0;
            int length = buffer.get();
            if (length != 4 && length != 16) {
                return Optional.empty();
            }
            byte[] local = new byte[length];
            buffer.get(local);
            Optional<ConnectionList> added = list(buffer, length);
            Optional<ConnectionList> ended = added.isEmpty() ? Optional.empty() : list(buffer, length);
            return ended.isEmpty() || buffer.hasRemaining()
                    ? Optional.empty()
                    : Optional.of(
                            new ConnectionReport(InetAddress.getByAddress(local), fresh, added.get(), ended.get()));
        } catch (BufferUnderflowException | UnknownHostException cut) {
            return Optional.empty();
        }
    }

    private static Optional<ConnectionList> list(ByteBuffer buffer, int addressBytes) {
        int count = buffer.getInt();
        if (count < 0 || count > MOST) {
            return Optional.empty();
        }
        List<byte[]> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] entry = new byte[addressBytes + 4];
            buffer.get(entry);
            entries.add(entry);
        }
        return Optional.of(ConnectionList.of(addressBytes, entries));
    }
}
