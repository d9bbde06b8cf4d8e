package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LdapEntryTest {
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    @Test
    void everyValueIsALine() throws FailedCheckException {
        assertThat(LdapEntry.lines(ByteBuffer.wrap(entry("it works"))))
                .isEqualTo("dn: cn=probe\nobjectClass: top\nobjectClass: person\ndescription: it works\n");
    }

    @Test
    void lengthsMayBeLong() throws FailedCheckException {
        String value = "x".repeat(300);
        assertThat(LdapEntry.lines(ByteBuffer.wrap(entry(value)))).endsWith("description: " + value + "\n");
    }

    @Test
    void aCutEntryIsNone() {
        byte[] whole = entry("it works");
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> LdapEntry.lines(ByteBuffer.wrap(cut)))
                    .as("the first %d bytes", length)
                    .isInstanceOf(FailedCheckException.class);
        }
    }

    private static byte[] entry(String description) {
        byte[] attributes = element(
                SEQUENCE,
                element(SEQUENCE, text("objectClass"), element(SET, text("top"), text("person"))),
                element(SEQUENCE, text("description"), element(SET, text(description))));
        return join(text("cn=probe"), attributes);
    }

    private static byte[] text(String text) {
        return element(OCTETS, text.getBytes(UTF_8));
    }

    private static byte[] element(int tag, byte[]... parts) {
        byte[] body = join(parts);
        byte[] head = body.length < 0x80
                ? new byte[] {(byte) tag, (byte) body.length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (body.length >> 8), (byte) body.length};
        return join(head, body);
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
