package org.ringfence.controller;

/**
 * The versions of what nodes say to each other. A node says in its answer to a proposal which is the newest that it speaks;
 * the message that installs the view tells that of every member, and each is spoken to in words that it knows. So a cluster
 * can be brought to a new release node by node, and is never less safe meanwhile.
 *
 * <p>A reader passes over fields that it does not know; a new version is due when an older release would misunderstand, or
 * could not read, what a newer one says. Version 2 brought {@link org.ringfence.controller.facts.Fact.Kind#LEFT_RUNNING}.
 */
public final class Protocol {
    /** What every release speaks. */
    public static final int OLDEST = 1;

    /** What this release speaks. */
    public static final int NEWEST = 2;

    private Protocol() {}
}
