package org.ringfence.scheduler.execution;

import java.util.List;
import org.ringfence.model.NodeId;

/**
 * How an operation of a resource ended on a node, written {@code RESOURCE_OPERATION_INTERVAL@NODE=RC}:
 * {@code db_monitor_10000@n1=7}.
 *
 * @param resource       its name, {@code db} or {@code db:0}
 * @param intervalMillis zero for an operation that is not repeated
 * @param exitCode       as an agent gives it
 */
public record OperationOutcome(String resource, String operation, long intervalMillis, NodeId node, int exitCode) {
    /** Operations whose names have an underscore in them, which also separates them from the resource's name. */
    private static final List<String> COMPOSITE = List.of("migrate_to", "migrate_from");

    /** @throws IllegalArgumentException when it is not written so; the message is for the person who wrote it */
    public static OperationOutcome parse(String text) {
        int equals = text.lastIndexOf('=');
        int at = text.lastIndexOf('@', equals);
        int last = at < 0 ? -1 : text.lastIndexOf('_', at);
        if (equals < 0 || at < 0 || last <= 0 || !NodeId.isName(text.substring(at + 1, equals))) {
            throw unusable(text);
        }
        String key = text.substring(0, last);
        int split = key.lastIndexOf('_');
        for (String operation : COMPOSITE) {
            if (key.endsWith("_" + operation)) {
                split = key.length() - operation.length() - 1;
            }
        }
        if (split <= 0 || split == key.length() - 1) {
            throw unusable(text);
        }
        return new OperationOutcome(
                key.substring(0, split),
                key.substring(split + 1),
                number(text, text.substring(last + 1, at)),
                new NodeId(text.substring(at + 1, equals)),
                (int) number(text, text.substring(equals + 1)));
    }

    private static long number(String whole, String part) {
        if (part.isEmpty() || part.length() > 9 || !part.chars().allMatch(each -> each >= '0' && each <= '9')) {
            throw unusable(whole);
        }
        return Long.parseLong(part);
    }

    private static IllegalArgumentException unusable(String text) {
        return new IllegalArgumentException("'" + text
                + "' is not RESOURCE_OPERATION_INTERVAL@NODE=RC with the interval in milliseconds;"
                + " write for example db_monitor_10000@n1=7");
    }

    /** {@code db_monitor_10000}. */
    public String key() {
        return resource + "_" + operation + "_" + intervalMillis;
    }

    @Override
    public String toString() {
        return key() + "@" + node + "=" + exitCode;
    }
}
