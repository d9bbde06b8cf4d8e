package org.ringfence.guard.disk;

/** A shared disk cannot be used; the message is one line that names it. */
public final class DiskException extends Exception {
    private static final long serialVersionUID = 1;

    public DiskException(String path, Exception why) {
        super(path + ": " + why.getMessage(), why);
    }
}
