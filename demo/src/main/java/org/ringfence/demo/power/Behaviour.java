package org.ringfence.demo.power;

import java.time.Duration;

/** How the switch treats what it is asked for, so that tests can see a cluster through bad days of its fence device. */
public sealed interface Behaviour {

    /** Does it at once. */
    record Works() implements Behaviour {}

    /** Does nothing and says that it failed. */
    record Fails() implements Behaviour {}

    /** Does nothing and never answers. */
    record Hangs() implements Behaviour {}

    /** Waits, then does it. */
    record Slow(Duration delay) implements Behaviour {}

    /** Does it at once and answers late. */
    record AnswersLate(Duration delay) implements Behaviour {}

    /** Does nothing and says that it is done. */
    record Lies() implements Behaviour {}
}
