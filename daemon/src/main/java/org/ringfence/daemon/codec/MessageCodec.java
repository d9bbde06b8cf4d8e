package org.ringfence.daemon.codec;

import org.ringfence.api.json.MalformedJsonException;
import org.ringfence.api.json.RecordJson;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

/**
 * The records of one sealed interface as bytes and back, by the rules of {@link org.ringfence.api.json}; a CIB is its XML. Releases can be mixed:
 * a reader passes over fields that it does not know, and reads a field that was not sent as empty; a message whose kind it does
 * not know is malformed, and its to drop. Safe for use by many threads; make one and keep it.
 */
public final class MessageCodec<M> {
    private final RecordJson<M> json;
    private final int bytesMax;

    /** @param bytesMax how long a message may be; a longer one is neither sent nor read */
    public MessageCodec(Class<M> messages, int bytesMax) {
        this.json = RecordJson.of(messages)
                .text(Cib.class, Cib::write, MessageCodec::cib)
                .build();
        this.bytesMax = bytesMax;
    }

    private static Cib cib(String text) {
        try {
            return Cib.read(text, "message");
        } catch (UnusableInputException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** @throws CodecException when it is too long */
    public byte[] encode(M message) throws CodecException {
        byte[] bytes = json.write(message);
        if (bytes.length > bytesMax) {
            throw new CodecException("a " + message.getClass().getSimpleName() + " of " + bytes.length
                    + " bytes is longer than a message may be (" + bytesMax + ")");
        }
        return bytes;
    }

    /** @throws CodecException when they are no message; nothing that comes over a network makes it throw anything else */
    public M decode(byte[] bytes) throws CodecException {
        if (bytes.length > bytesMax) {
            throw new CodecException(
                    "a message of " + bytes.length + " bytes is longer than one may be (" + bytesMax + ")");
        }
        try {
            return json.read(bytes);
        } catch (MalformedJsonException e) {
            throw new CodecException("not a message: " + e.getMessage(), e);
        }
    }
}
