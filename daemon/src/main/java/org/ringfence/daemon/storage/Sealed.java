package org.ringfence.daemon.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A document as it lies on the disk: one line {@code ringfence-document 1 LENGTH SHA256}, then its bytes. The line lets a
 * reader tell a whole document from one that was cut off, overwritten or changed by hand.
 */
final class Sealed {
    private static final String MAGIC = "ringfence-document";
    private static final String VERSION = "1";
    private static final int HEADER_BYTES_MAX = 128;

    private Sealed() {}

    /** A file is not what was once written; the message says how it differs. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1;

        DamagedException(String message) {
            super(message);
        }
    }

    static byte[] seal(byte[] document) {
        byte[] header =
                (MAGIC + " " + VERSION + " " + document.length + " " + digest(document) + "\n").getBytes(US_ASCII);
        byte[] sealed = Arrays.copyOf(header, header.length + document.length);
        System.arraycopy(document, 0, sealed, header.length, document.length);
        return sealed;
    }

    static byte[] open(byte[] sealed) throws DamagedException {
        int end = 0;
        while (end < sealed.length && end < HEADER_BYTES_MAX && sealed[end] != '\n') {
            end++;
        }
        List<String> header = List.of(new String(sealed, 0, end, US_ASCII).split(" ", -1));
        if (header.size() != 4 || !header.get(0).equals(MAGIC) || end == sealed.length) {
            throw new DamagedException("it does not begin as a document of Ringfence does");
        }
        if (!header.get(1).equals(VERSION)) {
            throw new DamagedException(
                    "it is in version " + header.get(1) + " of the format, and this release reads version " + VERSION);
        }
        byte[] document = Arrays.copyOfRange(sealed, end + 1, sealed.length);
        if (!header.get(2).equals(Integer.toString(document.length))) {
            throw new DamagedException("it has " + document.length + " bytes instead of " + header.get(2));
        }
        if (!header.get(3).equals(digest(document))) {
            throw new DamagedException("its content does not match its digest");
        }
        return document;
    }

    private static String digest(byte[] document) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java platform has SHA-256", e);
        }
    }
}
