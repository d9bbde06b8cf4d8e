package org.ringfence.linux;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells when an interface of this host (of this network namespace) has its link again: rtnetlink(7). Needs no privilege. For one
 * thread at a time.
 */
public final class ReturnedLinks implements AutoCloseable {
    /** RTMGRP_LINK. */
    private static final int LINK_CHANGES = 1;

    private static final short RTM_NEWLINK = 16;
    /** Where struct ifinfomsg has ifi_index and ifi_flags. */
    private static final int INDEX = 4;

    private static final int FLAGS = 8;
    /** The driver has a link. */
    private static final int IFF_LOWER_UP = 0x10000;

    private final Netlink netlink;
    private final Set<Integer> without = new HashSet<>();

    private ReturnedLinks(Netlink netlink) {
        this.netlink = netlink;
    }

    /** Those that come back from now on. */
    public static ReturnedLinks listen() throws IOException {
        return new ReturnedLinks(Netlink.listen(Netlink.ROUTE, LINK_CHANGES));
    }

    /**
     * Waits until the kernel tells something about links, or until the time is over.
     *
     * @return whether one that was lost since this began has returned
     * @throws ErrnoException ENOBUFS when so much happened since the last call that some is not known; what comes later is told
     */
    public boolean await(Duration within) throws IOException {
        boolean returned = false;
        for (byte[] change : netlink.await(within, RTM_NEWLINK)) {
            var message = Netlink.buffer(change.length).put(change);
            int link = message.getInt(INDEX);
            if ((message.getInt(FLAGS) & IFF_LOWER_UP) == 0) {
                without.add(link);
            } else {
                returned |= without.remove(link);
            }
        }
        return returned;
    }

    @Override
    public void close() {
        netlink.close();
    }
}
