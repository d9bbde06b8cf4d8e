package org.ringfence.linux.ipvs;

import java.net.InetAddress;

/**
 * A daemon of the kernel that tells other directors of connections, or hears of theirs. A network namespace has at most one of each kind.
 *
 * @param backup        whether it hears
 * @param networkDevice over which; it must be up and have an address
 * @param id            from 0 to 255; only those of one number hear each other
 * @param group         the multicast address that is told, IPv4 or IPv6
 * @param port          UDP, from 1 to 65535
 * @param ttl           how many routers it may pass, from 1 to 255; 1 stays in the network
 */
public record IpvsSync(boolean backup, String networkDevice, int id, InetAddress group, int port, int ttl) {
    /** What the kernel takes where nothing is said: net/netfilter/ipvs/ip_vs_sync.c. */
    public static final InetAddress DEFAULT_GROUP = InetAddress.ofLiteral("224.0.0.81");

    public static final int DEFAULT_PORT = 8848;
    public static final int DEFAULT_TTL = 1;

    /** IFNAMSIZ of the kernel, without the zero at its end. */
    private static final int DEVICE_LENGTH_MAX = 15;

    public IpvsSync {
        if (networkDevice.isEmpty() || networkDevice.length() > DEVICE_LENGTH_MAX) {
            throw new IllegalArgumentException("an interface has a name of 1 to 15 characters: " + networkDevice);
        }
        if (id < 0 || id > 255) {
            throw new IllegalArgumentException("the number is from 0 to 255: " + id);
        }
        if (!group.isMulticastAddress()) {
            throw new IllegalArgumentException("no multicast address: " + group.getHostAddress());
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is from 1 to 65535: " + port);
        }
        if (ttl < 1 || ttl > 255) {
            throw new IllegalArgumentException("the time to live is from 1 to 255: " + ttl);
        }
    }
}
