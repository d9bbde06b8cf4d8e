package org.ringfence.linux;

import java.io.IOException;
import java.time.Duration;
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
    /** Asked for, and not answered yet. */
    private static final short INCOMPLETE = 1;

    private static final short NDA_DST = 1;
    private static final short NDA_CACHEINFO = 3;
    /** Where struct nda_cacheinfo has the time since the question began, in hundredths of a second. */
    private static final int UPDATED = 8;

    private static final int TICK_MILLIS = 10;

    private final Netlink netlink;

    private Neighbours(Netlink netlink) {
        this.netlink = netlink;
    }

    public static Neighbours open() throws IOException {
        return new Neighbours(Netlink.open(Netlink.ROUTE));
    }

    /**
     * Has the kernel ask again for link addresses, each with the next packet to that host, when it has asked so long ago and has no
     * answer. By itself it asks again after a whole second. Packets that wait for the answer are lost. Takes as long as the kernel
     * needs to list all neighbours.
     *
     * @param ago an answer may be on its way for so long, and is not heard once the question is forgotten; zero when none can be; to 10 ms
     * @return how many questions were forgotten
     * @throws ErrnoException EPERM without CAP_NET_ADMIN
     */
    public int askAgain(Duration ago) throws IOException {
        int forgotten = 0;
        for (byte[] neighbour : netlink.exchange(RTM_GETNEIGH, Netlink.DUMP, message((byte) 0, 0, Attributes.none()))) {
            Attributes attributes = Attributes.parse(Arrays.copyOfRange(neighbour, MESSAGE_BYTES, neighbour.length));
            var head = Netlink.buffer(MESSAGE_BYTES).put(neighbour, 0, MESSAGE_BYTES);
            if (head.getShort(STATE) == INCOMPLETE && askedFor(attributes).compareTo(ago) >= 0) {
                forget(head.get(0), head.getInt(INTERFACE), attributes.bytes(NDA_DST));
                forgotten++;
            }
        }
        return forgotten;
    }

    private static Duration askedFor(Attributes neighbour) {
        byte[] times = neighbour.bytes(NDA_CACHEINFO);
        long ticks =
                Integer.toUnsignedLong(Netlink.buffer(times.length).put(times).getInt(UPDATED));
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }

    private void forget(byte family, int networkInterface, byte[] host) throws IOException {
        try {
            Attributes which = Attributes.none().with(NDA_DST, host);
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
