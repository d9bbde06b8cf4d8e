package org.ringfence.network.connections;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one local address, each once, in the order of their bytes: remote address, remote port, local port, in network
 * order. Packed, since a node keeps many: 8 bytes each with IPv4, 20 with IPv6. Immutable.
 */
public final class ConnectionList {
    private static final int PORTS_BYTES = 4;

    private final int width;
    private final byte[] packed;

    private ConnectionList(int width, byte[] packed) {
        this.width = width;
        this.packed = packed;
    }

    /** @param addressBytes 4 or 16 */
    public static ConnectionList empty(int addressBytes) {
        return new ConnectionList(addressBytes + PORTS_BYTES, new byte[0]);
    }

    /** @param entries each {@code addressBytes} and 4 more long, in any order */
    public static ConnectionList of(int addressBytes, List<byte[]> entries) {
        int width = addressBytes + PORTS_BYTES;
        byte[][] sorted = entries.toArray(byte[][]::new);
        Arrays.sort(sorted, Arrays::compareUnsigned);
        var packed = new ByteArrayOutputStream(sorted.length * width);
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i].length != width) {
                throw new IllegalArgumentException(sorted[i].length + " bytes instead of " + width);
            }
            if (i == 0 || !Arrays.equals(sorted[i - 1], sorted[i])) {
                packed.write(sorted[i], 0, width);
            }
        }
        return new ConnectionList(width, packed.toByteArray());
    }

    public int size() {
        return packed.length / width;
    }

    public int addressBytes() {
        return width - PORTS_BYTES;
    }

    /** Those of both. */
    public ConnectionList plus(ConnectionList other) {
        return merge(other, true, true, true);
    }

    /** Those that the other has not. */
    public ConnectionList minus(ConnectionList other) {
        return merge(other, true, false, false);
    }

    /** The first, at most so many. */
    public ConnectionList first(int most) {
        return part(0, Math.min(most, size()));
    }

    /** The same in parts of at most so many; none when this is empty. */
    public List<ConnectionList> parts(int most) {
        List<ConnectionList> parts = new ArrayList<>();
        for (int from = 0; from < size(); from += most) {
            parts.add(part(from, Math.min(from + most, size())));
        }
        return parts;
    }

    /** The remote address of one. */
    public byte[] remote(int position) {
        return Arrays.copyOfRange(packed, position * width, position * width + addressBytes());
    }

    public int remotePort(int position) {
        return port(position * width + addressBytes());
    }

    public int localPort(int position) {
        return port(position * width + addressBytes() + 2);
    }

    /** All of them, one after the other. */
    byte[] bytes() {
        return packed.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectionList that && width == that.width && Arrays.equals(packed, that.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        return size() + " connections";
    }

    private int port(int at) {
        return (Byte.toUnsignedInt(packed[at]) << 8) | Byte.toUnsignedInt(packed[at + 1]);
    }

    private ConnectionList part(int from, int to) {
        return new ConnectionList(width, Arrays.copyOfRange(packed, from * width, to * width));
    }

    private ConnectionList merge(ConnectionList other, boolean mine, boolean both, boolean its) {
        if (width != other.width) {
            throw new IllegalArgumentException("connections of different families");
        }
        var merged = new ByteArrayOutputStream(packed.length);
        int left = 0;
        int right = 0;
        while (left < packed.length || right < other.packed.length) {
            int order = left == packed.length
                    ? 1
                    : right == other.packed.length
                            ? -1
                            : Arrays.compareUnsigned(packed, left, left + width, other.packed, right, right + width);
            boolean wanted = order < 0 ? mine : order > 0 ? its : both;
            if (wanted) {
                merged.write(order > 0 ? other.packed : packed, order > 0 ? right : left, width);
            }
            left += order <= 0 ? width : 0;
            right += order >= 0 ? width : 0;
        }
        return new ConnectionList(width, merged.toByteArray());
    }
}
