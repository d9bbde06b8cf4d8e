package org.ringfence.controller.port;

import java.util.Optional;

/**
 * What this node must not forget: small named documents, and the numbered configurations. A document that was saved is on
 * the disk when the call returns (temporary file, fsync, rename, fsync of the folder) and is read back whole or, when
 * its digest does not match, reported as damaged; never half.
 *
 * <p>Called from one thread.
 */
public interface StableStore {

    /** @throws StoreException when it is not on the disk; the former document still is */
    void save(String name, byte[] document) throws StoreException;

    /**
     * @return empty when it was never saved
     * @throws StoreException when it cannot be read or its digest does not match, now or before, as long as what was found
     *     damaged lies there and nothing was saved since
     */
    Optional<byte[]> load(String name) throws StoreException;

    /** The disk refused; the message says what and why in one line. */
    final class StoreException extends Exception {
        public StoreException(String message) {
            super(message);
        }

        public StoreException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
