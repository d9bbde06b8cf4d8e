package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.ringfence.network.balance.service.Check;
import org.ringfence.network.balance.service.Endpoint;

/**
 * Asks for the addresses of a name (A, and AAAA where the server itself is reached by IPv6), or for the names of an address (PTR). RFC
 * 1035. Any answer is good unless a text is looked for; then one of the records must have it.
 */
final class Dns {
    private static final short ID = 0x5246;
    private static final int A = 1;
    private static final int PTR = 12;
    private static final int AAAA = 28;
    private static final int POINTERS_MAX = 64;

    private Dns() {}

    static String overUdp(Endpoint endpoint, Deadline deadline, Check.Conversation talk) throws IOException {
        byte[] question = question(talk.request());
        byte[] answer = Datagram.ask(
                endpoint,
                deadline,
                socket -> question,
                bytes -> bytes.length > 3 && ByteBuffer.wrap(bytes).getShort() == ID);
        return judge(answer, talk);
    }

    static String overTcp(Wire wire, Check.Conversation talk) throws IOException {
        byte[] question = question(talk.request());
        wire.send(ByteBuffer.allocate(2 + question.length)
                .putShort((short) question.length)
                .put(question)
                .array());
        int length = Short.toUnsignedInt(ByteBuffer.wrap(wire.read(2)).getShort());
        return judge(wire.read(length), talk);
    }

    private static String judge(byte[] answer, Check.Conversation talk) throws FailedCheckException {
        List<String> records;
        try {
            records = records(ByteBuffer.wrap(answer));
        } catch (BufferUnderflowException | IllegalArgumentException cut) {
            throw new FailedCheckException("sends what is no answer");
        }
        if (records.isEmpty()) {
            throw new FailedCheckException("has no record for '" + talk.request() + "'");
        }
        Pattern wanted = Pattern.compile(talk.receive());
        if (records.stream().noneMatch(record -> wanted.matcher(record).find())) {
            throw new FailedCheckException(
                    "answers " + Text.shown(String.join(", ", records)) + ", without /" + talk.receive() + "/");
        }
        return Text.shown(String.join(", ", records));
    }

    static byte[] question(String request) throws FailedCheckException {
        if (request.isEmpty()) {
            throw new FailedCheckException("cannot be asked: request names no host");
        }
        String name = request;
        int type = A;
        if (request.matches("[0-9.]+") || request.contains(":")) {
            name = reverse(request);
            type = PTR;
        }
        var bytes = new ByteArrayOutputStream();
        // One question, recursion desired.
        bytes.writeBytes(ByteBuffer.allocate(12)
                .putShort(ID)
                .putShort((short) 0x100)
                .putShort((short) 1)
                .array());
        for (String label : name.split("\\.")) {
            if (label.isEmpty() || label.length() > 63) {
                throw new FailedCheckException("cannot be asked: '" + request + "' is no name");
            }
            bytes.write(label.length());
            bytes.writeBytes(label.getBytes(US_ASCII));
        }
        bytes.writeBytes(new byte[] {0, 0, (byte) type, 0, 1});
        return bytes.toByteArray();
    }

    private static String reverse(String address) throws FailedCheckException {
        byte[] bytes;
        try {
            bytes = InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException noAddress) {
            throw new FailedCheckException("cannot be asked: '" + address + "' is no address");
        }
        var name = new StringBuilder();
        for (int i = bytes.length - 1; i >= 0; i--) {
            int b = Byte.toUnsignedInt(bytes[i]);
            if (bytes.length == 4) {
                name.append(b).append('.');
            } else {
                name.append(Integer.toHexString(b & 15))
                        .append('.')
                        .append(Integer.toHexString(b >> 4))
                        .append('.');
            }
        }
        return name + (bytes.length == 4 ? "in-addr.arpa" : "ip6.arpa");
    }

    private static List<String> records(ByteBuffer answer) throws FailedCheckException {
        int code = answer.get(3) & 15;
        if (code != 0) {
            throw new FailedCheckException(
                    "answers with the error " + code + (code == 3 ? ", there is no such name" : ""));
        }
        int questions = Short.toUnsignedInt(answer.getShort(4));
        int count = Short.toUnsignedInt(answer.getShort(6));
        answer.position(12);
        for (int i = 0; i < questions; i++) {
            name(answer);
            answer.getInt();
        }
        List<String> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            name(answer);
            int type = Short.toUnsignedInt(answer.getShort());
            answer.position(answer.position() + 6);
            int length = Short.toUnsignedInt(answer.getShort());
            int end = answer.position() + length;
            if (type == PTR) {
                records.add(name(answer));
            } else if ((type == A && length == 4) || (type == AAAA && length == 16)) {
                byte[] address = new byte[length];
                answer.get(address);
                records.add(text(address));
            }
            answer.position(end);
        }
        return records;
    }

    private static String text(byte[] address) {
        try {
            return Endpoint.text(InetAddress.getByAddress(address));
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException("no address has so many bytes", impossible);
        }
    }

    /** A name, whose rest may stand elsewhere in the message; leaves the position behind it. */
    private static String name(ByteBuffer message) {
        var name = new StringBuilder();
        int back = -1;
        for (int jumps = 0; jumps < POINTERS_MAX; ) {
            int length = Byte.toUnsignedInt(message.get());
            if (length >= 0xc0) {
                int to = ((length & 0x3f) << 8) | Byte.toUnsignedInt(message.get());
                back = back < 0 ? message.position() : back;
                message.position(to);
                jumps++;
            } else if (length == 0) {
                if (back >= 0) {
                    message.position(back);
                }
                return name.toString();
            } else {
                byte[] label = new byte[length];
                message.get(label);
                name.append(name.isEmpty() ? "" : ".").append(new String(label, US_ASCII));
                if (name.length() > 255) {
                    throw new IllegalArgumentException("a name without end");
                }
            }
        }
        throw new IllegalArgumentException("a name that points in circles");
    }
}
