package org.ringfence.daemon.process;

import java.util.concurrent.CompletableFuture;

/** A program that was started. */
public interface Running {

    /**
     * Completed once, never with an exception; its stages run on the thread that serves all programs, and must return soon.
     * Completed when the program itself has ended, whatever children it leaves; where it was ended, when its whole tree is gone.
     */
    CompletableFuture<Ended> ended();

    /** Ends its whole tree, unless it has ended already. Returns at once. */
    void cancel();

    /** The processes that come from it, for as long as anyone wants to know. */
    ProcessTree tree();
}
