package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.ringfence.network.balance.service.Check;

/**
 * Logs in and asks, and wants one row or more (MySQL's client/server protocol, version 10; MariaDB speaks it too). Passwords by
 * mysql_native_password, and by caching_sha2_password where the server has seen the password since it started: the full exchange
 * would need TLS.
 */
final class Mysql {
    private static final int LONG_PASSWORD = 1;
    private static final int CONNECT_WITH_DB = 8;
    private static final int PROTOCOL_41 = 1 << 9;
    private static final int SECURE_CONNECTION = 1 << 15;
    private static final int PLUGIN_AUTH = 1 << 19;
    private static final int UTF8 = 33;
    private static final int COM_QUERY = 3;
    private static final int COM_QUIT = 1;
    private static final int OK = 0;
    private static final int MORE = 1;
    private static final int END = 0xfe;
    private static final int ERROR = 0xff;
    private static final int FAST_DONE = 3;
    private static final String NATIVE = "mysql_native_password";
    private static final String CACHING = "caching_sha2_password";

    private final Wire wire;
    private int sequence;

    private Mysql(Wire wire) {
        this.wire = wire;
    }

    static String hold(Wire wire, Check.Conversation talk) throws IOException {
        return new Mysql(wire).talk(talk);
    }

    private String talk(Check.Conversation talk) throws IOException {
        byte[] greeting = receive();
        if (first(greeting) == ERROR) {
            throw error(greeting);
        }
        int version = 1;
        while (version < greeting.length && greeting[version] != 0) {
            version++;
        }
        String server = new String(greeting, 1, version - 1, UTF_8);
        logIn(greeting, version + 1, talk);
        sequence = 0;
        send(concat(new byte[] {COM_QUERY}, talk.request().getBytes(UTF_8)));
        rows();
        sequence = 0;
        send(new byte[] {COM_QUIT});
        return "version " + Text.shown(server) + " answers with rows";
    }

    /** @param at where the thread's number begins; after it and the first 8 bytes of the challenge come flags, then 12 bytes more */
    private void logIn(byte[] greeting, int at, Check.Conversation talk) throws IOException {
        if (greeting.length < at + 4 + 8 + 1 + 18 + 12) {
            throw new FailedCheckException("speaks a protocol that is too old");
        }
        byte[] challenge =
                concat(Arrays.copyOfRange(greeting, at + 4, at + 12), Arrays.copyOfRange(greeting, at + 31, at + 43));
        int name = at + 44;
        String plugin = name < greeting.length
                ? new String(greeting, name, greeting.length - name, UTF_8).replace("\0", "")
                : NATIVE;
        var login = new ByteArrayOutputStream();
        int flags = LONG_PASSWORD
                | PROTOCOL_41
                | SECURE_CONNECTION
                | PLUGIN_AUTH
                | (talk.database().isEmpty() ? 0 : CONNECT_WITH_DB);
        login.writeBytes(new byte[] {(byte) flags, (byte) (flags >> 8), (byte) (flags >> 16), (byte) (flags >> 24)});
        login.writeBytes(new byte[] {0, 0, 0, 1, UTF8});
        login.writeBytes(new byte[23]);
        login.writeBytes(ended(talk.login()));
        byte[] proof = proof(plugin, talk.password(), challenge);
        login.write(proof.length);
        login.writeBytes(proof);
        if (!talk.database().isEmpty()) {
            login.writeBytes(ended(talk.database()));
        }
        login.writeBytes(ended(plugin));
        send(login.toByteArray());
        for (byte[] answer = receive(); first(answer) != OK; answer = receive()) {
            switch (first(answer)) {
                case ERROR -> throw error(answer);
                case END -> changePlugin(answer, talk);
                case MORE -> {
                    if (answer.length < 2 || answer[1] != FAST_DONE) {
                        throw new FailedCheckException("wants TLS for the password of '" + talk.login()
                                + "' until somebody else has logged in so; give that user mysql_native_password");
                    }
                }
                default -> throw new FailedCheckException("answers the login with what is no answer");
            }
        }
    }

    /** The server wants another way than it announced, with another challenge. */
    private void changePlugin(byte[] answer, Check.Conversation talk) throws IOException {
        int end = 1;
        while (end < answer.length && answer[end] != 0) {
            end++;
        }
        String plugin = new String(answer, 1, end - 1, UTF_8);
        byte[] challenge = Arrays.copyOfRange(answer, Math.min(end + 1, answer.length), answer.length);
        send(proof(plugin, talk.password(), Arrays.copyOf(challenge, Math.min(20, challenge.length))));
    }

    static byte[] proof(String plugin, String password, byte[] challenge) throws FailedCheckException {
        byte[] secret = password.getBytes(UTF_8);
        if (secret.length == 0) {
            return new byte[0];
        }
        return switch (plugin) {
            case NATIVE -> {
                byte[] once = Digests.sha1(secret);
                yield Digests.xor(once, Digests.sha1(challenge, Digests.sha1(once)));
            }
            case CACHING -> {
                byte[] once = Digests.sha256(secret);
                yield Digests.xor(once, Digests.sha256(Digests.sha256(once), challenge));
            }
            default ->
                throw new FailedCheckException("wants a login by " + Text.shown(plugin) + ", which is not spoken");
        };
    }

    /** After the number of columns: each column, an end, each row, an end. */
    private void rows() throws IOException {
        byte[] answer = receive();
        if (first(answer) == ERROR) {
            throw error(answer);
        }
        if (first(answer) == OK) {
            throw new FailedCheckException("answers without rows");
        }
        while (!isEnd(receive())) {}
        byte[] row = receive();
        if (first(row) == ERROR) {
            throw error(row);
        }
        if (isEnd(row)) {
            throw new FailedCheckException("finds no row");
        }
    }

    private static boolean isEnd(byte[] packet) {
        return first(packet) == END && packet.length < 9;
    }

    private static FailedCheckException error(byte[] packet) {
        int text = packet.length > 8 && packet[3] == '#' ? 9 : Math.min(3, packet.length);
        return new FailedCheckException(
                "says '" + Text.shown(new String(packet, text, packet.length - text, UTF_8)) + "'");
    }

    private static int first(byte[] packet) {
        return packet.length == 0 ? -1 : Byte.toUnsignedInt(packet[0]);
    }

    private byte[] receive() throws IOException {
        byte[] header = wire.read(4);
        sequence = Byte.toUnsignedInt(header[3]) + 1;
        return wire.read(Byte.toUnsignedInt(header[0])
                | (Byte.toUnsignedInt(header[1]) << 8)
                | (Byte.toUnsignedInt(header[2]) << 16));
    }

    private void send(byte[] packet) throws IOException {
        int length = packet.length;
        byte[] header = {(byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) sequence};
        wire.send(concat(header, packet));
    }

    private static byte[] ended(String text) {
        return concat(text.getBytes(UTF_8), new byte[1]);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
