package org.ringfence.network.address;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ringfence.linux.PacketSocket;

/**
 * Asks, before an address comes to this host, whether another one has it: by an ARP probe (RFC 5227) or the neighbor solicitation
 * of duplicate address detection (RFC 4862). Both have the asker wait for seconds, because hosts of their time were slow to
 * answer; here a client waits for the address, and hosts answer within a millisecond.
 */
public final class ConflictProbe {
    /** How long each probe is waited for; the second finds a host whose first answer was lost. */
    private static final List<Duration> ANSWER_WITHIN = List.of(Duration.ofMillis(10), Duration.ofMillis(20));

    private ConflictProbe() {}

    /**
     * Waits for at most 30 ms.
     *
     * @param nic the interface that the address will be on; empty for the one in whose network it lies
     * @return the other host, {@code 02:00:00:00:00:01 on eth0}; empty when none answers, when the address is here already, and
     *         when there is no interface that has neighbours
     */
    public static Optional<String> holder(InetAddress address, String nic) throws IOException {
        Optional<NetworkInterface> link = NetworkInterface.getByInetAddress(address) != null
                ? Optional.empty()
                : nic.isEmpty() ? connected(address) : Optional.ofNullable(NetworkInterface.getByName(nic));
        if (link.isEmpty() || link.get().isLoopback() || !link.get().isUp()) {
            return Optional.empty();
        }
        byte[] own = link.get().getHardwareAddress();
        if (own == null || own.length != Announcement.LINK_ADDRESS_BYTES) {
            return Optional.empty();
        }
        boolean ipv4 = address instanceof Inet4Address;
        try (PacketSocket socket = ipv4
                ? PacketSocket.listen(link.get().getIndex(), Claim.ETHERTYPE_ARP, Claim.ANY)
                : PacketSocket.listen(link.get().getIndex(), Claim.ETHERTYPE_IPV6, Claim.ADVERTISEMENTS)) {
            for (Duration within : ANSWER_WITHIN) {
                socket.send(link.get().getIndex(), Announcement.probe(address, own));
                Optional<Claim> claim = answer(socket, address, within);
                if (claim.isPresent()) {
                    return Optional.of(claim.get().link() + " on " + link.get().getName());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Claim> answer(PacketSocket socket, InetAddress address, Duration within)
            throws IOException {
        long end = System.nanoTime() + within.toNanos();
        for (long left = within.toNanos(); left > 0; left = end - System.nanoTime()) {
            Optional<Claim> claim = socket.receive(Duration.ofNanos(left))
                    .flatMap(Claim::of)
                    .filter(said -> said.address().equals(address) && !said.isOurs());
            if (claim.isPresent()) {
                return claim;
            }
        }
        return Optional.empty();
    }

    /** The interface with the smallest network that the address lies in. */
    private static Optional<NetworkInterface> connected(InetAddress address) throws SocketException {
        record Way(NetworkInterface link, int prefix) {}
        try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
            return all.flatMap(link -> link.getInterfaceAddresses().stream()
                            .filter(network -> contains(network, address))
                            .map(network -> new Way(link, network.getNetworkPrefixLength())))
                    .max(Comparator.comparingInt(Way::prefix))
                    .map(Way::link);
        }
    }

    private static boolean contains(InterfaceAddress network, InetAddress address) {
        byte[] inside = network.getAddress().getAddress();
        byte[] asked = address.getAddress();
        if (inside.length != asked.length) {
            return false;
        }
        for (int bit = 0; bit < network.getNetworkPrefixLength(); bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((inside[bit / Byte.SIZE] ^ asked[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
