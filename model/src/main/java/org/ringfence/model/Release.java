package org.ringfence.model;

/** The release that this is. */
public final class Release {
    public static final String NAME = "0.1.0";

    private Release() {}
}
