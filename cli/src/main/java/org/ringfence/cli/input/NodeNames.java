package org.ringfence.cli.input;

import org.ringfence.model.NodeId;

/** A node's name as it is typed. What is read from files may be called otherwise; a host cannot be. */
public final class NodeNames {
    private NodeNames() {}

    /** @throws IllegalArgumentException when no host can be called so; the message is for the person who wrote it */
    public static NodeId parse(String text) {
        boolean name = !text.isEmpty()
                && !text.startsWith("-")
                && text.chars().allMatch(each -> Character.isLetterOrDigit(each) || "-._".indexOf(each) >= 0);
        if (!name) {
            throw new IllegalArgumentException("'" + text
                    + "' cannot be the name of a node; a name has letters, digits, dots, hyphens and underscores");
        }
        return new NodeId(text);
    }
}
