package org.ringfence.network.balance.dialogue;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests that logins are made of. */
final class Digests {
    private Digests() {}

    static byte[] md5(byte[]... parts) {
        return digest("MD5", parts);
    }

    static byte[] sha1(byte[]... parts) {
        return digest("SHA-1", parts);
    }

    static byte[] sha256(byte[]... parts) {
        return digest("SHA-256", parts);
    }

    static byte[] hmacSha256(byte[] key, byte[] text) {
        return hmacSha256(key).doFinal(text);
    }

    /** For many texts under one key: finding it takes longer than using it. */
    static Mac hmacSha256(byte[] key) {
        return hmac("HmacSHA256", key);
    }

    static byte[] hmacMd5(byte[] key, byte[] text) {
        return hmac("HmacMD5", key).doFinal(text);
    }

    private static Mac hmac(String algorithm, byte[] key) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has it", missing);
        }
    }

    /** The two combined bit by bit; of the first's length. */
    static byte[] xor(byte[] one, byte[] other) {
        byte[] result = one.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= other[i];
        }
        return result;
    }

    private static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has it", missing);
        }
    }
}
