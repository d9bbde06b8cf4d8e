package org.ringfence.api;

import java.util.List;
import org.ringfence.api.json.JsonText;
import org.ringfence.api.json.JsonValue;
import org.ringfence.api.json.MalformedJsonException;
import org.ringfence.api.json.RecordJson;

/** The lines of the protocol as bytes, without their ends, and back. */
public final class Lines {
    /** A field that the daemon does not know could change what a request means, so it is refused rather than passed over. */
    private static final RecordJson<RequestLine> REQUEST =
            RecordJson.of(RequestLine.class).strict().build();

    private static final RecordJson<ReplyLine> REPLY =
            RecordJson.of(ReplyLine.class).build();

    private Lines() {}

    /** A request and the version of the protocol that it is written in. */
    public record RequestLine(int protocol, Request request) {}

    /** @param last whether the request is answered with this */
    public record ReplyLine(int protocol, boolean last, Reply reply) {}

    public static byte[] write(Request request) {
        return REQUEST.write(new RequestLine(Protocol.VERSION, request));
    }

    public static byte[] write(Reply reply, boolean last) {
        return REPLY.write(new ReplyLine(Protocol.VERSION, last, reply));
    }

    /** @throws MalformedJsonException when it is no request of this version; the message is for the caller */
    public static Request readRequest(byte[] line) throws MalformedJsonException {
        JsonValue json = JsonText.parse(line);
        checkVersion(json, "the command", "this node's daemon");
        return REQUEST.read(json).request();
    }

    /** @throws MalformedJsonException when it is no reply of this version */
    public static ReplyLine readReply(byte[] line) throws MalformedJsonException {
        JsonValue json = JsonText.parse(line);
        checkVersion(json, "the daemon", "this command");
        return REPLY.read(json);
    }

    /** Reads an answer that nobody gave, for a thread beside the one that asks: what reading needs is there when an answer comes. */
    public static void prepareReading() {
        try {
            readReply(write(new Reply.Done("", List.of()), true));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("what is written here cannot be read here", e);
        }
    }

    private static void checkVersion(JsonValue json, String writer, String reader) throws MalformedJsonException {
        if (!(json instanceof JsonValue.Fields(var fields))
                || !(fields.get("protocol") instanceof JsonValue.Digits(var version))) {
            throw new MalformedJsonException("a line must be an object with a number \"protocol\"");
        }
        if (version.intValue() != Protocol.VERSION) {
            throw new MalformedJsonException(writer + " speaks version " + version + " of the protocol, " + reader
                    + " version " + Protocol.VERSION + ": install the same release of Ringfence");
        }
    }
}
