package org.ringfence.daemon.local;

import org.ringfence.api.Reply;
import org.ringfence.api.Request;

/** Answers what is asked of this node. */
public interface RequestHandler {

    /**
     * Answers one request. It is called on a virtual thread of its own, many at the same time, and may take as long as it takes;
     * meanwhile the caller is told that work goes on. It is interrupted when the caller has gone, or when the server closes.
     *
     * @param before takes replies that come before the outcome: progress, or for a watch one status after the other
     * @throws InterruptedException when interrupted; what was begun may go on
     */
    Reply.Outcome handle(Caller caller, Request request, Replies before) throws InterruptedException;

    /** Where replies before the outcome go. */
    interface Replies {
        /**
         * Sends one, and waits while the caller is slow to take them.
         *
         * @throws InterruptedException when the caller has gone
         */
        void send(Reply reply) throws InterruptedException;
    }
}
