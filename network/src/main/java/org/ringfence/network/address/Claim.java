package org.ringfence.network.address;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A frame by which a host says that an address is its own: any ARP packet that it sends in the address's name (RFC 5227, section 1.1),
 * or a neighbor advertisement.
 *
 * @param link the host's link address, six pairs of digits
 */
record Claim(InetAddress address, String link) {
    static final short ETHERTYPE_ARP = 0x0806;
    static final short ETHERTYPE_IPV6 = (short) 0x86dd;
    /** Passes every frame, whole. */
    static final long[] ANY = {0x0006_0000_0000_ffffL};
    /** Passes neighbor advertisements: next header 58, and type 136. */
    static final long[] ADVERTISEMENTS = {
        0x0030_0000_0000_0014L,
        0x0015_0003_0000_003aL,
        0x0030_0000_0000_0036L,
        0x0015_0001_0000_0088L,
        0x0006_0000_0000_ffffL,
        0x0006_0000_0000_0000L
    };

    private static final HexFormat PAIRS = HexFormat.ofDelimiter(":");
    private static final int ETHERTYPE = 12;
    private static final int ARP_SENDER = 22;
    private static final int ARP_SENDER_ADDRESS = 28;
    private static final int ARP_END = 42;
    private static final int ADVERTISED = 62;
    private static final int ADVERTISED_OPTIONS = 78;
    private static final byte OPTION_TARGET_LINK_ADDRESS = 2;
    private static final int OPTION_BYTES = 8;
    private static final int ETHERNET_SOURCE = 6;

    /** @return empty for a frame that claims nothing: too short, of another kind, or the question of a host that only probes */
    static Optional<Claim> of(byte[] frame) {
        if (frame.length < ARP_END) {
            return Optional.empty();
        }
        short type = ByteBuffer.wrap(frame).getShort(ETHERTYPE);
        if (type == ETHERTYPE_ARP) {
            return claim(frame, ARP_SENDER_ADDRESS, 4, ARP_SENDER);
        }
        if (type == ETHERTYPE_IPV6 && frame.length >= ADVERTISED_OPTIONS) {
            boolean option = frame.length >= ADVERTISED_OPTIONS + OPTION_BYTES
                    && frame[ADVERTISED_OPTIONS] == OPTION_TARGET_LINK_ADDRESS;
            return claim(frame, ADVERTISED, 16, option ? ADVERTISED_OPTIONS + 2 : ETHERNET_SOURCE);
        }
        return Optional.empty();
    }

    /** Whether one of this host's own interfaces says it: a frame may come back by another way. */
    boolean isOurs() {
        try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
            return all.anyMatch(each -> link.equals(link(each)));
        } catch (SocketException changing) {
            // Rather pass over one frame than accuse this host.
            return true;
        }
    }

    private static String link(NetworkInterface of) {
        try {
            byte[] link = of.getHardwareAddress();
            return link == null ? "" : PAIRS.formatHex(link);
        } catch (SocketException gone) {
            return "";
        }
    }

    private static Optional<Claim> claim(byte[] frame, int address, int bytes, int link) {
        try {
            InetAddress claimed = InetAddress.getByAddress(Arrays.copyOfRange(frame, address, address + bytes));
            return claimed.isAnyLocalAddress()
                    ? Optional.empty()
                    : Optional.of(new Claim(claimed, PAIRS.formatHex(frame, link, link + 6)));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
