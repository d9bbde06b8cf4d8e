package org.ringfence.guard.watchdog;

import java.io.IOException;

/** Ends this host at once. */
public interface Reset {

    /** How it is ended. */
    enum Kind {
        RESET("reset"),
        OFF("off"),
        CRASHDUMP("crashdump");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** Does not return where it works; where it does, the watchdog has to do it. */
    void now(Kind kind) throws IOException;
}
