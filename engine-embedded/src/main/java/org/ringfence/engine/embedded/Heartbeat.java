package org.ringfence.engine.embedded;

/**
 * What a node says to one peer ten times a second.
 *
 * @param sender      the sender's {@link HeartbeatCodec#key}
 * @param receiver    the key of whom it is meant for
 * @param incarnation the sender's process
 * @param sequence    grows with each heartbeat of that process; older ones are not believed, whoever repeats them
 * @param association what the sender has with the receiver, 0 when nothing
 * @param received    the last message of that association that the sender took
 * @param hears       whether the sender has heard the receiver in that association
 */
record Heartbeat(
        long sender, long receiver, long incarnation, long sequence, long association, long received, boolean hears) {}
