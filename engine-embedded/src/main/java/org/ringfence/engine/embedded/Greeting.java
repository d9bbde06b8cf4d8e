package org.ringfence.engine.embedded;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The first words on a connection. Who dialled says {@link Hello}, who was dialled answers {@link Welcome} or
 * {@link Refusal}. An association outlives its connections: the numbers of what was received let both go on where they were.
 */
sealed interface Greeting {
    /** Raised when an older engine could not understand a newer one. */
    int PROTOCOL = 1;

    String NOT_OURS = "it does not speak as an engine of Ringfence does";

    /** No greeting is longer; a longer one is somebody else's protocol. */
    int LONGEST = 1_024;

    /**
     * @param incarnation the dialler's process
     * @param association what the dialler still holds with whom it dials; 0 when nothing
     * @param received    the last message of it that the dialler took
     */
    record Hello(
            int protocol, String cluster, String from, String to, long incarnation, long association, long received)
            implements Greeting {}

    /**
     * @param incarnation the answerer's process
     * @param association the dialler's when it goes on, otherwise a new one
     * @param received    the last message of it that the answerer took
     */
    record Welcome(long incarnation, long association, long received) implements Greeting {}

    /** @param reason one line for an operator */
    record Refusal(String reason) implements Greeting {}

    /** With its leading type, without a length. */
    default byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (this) {
                case Hello hello -> {
                    out.writeByte(FrameType.HELLO);
                    out.writeShort(hello.protocol());
                    out.writeUTF(hello.cluster());
                    out.writeUTF(hello.from());
                    out.writeUTF(hello.to());
                    out.writeLong(hello.incarnation());
                    out.writeLong(hello.association());
                    out.writeLong(hello.received());
                }
                case Welcome welcome -> {
                    out.writeByte(FrameType.WELCOME);
                    out.writeLong(welcome.incarnation());
                    out.writeLong(welcome.association());
                    out.writeLong(welcome.received());
                }
                case Refusal refusal -> {
                    out.writeByte(FrameType.REFUSAL);
                    out.writeUTF(refusal.reason());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not refuse", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException when it is none; what follows the known fields is left for newer protocols */
    static Greeting fromBytes(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte type = in.readByte();
            return switch (type) {
                case FrameType.HELLO ->
                    new Hello(
                            in.readUnsignedShort(),
                            in.readUTF(),
                            in.readUTF(),
                            in.readUTF(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong());
                case FrameType.WELCOME -> new Welcome(in.readLong(), in.readLong(), in.readLong());
                case FrameType.REFUSAL -> new Refusal(in.readUTF());
                default -> throw new IOException(NOT_OURS);
            };
        }
    }
}
