package org.ringfence.network.balance.director;

/** What a selector tells that a channel is ready; called on the loop's thread. */
interface Ready {
    /** Handles all that is ready. What goes wrong with the channel ends what it belongs to, and is not thrown. */
    void ready();

    /**
     * Called about once a second.
     *
     * @param now milliseconds of the loop's clock
     */
    void tick(long now);

    /** Ends it at once. */
    void close();
}
