package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;

/** The client's side of SCRAM-SHA-256 (RFC 5802, RFC 7677), without channel binding. For one login. */
final class Scram {
    private static final int ITERATIONS_MAX = 1_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] password;
    private final String nonce;
    private String signature = "";

    Scram(String password) {
        this(password, nonce());
    }

    Scram(String password, String nonce) {
        this.password = password.getBytes(UTF_8);
        this.nonce = nonce;
    }

    private static String nonce() {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The user's name is told by PostgreSQL's own protocol, and stays empty here. */
    String first() {
        return "n,," + bare();
    }

    private String bare() {
        return "n=,r=" + nonce;
    }

    /** The answer to the server's challenge. */
    String proof(String challenge) throws FailedCheckException {
        if (password.length == 0) {
            throw new FailedCheckException("wants a password, and passwd is not set");
        }
        Map<String, String> fields = fields(challenge);
        String both = fields.getOrDefault("r", "");
        byte[] salt;
        int iterations;
        try {
            salt = Base64.getDecoder().decode(fields.getOrDefault("s", ""));
            iterations = Integer.parseInt(fields.getOrDefault("i", ""));
        } catch (IllegalArgumentException malformed) {
            throw new FailedCheckException("sends a challenge that is none");
        }
        if (!both.startsWith(nonce) || iterations < 1 || iterations > ITERATIONS_MAX) {
            throw new FailedCheckException("sends a challenge that is none");
        }
        byte[] salted = salted(salt, iterations);
        byte[] clientKey = Digests.hmacSha256(salted, "Client Key".getBytes(UTF_8));
        String last = "c=biws,r=" + both;
        byte[] exchange = (bare() + "," + challenge + "," + last).getBytes(UTF_8);
        byte[] clientSignature = Digests.hmacSha256(Digests.sha256(clientKey), exchange);
        byte[] serverKey = Digests.hmacSha256(salted, "Server Key".getBytes(UTF_8));
        signature = Base64.getEncoder().encodeToString(Digests.hmacSha256(serverKey, exchange));
        return last + ",p=" + Base64.getEncoder().encodeToString(Digests.xor(clientKey, clientSignature));
    }

    /** The server proves that it knows the password too. */
    void verify(String outcome) throws FailedCheckException {
        byte[] told = fields(outcome).getOrDefault("v", "").getBytes(UTF_8);
        if (signature.isEmpty() || !MessageDigest.isEqual(told, signature.getBytes(UTF_8))) {
            throw new FailedCheckException("does not know the password itself");
        }
    }

    /** PBKDF2 with a single block, which is all that 32 bytes need. */
    private byte[] salted(byte[] salt, int iterations) {
        byte[] block = Arrays.copyOf(salt, salt.length + 4);
        block[block.length - 1] = 1;
        Mac mac = Digests.hmacSha256(password);
        byte[] each = mac.doFinal(block);
        byte[] result = each.clone();
        for (int i = 1; i < iterations; i++) {
            each = mac.doFinal(each);
            for (int at = 0; at < result.length; at++) {
                result[at] ^= each[at];
            }
        }
        return result;
    }

    private static Map<String, String> fields(String message) {
        Map<String, String> fields = new HashMap<>();
        for (String field : message.split(",")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        return fields;
    }
}
