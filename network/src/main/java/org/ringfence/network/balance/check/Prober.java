package org.ringfence.network.balance.check;

/** Tries whether a server works. Safe from any thread. */
public interface Prober {

    /** Waits for the answer, for no longer than the attempt allows; a failure is an answer too. */
    Answer probe(Subject subject, Attempt attempt) throws InterruptedException;
}
