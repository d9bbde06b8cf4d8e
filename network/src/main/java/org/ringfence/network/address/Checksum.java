package org.ringfence.network.address;

import java.nio.ByteBuffer;

/** The checksum of RFC 1071, that IPv4, TCP and ICMPv6 share. */
public final class Checksum {
    private Checksum() {}

    /** @param summed whose place for the checksum is still 0; read from its position to its limit, which leaves an even count */
    public static short of(ByteBuffer summed) {
        int sum = 0;
        while (summed.hasRemaining()) {
            sum += Short.toUnsignedInt(summed.getShort());
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
