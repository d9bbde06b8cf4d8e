package org.ringfence.model.sbd;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a slot's two sectors hold: the name of its node, and a message with the name of its sender. */
public final class SbdSector {
    /** A name is at most so long, with the zero at its end. */
    public static final int NAME_BYTES = 64;

    private SbdSector() {}

    /**
     * A message in a slot.
     *
     * @param from who wrote it; empty in a slot that was never written to
     */
    public record Mail(SbdMessage message, String from) {}

    /** @throws IllegalArgumentException when the name does not fit, or is empty */
    public static byte[] slot(String node, int sectorSize) {
        return sector(1, node, sectorSize);
    }

    public static byte[] mail(Mail mail, int sectorSize) {
        return sector(mail.message().code(), mail.from(), sectorSize);
    }

    private static byte[] sector(int first, String name, int sectorSize) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= NAME_BYTES) {
            throw new IllegalArgumentException("the name " + name + " has more than " + (NAME_BYTES - 1) + " bytes");
        }
        byte[] sector = new byte[sectorSize];
        sector[0] = (byte) first;
        System.arraycopy(bytes, 0, sector, 1, bytes.length);
        return sector;
    }

    /** Whose slot it is; empty when it is free. */
    public static Optional<String> node(byte[] sector) {
        return sector[0] == 0 ? Optional.empty() : Optional.of(name(sector));
    }

    /** @throws NotSbdException for a message that nobody knows */
    public static Mail mail(byte[] sector) throws NotSbdException {
        int code = Byte.toUnsignedInt(sector[0]);
        SbdMessage message = SbdMessage.ofCode(code)
                .orElseThrow(() -> new NotSbdException("a slot has message " + code + ", which is none"));
        return new Mail(message, name(sector));
    }

    private static String name(byte[] sector) {
        int length = 0;
        while (length < NAME_BYTES && sector[1 + length] != 0) {
            length++;
        }
        return new String(sector, 1, length, StandardCharsets.UTF_8);
    }
}
