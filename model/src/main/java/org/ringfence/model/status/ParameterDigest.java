package org.ringfence.model.status;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The digest by which a history tells whether a resource runs with the parameters that its configuration has now.
 *
 * <p>It is MD5 over a blank, an XML element {@code parameters} with the parameters as attributes sorted by name, and a line
 * feed: what Pacemaker 1.1 to 3.0 writes as {@code op-digest}, so that histories from either side stay valid. MD5 serves to tell
 * values apart, and protects nothing.
 *
 * <p>What belongs into which digest, as observed of Pacemaker 2.1.5:
 *
 * <ul>
 *   <li>{@code op-digest}: every parameter; for a repeated operation also {@link #TIMEOUT}.
 *   <li>{@code op-restart-digest}: those named in {@code op-force-restart} that have a value.
 *   <li>{@code op-secure-digest}: as {@code op-digest}, without those named in {@code op-secure-params}.
 * </ul>
 */
public final class ParameterDigest {
    /** The one meta attribute that a digest holds, for repeated operations: the timeout in milliseconds. */
    public static final String TIMEOUT = "CRM_meta_timeout";

    private ParameterDigest() {}

    /** @return 32 lower-case hexadecimal digits */
    public static String of(Map<String, String> parameters) {
        NavigableMap<String, String> sorted = new TreeMap<>(parameters);
        var text = new StringBuilder(" <parameters");
        sorted.forEach((name, value) -> text.append(' ')
                .append(name)
                .append("=\"")
                .append(escape(value))
                .append('"'));
        text.append("/>\n");
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }

    /** As Pacemaker 2.1.5 writes values into a digest, which is not how XML would have line feeds and tabs. */
    private static String escape(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "    ");
    }
}
