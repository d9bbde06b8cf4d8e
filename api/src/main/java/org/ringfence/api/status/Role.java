package org.ringfence.api.status;

/** What a resource is, or is to be, on a node. */
public enum Role {
    STOPPED,
    STARTED,
    UNPROMOTED,
    PROMOTED
}
