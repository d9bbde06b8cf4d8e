package org.ringfence.controller.selffencing;

/** What the guard is to do with the watchdog now, and why. */
public enum GuardVerdict {
    FEED("all is as it has to be"),
    DAEMON_SILENT("the daemon is silent: it hangs, or has died and left things running"),
    NO_QUORUM("no quorum has answered this node's daemon"),
    DISKS_AND_QUORUM_LOST("too few of the disks can be read, and no quorum has answered this node's daemon");

    private final String text;

    GuardVerdict(String text) {
        this.text = text;
    }

    /** Whether the watchdog is fed; otherwise it is left to starve. */
    public boolean feeds() {
        return this == FEED;
    }

    /** One clause for people. */
    public String text() {
        return text;
    }
}
