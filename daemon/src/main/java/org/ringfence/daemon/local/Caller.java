package org.ringfence.daemon.local;

/**
 * Who asks, as the kernel says: not what the caller claims.
 *
 * @param user the name of {@code uid}; the number again where it has no name
 * @param pid  the process that made the connection; it may have ended since
 */
public record Caller(String user, int uid, int gid, int pid) {

    /** {@code root (process 4711)}. */
    @Override
    public String toString() {
        return user + " (process " + pid + ")";
    }
}
