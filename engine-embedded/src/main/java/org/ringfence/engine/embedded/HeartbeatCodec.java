package org.ringfence.engine.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.NodeId;

/**
 * Heartbeats as datagrams: 56 bytes, big-endian, and 16 bytes of HMAC-SHA256 over them. Used by one thread.
 *
 * <pre>
 *   0 magic    4 version   5 flags   6 zero   8 sender   16 receiver   24 incarnation   32 sequence
 *  40 association   48 received   56 code
 * </pre>
 */
final class HeartbeatCodec {
    static final int BYTES = 72;

    private static final int SIGNED = 56;
    private static final int MAGIC = 0x52464842;
    private static final byte VERSION = 1;
    private static final byte HEARS = 1;

    private final Mac mac;
    private final byte[] code;
    private final byte[] claimed = new byte[BYTES - SIGNED];

    HeartbeatCodec(SecretKey key) {
        try {
            mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
        code = new byte[mac.getMacLength()];
    }

    /** A node's name in 8 bytes. */
    static long key(NodeId node) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(digest.digest(node.name().getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Leaves {@code buffer} ready to be sent. It has an array and room for {@link #BYTES}. */
    void write(Heartbeat heartbeat, ByteBuffer buffer) {
        buffer.clear();
        buffer.putInt(MAGIC).put(VERSION).put(heartbeat.hears() ? HEARS : 0).putShort((short) 0);
        buffer.putLong(heartbeat.sender()).putLong(heartbeat.receiver());
        buffer.putLong(heartbeat.incarnation()).putLong(heartbeat.sequence());
        buffer.putLong(heartbeat.association()).putLong(heartbeat.received());
        sign(buffer);
        buffer.put(code, 0, BYTES - SIGNED);
        buffer.flip();
    }

    /** @return null when it is not a heartbeat of a node of this cluster meant for {@code receiver} */
    @Nullable
    Heartbeat read(ByteBuffer buffer, long receiver) {
        if (buffer.remaining() != BYTES || buffer.getInt() != MAGIC || buffer.get() != VERSION) {
            return null;
        }
        boolean hears = (buffer.get() & HEARS) != 0;
        buffer.getShort();
        Heartbeat heartbeat = new Heartbeat(
                buffer.getLong(),
                buffer.getLong(),
                buffer.getLong(),
                buffer.getLong(),
                buffer.getLong(),
                buffer.getLong(),
                hears);
        if (heartbeat.receiver() != receiver) {
            return null;
        }
        buffer.get(claimed);
        sign(buffer);
        int differences = 0;
        for (int i = 0; i < claimed.length; i++) {
            differences |= claimed[i] ^ code[i];
        }
        return differences == 0 ? heartbeat : null;
    }

    private void sign(ByteBuffer buffer) {
        try {
            mac.update(buffer.array(), buffer.arrayOffset(), SIGNED);
            mac.doFinal(code, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the code fits", e);
        }
    }
}
