package org.ringfence.network.address;

import java.io.IOException;
import java.time.Duration;
import org.ringfence.linux.Errno;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.Neighbours;
import org.ringfence.linux.ReturnedLinks;

/**
 * A host whose link was lost for a moment has forgotten its neighbours' link addresses, has asked for them in vain, and would take
 * up to a second to ask again; heartbeats wait for the answer, and to its peers a host that sends nothing for a second is dead. So it is made to
 * ask as soon as the link is back, and for a while after that, since a switch may take its time to let packets through. Its thread
 * ends with the process.
 */
public final class LinkWatch {
    private static final System.Logger LOG = System.getLogger(LinkWatch.class.getName());
    private static final Duration FOREVER = Duration.ofDays(1);
    /** After a link has returned questions are repeated for so many rounds, when none was answered within one. */
    private static final int ROUNDS = 25;

    private static final Duration ROUND = Duration.ofMillis(200);

    private LinkWatch() {}

    /** Begins; where the kernel does not allow it, the log says so and all stays as the kernel does it. */
    public static void start() {
        Thread.ofPlatform().daemon().name("links").start(() -> {
            try (ReturnedLinks links = ReturnedLinks.listen();
                    Neighbours neighbours = Neighbours.open()) {
                watch(links, neighbours);
            } catch (IOException refused) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "after a lost link neighbours are asked for only once a second: {0}",
                        refused.getMessage());
            }
        });
    }

    private static void watch(ReturnedLinks links, Neighbours neighbours) throws IOException {
        int rounds = 0;
        while (true) {
            if (returned(links, rounds > 0 ? ROUND : FOREVER)) {
                // Whatever was asked while the link was away is lost.
                neighbours.askAgain(Duration.ZERO);
                rounds = ROUNDS;
            } else if (rounds > 0) {
                neighbours.askAgain(ROUND);
                rounds--;
            }
        }
    }

    private static boolean returned(ReturnedLinks links, Duration within) throws IOException {
        try {
            return links.await(within);
        } catch (ErrnoException flooded) {
            if (flooded.errno() == Errno.ENOBUFS) {
                return true;
            }
            throw flooded;
        }
    }
}
