package org.ringfence.controller.facts;

/** How a configured node stands to the cluster. */
public enum Standing {
    /** It is in the view. */
    MEMBER,
    /** It was in a view and is not any more, and nobody knows what it does: nothing of its may be recovered. */
    LOST,
    /** It was lost, and is confirmed to be off or restarted. */
    FENCED,
    /** It stopped its resources and left. */
    LEFT;

    /** Whether it may still touch its data although it is no member. */
    public boolean isUnsafe() {
        return this == LOST;
    }
}
