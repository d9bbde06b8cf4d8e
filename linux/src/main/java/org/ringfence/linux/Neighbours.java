package org.ringfence.linux;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * The kernel's questions for the link addresses of hosts on the same network: rtnetlink(7), ip-neighbour(8). For one thread at a
 * time.
 */
public final class Neighbours implements AutoCloseable {
    private static final short RTM_DELNEIGH = 29;
    private static final short RTM_GETNEIGH = 30;
    /** sizeof(struct ndmsg), and where its ndm_ifindex and ndm_state are. */
    private static final int MESSAGE_BYTES = 12;

    private static final int INTERFACE = 4;
    private static final int STATE = 8;
    private static final byte AF_INET = 2;
    private static final byte AF_INET6 = 10;
    /** Asked for, and not answered yet. */
    private static final short INCOMPLETE = 1;

    private static final short NDA_DST = 1;
    private static final short NDA_CACHEINFO = 3;
    /** Where struct nda_cacheinfo has the time since the question began, in hundredths of a second. */
    private static final int UPDATED = 8;
    /** An answer may be on its way for so long, 200 ms: who forgets the question does not hear it. */
    private static final int PATIENCE = 20;

    private final Netlink netlink;

    private Neighbours(Netlink netlink) {
        this.netlink = netlink;
    }

    public static Neighbours open() throws IOException {
        return new Neighbours(Netlink.open(Netlink.ROUTE));
    }

    /**
     * Has the kernel ask again for a host's link address with the next packet to it, when it has asked 200 ms ago or longer and has no
     * answer. By itself it does so after a whole second, and a question that went out while the own link was down is lost. Packets
     * that wait for the answer are lost as well. Takes as long as the kernel needs to list all neighbours.
     *
     * @return whether it had asked in vain
     * @throws ErrnoException EPERM without CAP_NET_ADMIN
     */
    public boolean askAgain(InetAddress host) throws IOException {
        byte family = host instanceof Inet4Address ? AF_INET : AF_INET6;
        boolean inVain = false;
        for (byte[] neighbour : netlink.exchange(RTM_GETNEIGH, Netlink.DUMP, message(family, 0, Attributes.none()))) {
            Attributes attributes = Attributes.parse(Arrays.copyOfRange(neighbour, MESSAGE_BYTES, neighbour.length));
            var head = Netlink.buffer(MESSAGE_BYTES).put(neighbour, 0, MESSAGE_BYTES);
            if (head.getShort(STATE) == INCOMPLETE
                    && Arrays.equals(attributes.bytes(NDA_DST), host.getAddress())
                    && askedFor(attributes) >= PATIENCE) {
                forget(family, head.getInt(INTERFACE), host);
                inVain = true;
            }
        }
        return inVain;
    }

    private static int askedFor(Attributes neighbour) {
        byte[] times = neighbour.bytes(NDA_CACHEINFO);
        return Netlink.buffer(times.length).put(times).getInt(UPDATED);
    }

    private void forget(byte family, int networkInterface, InetAddress host) throws IOException {
        try {
            Attributes which = Attributes.none().with(NDA_DST, host.getAddress());
            netlink.exchange(RTM_DELNEIGH, Netlink.ACKNOWLEDGED, message(family, networkInterface, which));
        } catch (ErrnoException refused) {
            if (refused.errno() != Errno.ENOENT) { // it is gone already
                throw refused;
            }
        }
    }

    private static byte[] message(byte family, int networkInterface, Attributes attributes) {
        byte[] after = attributes.bytes();
        return Netlink.buffer(MESSAGE_BYTES + after.length)
                .put(family)
                .putInt(INTERFACE, networkInterface)
                .put(MESSAGE_BYTES, after)
                .array();
    }

    @Override
    public void close() {
        netlink.close();
    }
}
