package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** An entry that a search has found (RFC 4511, section 4.5.2), as lines {@code dn: NAME} and {@code ATTRIBUTE: VALUE}. */
final class LdapEntry {
    private static final int LONG_LENGTH = 0x80;
    private static final int LENGTH_BYTES_MAX = 4;

    private LdapEntry() {}

    /** @throws FailedCheckException when lengths point beyond the end */
    static String lines(ByteBuffer body) throws FailedCheckException {
        var lines = new StringBuilder();
        try {
            line(lines, "dn", inner(body));
            ByteBuffer attributes = inner(body);
            while (attributes.hasRemaining()) {
                ByteBuffer attribute = inner(attributes);
                String name = UTF_8.decode(inner(attribute)).toString();
                ByteBuffer values = inner(attribute);
                while (values.hasRemaining()) {
                    line(lines, name, inner(values));
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException cut) {
            throw new FailedCheckException("sends an entry that is none");
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, String name, ByteBuffer value) {
        lines.append(name).append(": ").append(UTF_8.decode(value)).append('\n');
    }

    /** What is in the next element; the position is behind it then. */
    private static ByteBuffer inner(ByteBuffer from) {
        from.get();
        int length = Byte.toUnsignedInt(from.get());
        if (length >= LONG_LENGTH) {
            int bytes = Math.min(length - LONG_LENGTH, LENGTH_BYTES_MAX);
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << 8) | Byte.toUnsignedInt(from.get());
            }
        }
        ByteBuffer inner = from.slice(from.position(), length);
        from.position(from.position() + length);
        return inner;
    }
}
