package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.ringfence.network.balance.service.Check;
import org.ringfence.network.balance.service.Endpoint;

/**
 * Asks for access with login and password (RFC 2865), in a message that the secret proves to be whole (RFC 3579, section 3.2), as servers that
 * know of forged answers want it. Good is an acceptance that the secret proves to be the server's.
 */
final class Radius {
    private static final int ACCESS_REQUEST = 1;
    private static final int ACCESS_ACCEPT = 2;
    private static final int ACCESS_REJECT = 3;
    private static final int USER_NAME = 1;
    private static final int USER_PASSWORD = 2;
    private static final int MESSAGE_AUTHENTICATOR = 80;
    private static final int AUTHENTICATOR_BYTES = 16;
    private static final int HEADER_BYTES = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Radius() {}

    static String ask(Endpoint endpoint, Deadline deadline, Check.Conversation talk) throws IOException {
        byte[] authenticator = new byte[AUTHENTICATOR_BYTES];
        RANDOM.nextBytes(authenticator);
        byte id = (byte) RANDOM.nextInt();
        byte[] request = request(talk, id, authenticator);
        byte[] answer = Datagram.ask(
                endpoint,
                deadline,
                socket -> request,
                bytes -> bytes.length >= HEADER_BYTES && bytes[1] == id && isProven(bytes, authenticator, talk));
        return switch (answer[0]) {
            case ACCESS_ACCEPT -> "access accepted";
            case ACCESS_REJECT -> throw new FailedCheckException("rejects the login '" + talk.login() + "'");
            default -> throw new FailedCheckException("answers with code " + answer[0]);
        };
    }

    static byte[] request(Check.Conversation talk, byte id, byte[] authenticator) throws FailedCheckException {
        byte[] name = talk.login().getBytes(UTF_8);
        byte[] secret = talk.secret().getBytes(UTF_8);
        byte[] password = hidden(talk.password().getBytes(UTF_8), secret, authenticator);
        if (name.length > 253 || password.length > 128 || secret.length == 0) {
            throw new FailedCheckException(
                    "cannot be asked: " + (secret.length == 0 ? "there is no secret" : "login or passwd is too long"));
        }
        int length = HEADER_BYTES + 2 + AUTHENTICATOR_BYTES + 2 + name.length + 2 + password.length;
        ByteBuffer request = ByteBuffer.allocate(length)
                .put((byte) ACCESS_REQUEST)
                .put(id)
                .putShort((short) length)
                .put(authenticator)
                .put((byte) MESSAGE_AUTHENTICATOR)
                .put((byte) (2 + AUTHENTICATOR_BYTES))
                .put(new byte[AUTHENTICATOR_BYTES])
                .put((byte) USER_NAME)
                .put((byte) (2 + name.length))
                .put(name)
                .put((byte) USER_PASSWORD)
                .put((byte) (2 + password.length))
                .put(password);
        // It is made over the whole message, with zeros in its own place.
        return request.put(HEADER_BYTES + 2, Digests.hmacMd5(secret, request.array()))
                .array();
    }

    /** RFC 2865, section 5.2. */
    private static byte[] hidden(byte[] password, byte[] secret, byte[] authenticator) {
        byte[] padded = Arrays.copyOf(password, Math.max(16, (password.length + 15) / 16 * 16));
        byte[] before = authenticator;
        for (int at = 0; at < padded.length; at += 16) {
            byte[] mask = Digests.md5(secret, before);
            for (int i = 0; i < 16; i++) {
                padded[at + i] ^= mask[i];
            }
            before = Arrays.copyOfRange(padded, at, at + 16);
        }
        return padded;
    }

    /** RFC 2865, section 3, "Response Authenticator". */
    private static boolean isProven(byte[] answer, byte[] authenticator, Check.Conversation talk) {
        byte[] proof = Digests.md5(
                Arrays.copyOf(answer, 4),
                authenticator,
                Arrays.copyOfRange(answer, HEADER_BYTES, answer.length),
                talk.secret().getBytes(UTF_8));
        return Arrays.equals(proof, Arrays.copyOfRange(answer, 4, HEADER_BYTES));
    }
}
