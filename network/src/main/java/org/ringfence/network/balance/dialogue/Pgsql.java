package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.ringfence.network.balance.service.Check;

/**
 * Logs in and asks, and wants one row or more (PostgreSQL, "Frontend/Backend Protocol", version 3). Passwords in clear, by MD5 and by
 * SCRAM-SHA-256.
 */
final class Pgsql {
    private static final int VERSION_3 = 3 << 16;
    private static final int AUTHENTICATED = 0;
    private static final int CLEAR = 3;
    private static final int MD5 = 5;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    private final Wire wire;
    private final Check.Conversation talk;

    private Pgsql(Wire wire, Check.Conversation talk) {
        this.wire = wire;
        this.talk = talk;
    }

    private record Message(char type, ByteBuffer body) {}

    static String hold(Wire wire, Check.Conversation talk) throws IOException {
        return new Pgsql(wire, talk).talk();
    }

    private String talk() throws IOException {
        var start = new ByteArrayOutputStream();
        start.writeBytes(ByteBuffer.allocate(4).putInt(VERSION_3).array());
        for (String word : new String[] {"user", talk.login(), "database", database()}) {
            start.writeBytes(ended(word));
        }
        start.write(0);
        wire.send(framed(start.toByteArray()));
        logIn();
        send('Q', ended(talk.request()));
        int rows = 0;
        for (Message message = receive(); message.type() != 'Z'; message = receive()) {
            rows += message.type() == 'D' ? 1 : 0;
        }
        send('X', new byte[0]);
        if (rows == 0) {
            throw new FailedCheckException("finds no row");
        }
        return rows == 1 ? "answers with a row" : "answers with " + rows + " rows";
    }

    private String database() {
        return talk.database().isEmpty() ? talk.login() : talk.database();
    }

    /** Until the server is ready for a question. */
    private void logIn() throws IOException {
        Scram scram = new Scram(talk.password());
        for (Message message = receive(); message.type() != 'Z'; message = receive()) {
            if (message.type() != 'R') {
                continue;
            }
            ByteBuffer body = message.body();
            int how = body.getInt();
            switch (how) {
                case AUTHENTICATED -> {}
                case CLEAR -> send('p', ended(talk.password()));
                case MD5 -> send('p', ended(md5(rest(body))));
                case SASL -> {
                    byte[] first = scram.first().getBytes(UTF_8);
                    send(
                            'p',
                            concat(
                                    ended("SCRAM-SHA-256"),
                                    ByteBuffer.allocate(4).putInt(first.length).array(),
                                    first));
                }
                case SASL_CONTINUE ->
                    send('p', scram.proof(new String(rest(body), UTF_8)).getBytes(UTF_8));
                case SASL_FINAL -> scram.verify(new String(rest(body), UTF_8));
                default -> throw new FailedCheckException("wants a login by way " + how + ", which is not spoken");
            }
        }
    }

    private String md5(byte[] salt) {
        HexFormat hex = HexFormat.of();
        String inner = hex.formatHex(Digests.md5((talk.password() + talk.login()).getBytes(UTF_8)));
        return "md5" + hex.formatHex(Digests.md5(inner.getBytes(UTF_8), salt));
    }

    private Message receive() throws IOException {
        byte[] header = wire.read(5);
        int length = ByteBuffer.wrap(header, 1, 4).getInt() - 4;
        ByteBuffer body = ByteBuffer.wrap(wire.read(length));
        if (header[0] == 'E') {
            throw new FailedCheckException("says '" + Text.shown(reason(rest(body))) + "'");
        }
        return new Message((char) header[0], body);
    }

    /** An error is a list of fields, each a letter and a text; M is the text for people. */
    private static String reason(byte[] fields) {
        for (String field : new String(fields, UTF_8).split("\0")) {
            if (field.startsWith("M")) {
                return field.substring(1);
            }
        }
        return "an error";
    }

    private void send(char type, byte[] body) throws IOException {
        wire.send(concat(new byte[] {(byte) type}, framed(body)));
    }

    private static byte[] framed(byte[] body) {
        return ByteBuffer.allocate(4 + body.length)
                .putInt(4 + body.length)
                .put(body)
                .array();
    }

    private static byte[] ended(String text) {
        return Arrays.copyOf(text.getBytes(UTF_8), text.getBytes(UTF_8).length + 1);
    }

    private static byte[] rest(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
