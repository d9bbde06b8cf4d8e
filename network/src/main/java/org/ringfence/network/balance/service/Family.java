package org.ringfence.network.balance.service;

import java.net.Inet4Address;
import java.net.InetAddress;

/** IPv4 or IPv6. A virtual service and its real servers are of one family. */
public enum Family {
    IPV4(32),
    IPV6(128);

    private final int bits;

    Family(int bits) {
        this.bits = bits;
    }

    public static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /** How many bits an address has. */
    public int bits() {
        return bits;
    }
}
