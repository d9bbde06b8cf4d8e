package org.ringfence.scheduler.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/** The fingerprint of an operation's parameters that is kept with its outcome: MD5 over {@code parameters}, names sorted. */
public final class Digest {
    private Digest() {}

    public static String of(SortedMap<String, String> parameters) {
        var text = new StringBuilder(" <parameters");
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            text.append(' ').append(parameter.getKey()).append("=\"");
            escape(parameter.getValue(), text);
            text.append('"');
        }
        text.append("/>\n");
        try {
            byte[] sum = MessageDigest.getInstance("MD5").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no MD5", missing);
        }
    }

    private static void escape(String value, StringBuilder text) {
        for (int index = 0; index < value.length(); index++) {
            char found = value.charAt(index);
            switch (found) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\n' -> text.append("&#10;");
                case '\t' -> text.append("&#9;");
                case '\r' -> text.append("&#13;");
                default -> text.append(found);
            }
        }
    }
}
