package org.ringfence.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Netlink attributes: numbers with bytes, padded to multiples of four. Immutable.
 *
 * <p>Numbers are in the host's order unless a method says otherwise.
 */
public final class Attributes {
    private static final int HEADER_BYTES = 4;
    /** The two upper bits of a type tell how it is to be read. */
    private static final int TYPE_MASK = 0x3fff;

    private static final int NESTED = 0x8000;

    private final SequencedMap<Integer, byte[]> values;

    private Attributes(SequencedMap<Integer, byte[]> values) {
        this.values = Collections.unmodifiableSequencedMap(values);
    }

    /** To begin with. */
    public static Attributes none() {
        return new Attributes(new LinkedHashMap<>());
    }

    /** @throws IllegalArgumentException when they are cut off */
    public static Attributes parse(byte[] bytes) {
        SequencedMap<Integer, byte[]> values = new LinkedHashMap<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int at = 0;
        while (at + HEADER_BYTES <= bytes.length) {
            int length = Short.toUnsignedInt(buffer.getShort(at));
            if (length < HEADER_BYTES || at + length > bytes.length) {
                throw new IllegalArgumentException("attributes are cut off at " + at);
            }
            int type = Short.toUnsignedInt(buffer.getShort(at + 2)) & TYPE_MASK;
            values.put(type, Arrays.copyOfRange(bytes, at + HEADER_BYTES, at + length));
            at += padded(length);
        }
        return new Attributes(values);
    }

    /** The same with one more, or with another value of it. */
    public Attributes with(int type, byte[] value) {
        SequencedMap<Integer, byte[]> more = new LinkedHashMap<>(values);
        more.put(type, value);
        return new Attributes(more);
    }

    /** Two bytes. */
    public Attributes withShort(int type, int value) {
        return with(type, native2(value));
    }

    /** In network order. */
    public Attributes withPort(int type, int port) {
        return with(type, new byte[] {(byte) (port >> 8), (byte) port});
    }

    /** Four bytes. */
    public Attributes withInt(int type, int value) {
        return with(
                type,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.nativeOrder())
                        .putInt(value)
                        .array());
    }

    /** ASCII, with the zero byte that ends it. */
    public Attributes withText(int type, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return with(type, Arrays.copyOf(bytes, bytes.length + 1));
    }

    /** With the mark of what has attributes of its own. */
    public Attributes withNested(int type, Attributes nested) {
        return with(type | NESTED, nested.bytes());
    }

    private static byte[] native2(int value) {
        return ByteBuffer.allocate(2)
                .order(ByteOrder.nativeOrder())
                .putShort((short) value)
                .array();
    }

    /** As they are sent: each padded to a multiple of four bytes. */
    public byte[] bytes() {
        int size = values.values().stream()
                .mapToInt(value -> padded(HEADER_BYTES + value.length))
                .sum();
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        for (Map.Entry<Integer, byte[]> each : values.entrySet()) {
            int start = buffer.position();
            int length = HEADER_BYTES + each.getValue().length;
            buffer.putShort((short) length).putShort(each.getKey().shortValue()).put(each.getValue());
            buffer.position(start + padded(length));
        }
        return buffer.array();
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    /** Whether it is there. */
    public boolean has(int type) {
        return values.containsKey(type);
    }

    /** Empty when it is not there. */
    public byte[] bytes(int type) {
        return values.getOrDefault(type, new byte[0]).clone();
    }

    /** None when it is not there. */
    public Attributes nested(int type) {
        return parse(bytes(type));
    }

    /** A whole number of 1, 2, 4 or 8 bytes; 0 when it is not there. */
    public long number(int type) {
        byte[] bytes = bytes(type);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return switch (bytes.length) {
            case 1 -> Byte.toUnsignedLong(bytes[0]);
            case 2 -> Short.toUnsignedLong(buffer.getShort());
            case 4 -> Integer.toUnsignedLong(buffer.getInt());
            case 8 -> buffer.getLong();
            default -> 0;
        };
    }

    /** In network order; 0 when it is not there. */
    public int port(int type) {
        byte[] bytes = bytes(type);
        return bytes.length < 2 ? 0 : Byte.toUnsignedInt(bytes[0]) << 8 | Byte.toUnsignedInt(bytes[1]);
    }

    /** Empty when it is not there. */
    public String text(int type) {
        return new String(bytes(type), US_ASCII).replace("\0", "");
    }
}
