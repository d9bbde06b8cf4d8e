package org.ringfence.engine.embedded.detector;

/** What is to be done about a peer. */
public enum Verdict {
    /** Nothing now. */
    NOTHING,
    /** Its host is to be probed: a TCP connection to the daemon's port. */
    PROBE,
    /** It is to be reported as slow: its host answers, its daemon does not. */
    SLOW,
    /** It is to be reported as no longer slow. */
    RECOVERED,
    /** Final: its host answers, its daemon's port is closed. */
    ENDED,
    /** Final: its host answers, its daemon has been silent for longer than being slow explains. */
    HUNG,
    /** Final: neither daemon nor host answers. */
    GONE;

    /** Whether the watch ends with it. */
    public boolean isFinal() {
        return compareTo(ENDED) >= 0;
    }
}
