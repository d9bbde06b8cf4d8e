package org.ringfence.daemon.access;

/** What a permission is about. */
public enum Right {
    READ,
    WRITE,
    DENY
}
