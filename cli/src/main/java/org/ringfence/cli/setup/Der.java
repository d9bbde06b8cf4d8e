package org.ringfence.cli.setup;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The few values of the Distinguished Encoding Rules (ITU-T X.690) that a certificate needs. */
final class Der {
    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, join(parts));
    }

    static byte[] set(byte[] part) {
        return tagged(0x31, part);
    }

    /** Context-specific and constructed, around a whole value. */
    static byte[] explicit(int number, byte[] part) {
        return tagged(0xa0 | number, part);
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    /** All bits count. */
    static byte[] bits(byte[] value) {
        return tagged(0x03, join(new byte[] {0}, value));
    }

    static byte[] utf8(String value) {
        return tagged(0x0c, value.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code yyyyMMddHHmmssZ}, as RFC 5280, section 4.1.2.5.2, wants it. */
    static byte[] generalizedTime(String value) {
        return tagged(0x18, value.getBytes(StandardCharsets.US_ASCII));
    }

    /** @param arcs at least two; the first two are packed into one byte (X.690, section 8.19.4) */
    static byte[] objectIdentifier(int... arcs) {
        var out = new ByteArrayOutputStream();
        out.write(arcs[0] * 40 + arcs[1]);
        for (int index = 2; index < arcs.length; index++) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arcs[index] >>> shift != 0) {
                    out.write(((arcs[index] >>> shift) & 0x7f) | 0x80);
                }
            }
            out.write(arcs[index] & 0x7f);
        }
        return tagged(0x06, out.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int skip = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - skip));
            out.write(length, skip, length.length - skip);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
