package org.ringfence.demo.host;

import java.io.IOException;
import java.nio.file.Path;

/** From where on this machine something is reached. */
public sealed interface Network {

    /** Makes the calling platform thread, for good, one that looks out from there. */
    void enter() throws IOException;

    /** A network namespace by its path. */
    record Own(Path namespace) implements Network {
        @Override
        public void enter() throws IOException {
            Kernel.enterNetwork(namespace);
        }
    }

    /** The network that this process lives in anyway. */
    record Machine() implements Network {
        @Override
        public void enter() {}
    }
}
