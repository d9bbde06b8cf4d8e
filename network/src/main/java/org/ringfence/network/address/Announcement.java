package org.ringfence.network.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The frames that tell neighbours which link address an IP address has now, so that those who knew another one use this one
 * from then on.
 */
final class Announcement {
    static final int LINK_ADDRESS_BYTES = 6;

    private static final byte[] BROADCAST = {-1, -1, -1, -1, -1, -1};
    private static final short ETHERTYPE_ARP = 0x0806;
    private static final short ETHERTYPE_IPV6 = (short) 0x86dd;
    private static final int ETHERNET_HEADER_BYTES = 14;

    private static final int ARP_BYTES = 28;
    private static final short ARP_HARDWARE_ETHERNET = 1;
    private static final short ARP_PROTOCOL_IPV4 = 0x0800;
    private static final short ARP_REQUEST = 1;
    private static final short ARP_REPLY = 2;

    /** ff02::1, and the Ethernet group of RFC 2464 that it is sent to. */
    private static final byte[] ALL_NODES = {-1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private static final byte[] ALL_NODES_LINK = {0x33, 0x33, 0, 0, 0, 1};
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int IPV6_VERSION = 6 << 28;
    private static final byte NEXT_HEADER_ICMPV6 = 58;
    /** Neighbours accept only what no router has forwarded. */
    private static final byte HOP_LIMIT = (byte) 255;

    private static final int ADVERTISEMENT_BYTES = 32;
    /** Where its checksum is. */
    private static final int CHECKSUM = 2;

    /** ff02::1:ff00:0, whose last three bytes are the address's own. */
    private static final byte[] SOLICITED_NODE = {-1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, -1, 0, 0, 0};

    private static final int SOLICITED_BYTES = 3;
    private static final int SOLICITATION_BYTES = 24;
    private static final byte NEIGHBOR_SOLICITATION = (byte) 135;
    private static final byte NEIGHBOR_ADVERTISEMENT = (byte) 136;
    private static final int OVERRIDE = 0x20000000;
    private static final byte OPTION_TARGET_LINK_ADDRESS = 2;

    private Announcement() {}

    /**
     * For an IPv4 address a gratuitous ARP request (RFC 5227, section 3) and a reply, since some devices heed only one of them; for
     * an IPv6 address an unsolicited neighbor advertisement that overrides (RFC 4861, section 7.2.6).
     *
     * @param link the interface's link address, 6 bytes
     */
    static List<byte[]> frames(InetAddress address, byte[] link) {
        if (link.length != LINK_ADDRESS_BYTES) {
            throw new IllegalArgumentException("not an Ethernet address: " + link.length + " bytes");
        }
        return switch (address) {
            case Inet4Address ipv4 -> List.of(arp(ARP_REQUEST, ipv4, link), arp(ARP_REPLY, ipv4, link));
            case Inet6Address ipv6 -> List.of(advertisement(ipv6, link));
            default -> throw new IllegalArgumentException("neither IPv4 nor IPv6: " + address);
        };
    }

    /**
     * The question whether another host has the address, which changes nobody's cache: an ARP probe (RFC 5227, section 1.1), or a
     * neighbor solicitation without a source (RFC 4862, section 5.4.2), which the holder answers to all nodes.
     *
     * @param link as for {@link #frames}
     */
    static byte[] probe(InetAddress address, byte[] link) {
        if (address instanceof Inet4Address) {
            byte[] nobody = new byte[LINK_ADDRESS_BYTES];
            return arp(ARP_REQUEST, link, new byte[4], nobody, address.getAddress());
        }
        byte[] target = address.getAddress();
        int last = target.length - SOLICITED_BYTES;
        byte[] group = SOLICITED_NODE.clone();
        System.arraycopy(target, last, group, last, SOLICITED_BYTES);
        byte[] groupLink = {0x33, 0x33, group[12], group[13], group[14], group[15]};
        byte[] message = new byte[SOLICITATION_BYTES];
        ByteBuffer.wrap(message)
                .put(NEIGHBOR_SOLICITATION)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(0)
                .put(target);
        return icmp(groupLink, link, new byte[target.length], group, message);
    }

    private static byte[] arp(short operation, Inet4Address address, byte[] link) {
        byte[] target = operation == ARP_REPLY ? link : new byte[LINK_ADDRESS_BYTES];
        return arp(operation, link, address.getAddress(), target, address.getAddress());
    }

    private static byte[] arp(short operation, byte[] link, byte[] sender, byte[] targetLink, byte[] target) {
        byte[] frame = new byte[ETHERNET_HEADER_BYTES + ARP_BYTES];
        ByteBuffer.wrap(frame)
                .put(BROADCAST)
                .put(link)
                .putShort(ETHERTYPE_ARP)
                .putShort(ARP_HARDWARE_ETHERNET)
                .putShort(ARP_PROTOCOL_IPV4)
                .put((byte) LINK_ADDRESS_BYTES)
                .put((byte) sender.length)
                .putShort(operation)
                .put(link)
                .put(sender)
                .put(targetLink)
                .put(target);
        return frame;
    }

    private static byte[] advertisement(Inet6Address address, byte[] link) {
        byte[] source = address.getAddress();
        byte[] message = new byte[ADVERTISEMENT_BYTES];
        ByteBuffer.wrap(message)
                .put(NEIGHBOR_ADVERTISEMENT)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(OVERRIDE)
                .put(source)
                .put(OPTION_TARGET_LINK_ADDRESS)
                .put((byte) 1)
                .put(link);
        return icmp(ALL_NODES_LINK, link, source, ALL_NODES, message);
    }

    /** @param message with a checksum of 0, which is put right */
    private static byte[] icmp(byte[] toLink, byte[] link, byte[] source, byte[] destination, byte[] message) {
        ByteBuffer.wrap(message).putShort(CHECKSUM, checksum(source, destination, message));
        byte[] frame = new byte[ETHERNET_HEADER_BYTES + IPV6_HEADER_BYTES + message.length];
        ByteBuffer.wrap(frame)
                .put(toLink)
                .put(link)
                .putShort(ETHERTYPE_IPV6)
                .putInt(IPV6_VERSION)
                .putShort((short) message.length)
                .put(NEXT_HEADER_ICMPV6)
                .put(HOP_LIMIT)
                .put(source)
                .put(destination)
                .put(message);
        return frame;
    }

    /** Over the pseudo-header of RFC 8200, section 8.1, and the message, whose own checksum is still 0. */
    private static short checksum(byte[] source, byte[] destination, byte[] message) {
        ByteBuffer summed = ByteBuffer.allocate(2 * source.length + 2 * Integer.BYTES + message.length)
                .put(source)
                .put(destination)
                .putInt(message.length)
                .putInt(NEXT_HEADER_ICMPV6)
                .put(message)
                .flip();
        return Checksum.of(summed);
    }
}
