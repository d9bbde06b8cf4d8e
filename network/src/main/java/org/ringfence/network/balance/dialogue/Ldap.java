package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.ringfence.network.balance.service.Check;

/**
 * Binds, without a name where there is no login, and reads the entry that the request names, if it names one (RFC 4511). What it
 * has, a line for each value, is what a text is looked for in.
 */
final class Ldap {
    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int ENUMERATED = 0x0a;
    private static final int BOOLEAN = 0x01;
    private static final int SEQUENCE = 0x30;
    private static final int BIND_REQUEST = 0x60;
    private static final int BIND_RESPONSE = 0x61;
    private static final int UNBIND_REQUEST = 0x42;
    private static final int SEARCH_REQUEST = 0x63;
    private static final int SEARCH_ENTRY = 0x64;
    private static final int SEARCH_DONE = 0x65;
    private static final int SIMPLE = 0x80;
    private static final int PRESENT = 0x87;

    private Ldap() {}

    private record Message(int operation, ByteBuffer body) {}

    static String hold(Wire wire, Check.Conversation talk) throws IOException {
        send(
                wire,
                1,
                element(BIND_REQUEST, number(INTEGER, 3), text(OCTETS, talk.login()), text(SIMPLE, talk.password())));
        succeeded(receive(wire), BIND_RESPONSE, "bind");
        String shown = "bound";
        if (!talk.request().isEmpty()) {
            shown = Text.require(talk.receive(), entry(wire, talk.request()));
        }
        send(wire, 3, element(UNBIND_REQUEST));
        return shown;
    }

    private static String entry(Wire wire, String name) throws IOException {
        // The entry itself, aliases as they are, at most two entries, in the wire's time, with values, if it has a
        // class at all.
        send(
                wire,
                2,
                element(
                        SEARCH_REQUEST,
                        text(OCTETS, name),
                        number(ENUMERATED, 0),
                        number(ENUMERATED, 0),
                        number(INTEGER, 2),
                        number(INTEGER, 0),
                        number(BOOLEAN, 0),
                        text(PRESENT, "objectClass"),
                        element(SEQUENCE)));
        var found = new StringBuilder();
        Message message = receive(wire);
        while (message.operation() != SEARCH_DONE) {
            if (message.operation() == SEARCH_ENTRY && found.length() < Wire.ANSWER_BYTES_MAX) {
                found.append(LdapEntry.lines(message.body()));
            }
            message = receive(wire);
        }
        succeeded(message, SEARCH_DONE, "search");
        if (found.isEmpty()) {
            throw new FailedCheckException("has no entry '" + Text.shown(name) + "'");
        }
        return found.toString();
    }

    /** LDAPResult begins with the result's code, an enumerated of one byte. */
    private static void succeeded(Message message, int type, String what) throws FailedCheckException {
        byte[] body = message.body().array();
        if (message.operation() != type || body.length < 3 || body[0] != ENUMERATED) {
            throw new FailedCheckException("answers the " + what + " with what is no answer");
        }
        if (body[2] != 0) {
            throw new FailedCheckException("refuses the " + what + " with code " + body[2]);
        }
    }

    private static void send(Wire wire, int id, byte[] operation) throws IOException {
        wire.send(element(SEQUENCE, number(INTEGER, id), operation));
    }

    private static Message receive(Wire wire) throws IOException {
        expectTag(wire.read(), SEQUENCE);
        length(wire);
        expectTag(wire.read(), INTEGER);
        wire.read(length(wire));
        int type = wire.read();
        return new Message(type, ByteBuffer.wrap(wire.read(length(wire))));
    }

    private static void expectTag(int tag, int wanted) throws FailedCheckException {
        if (tag != wanted) {
            throw new FailedCheckException(tag < 0 ? "ends the connection" : "does not speak LDAP");
        }
    }

    private static int length(Wire wire) throws IOException {
        int first = wire.read();
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (byte b : wire.read(Math.min(first & 0x7f, 4))) {
            length = (length << 8) | Byte.toUnsignedInt(b);
        }
        return length;
    }

    private static byte[] number(int tag, int value) {
        return new byte[] {(byte) tag, 1, (byte) value};
    }

    private static byte[] text(int tag, String text) {
        return element(tag, text.getBytes(UTF_8));
    }

    /** Basic encoding rules (X.690), with a length of two bytes where one is not enough. */
    private static byte[] element(int tag, byte[]... parts) {
        var body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        var all = new ByteArrayOutputStream();
        all.write(tag);
        if (body.size() < 0x80) {
            all.write(body.size());
        } else {
            all.write(0x82);
            all.write(body.size() >> 8);
            all.write(body.size());
        }
        all.writeBytes(body.toByteArray());
        return all.toByteArray();
    }
}
