package org.ringfence.engine.embedded;

/**
 * What the engine holds in memory at most. A peer that does not take its messages beyond these is reported as
 * unreachable; a listener that does not is waited for, and then its node's peers see that.
 *
 * @param messageBytes   the longest message, 1 KiB to 256 MiB
 * @param queuedMessages messages to one peer that it has not yet confirmed; at least 16
 * @param queuedBytes    their bytes, a little added for each; at least {@code messageBytes} and 1 KiB
 */
public record Limits(int messageBytes, int queuedMessages, long queuedBytes) {
    private static final int MEBIBYTE = 1 << 20;

    /** Enough for a configuration of 16 MiB with room around it. */
    public static final Limits DEFAULT = new Limits(20 * MEBIBYTE, 65_536, 40L * MEBIBYTE);

    public Limits {
        if (messageBytes < 1_024 || messageBytes > 256 * MEBIBYTE) {
            throw new IllegalArgumentException("message-bytes " + messageBytes + " is not within 1 KiB to 256 MiB");
        }
        if (queuedMessages < 16) {
            throw new IllegalArgumentException("queued-messages " + queuedMessages + " is less than 16");
        }
        if (queuedBytes < messageBytes + 1_024L) {
            throw new IllegalArgumentException("queued-bytes " + queuedBytes + " is less than message-bytes "
                    + messageBytes + " and 1024 more: such a message could never be sent");
        }
    }
}
