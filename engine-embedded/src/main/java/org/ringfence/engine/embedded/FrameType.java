package org.ringfence.engine.embedded;

/**
 * The first byte of each frame on a connection; a length of four bytes goes before it, as JGroups writes it.
 * {@link #MESSAGE} and {@link #LEAVE} go on with their number in eight bytes.
 */
final class FrameType {
    static final byte HELLO = 1;
    static final byte WELCOME = 2;
    static final byte REFUSAL = 3;
    static final byte MESSAGE = 4;
    static final byte LEAVE = 5;

    /** Type and number before a message's bytes. */
    static final int HEADER = 1 + Long.BYTES;

    private FrameType() {}
}
