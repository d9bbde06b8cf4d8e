package org.ringfence.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells which addresses come to this host (to this network namespace): rtnetlink(7). One of IPv6 has come when the kernel's
 * duplicate address detection is through with it, and not before: until then nobody can talk to it. Needs no privilege. For one
 * thread at a time.
 */
public final class NewAddresses implements AutoCloseable {
    /** RTMGRP_IPV4_IFADDR and RTMGRP_IPV6_IFADDR. */
    private static final int ADDRESS_CHANGES = 0x10 | 0x100;

    private static final short RTM_NEWADDR = 20;
    /** sizeof(struct ifaddrmsg). */
    private static final int MESSAGE_BYTES = 8;

    private static final short IFA_ADDRESS = 1;
    private static final short IFA_LOCAL = 2;
    private static final short IFA_FLAGS = 8;
    /** Not to be used yet; unless with the next, which says that it is used all the same; and never to be. */
    private static final int TENTATIVE = 0x40;

    private static final int OPTIMISTIC = 0x04;
    private static final int DUPLICATE = 0x08;

    private final Netlink netlink;

    private NewAddresses(Netlink netlink) {
        this.netlink = netlink;
    }

    /** Those that come from now on. */
    public static NewAddresses listen() throws IOException {
        return new NewAddresses(Netlink.listen(Netlink.ROUTE, ADDRESS_CHANGES));
    }

    /**
     * The next that have come; none when there are none within the time. One that was here already may be among them, when
     * something about it has changed.
     *
     * @throws ErrnoException ENOBUFS when so many came since the last call that some are not known; later ones are told again
     */
    public List<InetAddress> await(Duration within) throws IOException {
        List<InetAddress> found = new ArrayList<>();
        for (byte[] address : netlink.await(within, RTM_NEWADDR)) {
            Attributes attributes = Attributes.parse(Arrays.copyOfRange(address, MESSAGE_BYTES, address.length));
            if (canBeUsed(attributes.number(IFA_FLAGS))) {
                // Where an interface has another end, IFA_ADDRESS is the address of that, and IFA_LOCAL this host's.
                found.add(InetAddress.getByAddress(
                        attributes.bytes(attributes.has(IFA_LOCAL) ? IFA_LOCAL : IFA_ADDRESS)));
            }
        }
        return found;
    }

    private static boolean canBeUsed(long flags) {
        return (flags & DUPLICATE) == 0 && ((flags & TENTATIVE) == 0 || (flags & OPTIMISTIC) != 0);
    }

    @Override
    public void close() {
        netlink.close();
    }
}
