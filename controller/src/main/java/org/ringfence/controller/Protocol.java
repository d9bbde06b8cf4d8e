package org.ringfence.controller;

/**
 * The versions of what nodes say to each other. A node says in its answer to a proposal which is the newest that it speaks;
 * the message that installs the view tells that of every member, and each is spoken to in words that it knows. So a cluster
 * can be brought to a new release node by node, and is never less safe meanwhile.
 *
 * <p>A reader passes over fields that it does not know; a new version is due when an older release would misunderstand, or
 * could not read, what a newer one says. Version 2 brought {@link org.ringfence.controller.facts.Fact.Kind#LEFT_RUNNING}, version 3
 * leases, what guards promise, and what is known of fencing under way, past and proven.
 */
public final class Protocol {
    /** What every release speaks. */
    public static final int OLDEST = 1;

    /** The first that knows of leases and guards. */
    public static final int LEASE = 3;

    /** What this release speaks. */
    public static final int NEWEST = LEASE;

    private Protocol() {}
}
