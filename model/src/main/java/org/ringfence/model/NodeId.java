package org.ringfence.model;

/**
 * The name of a node, as {@code uname} in the configuration; it is what messages, constraints and people call it.
 *
 * <p>Ordered by name, so that every node iterates over members in the same order.
 *
 * @param name neither empty nor with white space
 */
public record NodeId(String name) implements Comparable<NodeId> {
    public NodeId {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a node name: '" + name + "'");
        }
    }

    /** Whether a node can be called so. */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.chars().noneMatch(Character::isWhitespace);
    }

    @Override
    public int compareTo(NodeId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
