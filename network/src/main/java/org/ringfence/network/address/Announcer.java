package org.ringfence.network.address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ringfence.linux.PacketSocket;

/**
 * Tells the neighbours of this host that an address is here now: at once, and a few times more for those who missed it, as
 * long as it stays here. Safe from any thread.
 */
public final class Announcer {
    private static final System.Logger LOG = System.getLogger(Announcer.class.getName());

    /** A frame may be lost while a switch still learns; Linux neighbours heed no more than one a second (locktime of arp(7)). */
    private static final List<Duration> REPEATED_AFTER =
            List.of(Duration.ofMillis(200), Duration.ofMillis(1000), Duration.ofMillis(2000));

    /**
     * Announces an address that one of this host's interfaces has; an address that none has, or that is on an interface
     * without neighbours, needs nothing. The first announcement has been sent when this returns; a failure is logged, because
     * the address works without it as soon as neighbours ask anew.
     */
    public void announce(InetAddress address) {
        if (announceOnce(address)) {
            Thread.ofVirtual().name("announce " + address.getHostAddress()).start(() -> repeat(address));
        }
    }

    /** Announces it once more, where it may be that nobody heard; that it cannot be sent has been said by {@link #announce}. */
    public void remind(InetAddress address) {
        try {
            send(address);
        } catch (IOException refused) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", address.getHostAddress(), refused.getMessage());
        }
    }

    private static void repeat(InetAddress address) {
        try {
            for (Duration pause : REPEATED_AFTER) {
                Thread.sleep(pause);
                if (!announceOnce(address)) {
                    return;
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether it may be announced again */
    private static boolean announceOnce(InetAddress address) {
        try {
            return send(address);
        } catch (IOException refused) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "neighbours are not told that {0} is here now: {1}; those who talked to another host may need half"
                            + " a minute to find out",
                    address.getHostAddress(),
                    refused.getMessage());
            return false;
        }
    }

    /** @return whether this host has it, on an interface with neighbours */
    private static boolean send(InetAddress address) throws IOException {
        Optional<NetworkInterface> holder = Optional.ofNullable(NetworkInterface.getByInetAddress(address));
        if (holder.isEmpty() || holder.get().isLoopback()) {
            return false;
        }
        byte[] link = holder.get().getHardwareAddress();
        if (link == null || link.length != Announcement.LINK_ADDRESS_BYTES) {
            return false;
        }
        try (PacketSocket socket = PacketSocket.open()) {
            for (byte[] frame : Announcement.frames(address, link)) {
                socket.send(holder.get().getIndex(), frame);
            }
        }
        return true;
    }
}
