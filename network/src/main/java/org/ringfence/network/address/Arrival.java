package org.ringfence.network.address;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.ringfence.linux.NewAddresses;

/**
 * An address that is on its way to this host. An agent may be busy for seconds after its address can be used, with asking and
 * telling neighbours by itself; clients need not wait for that. Whoever notices first that it is here says so, and what is to be
 * done then is done once. Safe for use by many threads.
 */
public final class Arrival {
    private static final System.Logger LOG = System.getLogger(Arrival.class.getName());
    /** Nothing waits for a watch to end. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final InetAddress address;
    private final Runnable whenHere;
    private boolean over;

    /** @param whenHere others who know that it is here, or that it will not be, wait until this is done */
    public Arrival(InetAddress address, Runnable whenHere) {
        this.address = address;
        this.whenHere = whenHere;
    }

    /** Looks out for it from now on, on a thread of its own, until this is over. */
    public void watch() {
        try {
            NewAddresses news = NewAddresses.listen();
            Thread.ofPlatform()
                    .daemon()
                    .name("arrival " + address.getHostAddress())
                    .start(() -> watch(news));
        } catch (IOException refused) {
            unnoticed(refused);
        }
    }

    /** It can be used on this host now. */
    public synchronized void here() {
        if (!over) {
            over = true;
            whenHere.run();
        }
    }

    /** It has not come, or nobody knows. */
    public synchronized void calledOff() {
        over = true;
    }

    private synchronized boolean isOver() {
        return over;
    }

    private void watch(NewAddresses news) {
        try (news) {
            while (!isOver()) {
                if (news.await(LOOK).contains(address)) {
                    here();
                }
            }
        } catch (IOException refused) {
            unnoticed(refused);
        }
    }

    private void unnoticed(IOException refused) {
        LOG.log(
                System.Logger.Level.WARNING,
                "the kernel does not say when {0} is here: {1}; clients are told when its agent is done",
                address.getHostAddress(),
                refused.getMessage());
    }
}
