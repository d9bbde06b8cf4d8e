package org.ringfence.controller.foresee;

/**
 * One thing that may break.
 *
 * @param name of the node, resource or device; {@code DEVICE DISK} of a shared disk
 */
public record Failure(Kind kind, String name) {

    /** What breaks, in the order of the table. */
    public enum Kind {
        /** A node is not heard any more. */
        NODE,
        /** A node's network fails: it goes on, and nobody hears it. */
        LINK,
        FENCE_DEVICE,
        /** A shared disk by which nodes are fenced. */
        DISK,
        /** A resource fails where it runs, and does not start there again. */
        RESOURCE;

        /** As people write it. */
        public String word() {
            return switch (this) {
                case NODE -> "node";
                case LINK -> "link of";
                case FENCE_DEVICE -> "fence device";
                case DISK -> "disk";
                case RESOURCE -> "resource";
            };
        }
    }

    /** The failure that stands for all that mean the same to the others: a node that is cut off is lost to them as one that is off. */
    public Failure likeness() {
        return kind == Kind.LINK ? new Failure(Kind.NODE, name) : this;
    }

    @Override
    public String toString() {
        return kind.word() + " " + name;
    }
}
