package org.ringfence.daemon;

import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.ringfence.daemon.node.Node;
import org.ringfence.engine.embedded.Host;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.Neighbours;
import org.ringfence.linux.ThreadScheduling;

/** What this host does for its engine. */
final class EngineHost implements Host {
    private static final System.Logger LOG = System.getLogger(EngineHost.class.getName());

    /** Above ordinary work, below the kernel's own threads. */
    private static final int REAL_TIME_PRIORITY = 10;

    /** The pulse's thread's. */
    private @Nullable Neighbours neighbours;

    /**
     * Heartbeats must go out on a busy host too; where that class is not allowed, the ordinary one has to do. A node whose pulse has
     * broken hears nobody and answers nobody, and must not look like one that could.
     */
    @Override
    public void pulseBegins() {
        Thread.currentThread().setUncaughtExceptionHandler((_, broken) -> Node.end("the pulse has broken", broken));
        try {
            ThreadScheduling.realTime(REAL_TIME_PRIORITY);
        } catch (ErrnoException refused) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "heartbeats run in the ordinary scheduling class: {0}",
                    refused.getMessage());
        }
        try {
            neighbours = Neighbours.open();
            // The first call of it takes long, and is not to be the one that counts.
            neighbours.askAgain(InetAddress.getLoopbackAddress());
        } catch (IOException refused) {
            askNoMore(refused);
        }
    }

    /** A host whose link was out for a moment asks for its peers in vain, and would take a second to ask again. */
    @Override
    public void probing(InetAddress peer) {
        if (neighbours != null) {
            try {
                neighbours.askAgain(peer);
            } catch (IOException refused) {
                askNoMore(refused);
            }
        }
    }

    private void askNoMore(IOException refused) {
        if (neighbours != null) {
            neighbours.close();
            neighbours = null;
        }
        LOG.log(
                System.Logger.Level.INFO,
                "after a lost link peers are asked for their link addresses when the kernel does, once a second: {0}",
                refused.getMessage());
    }
}
