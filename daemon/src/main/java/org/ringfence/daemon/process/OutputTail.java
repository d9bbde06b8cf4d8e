package org.ringfence.daemon.process;

import java.nio.charset.StandardCharsets;

/** Keeps the end of what a program prints, whatever it prints. For one thread. */
final class OutputTail {
    private final byte[] kept;
    private long seen;

    OutputTail(int limit) {
        kept = new byte[limit];
    }

    void append(byte[] bytes, int count) {
        int from = Math.max(0, count - kept.length);
        seen += from;
        for (int index = from; index < count; ) {
            int at = (int) (seen % kept.length);
            int length = Math.min(count - index, kept.length - at);
            System.arraycopy(bytes, index, kept, at, length);
            index += length;
            seen += length;
        }
    }

    /** What is kept; when the beginning was lost, from the first whole line on, behind a line that says how much was. */
    String text() {
        if (seen <= kept.length) {
            return new String(kept, 0, (int) seen, StandardCharsets.UTF_8);
        }
        int at = (int) (seen % kept.length);
        byte[] ordered = new byte[kept.length];
        System.arraycopy(kept, at, ordered, 0, kept.length - at);
        System.arraycopy(kept, 0, ordered, kept.length - at, at);
        int from = 0;
        while (from < ordered.length && ordered[from] != '\n') {
            from++;
        }
        from = from == ordered.length ? 0 : from + 1;
        long lost = seen - ordered.length + from;
        return "(" + lost + " bytes before this were not kept)\n"
                + new String(ordered, from, ordered.length - from, StandardCharsets.UTF_8);
    }
}
