package org.ringfence.network.address;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.ringfence.linux.PacketSocket;

/**
 * Looks after the addresses that this host holds: announces them again when the link to their neighbours is back, when nodes are,
 * and as long as nodes are missing; and notices another host that claims one. Safe for use by many threads; its own end with the
 * process.
 */
public final class AddressWatch {
    private static final System.Logger LOG = System.getLogger(AddressWatch.class.getName());
    private static final Duration LINK_LOOK = Duration.ofMillis(250);
    /** How often neighbours are reminded, in looks at the links: twice a second for ten minutes, then every ten seconds. */
    private static final int REMINDED_EACH = 2;

    private static final int QUICK_LOOKS = 2_400;
    private static final int REMINDED_LATER_EACH = 40;
    /** Nothing waits for a listener to end, so it wakes for claims alone as a rule. */
    private static final Duration LISTEN = Duration.ofMinutes(1);
    /** Between two warnings about the same host, and two answers to it: it may ask for the address as often as it likes. */
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    private final Announcer announcer;
    private final Strangers strangers;
    private final Set<InetAddress> held = ConcurrentHashMap.newKeySet();
    /** Where addresses were found: to look through all interfaces each time would cost much more. */
    private final ConcurrentMap<InetAddress, NetworkInterface> links = new ConcurrentHashMap<>();

    private final Map<Claim, Long> claims = new HashMap<>();
    private volatile boolean nodesMissing;

    /** Who is told of another host that claims an address which this one holds. */
    @FunctionalInterface
    public interface Strangers {
        /** @param link the other's link address, six pairs of digits */
        void claimed(InetAddress address, String link);
    }

    public AddressWatch(Announcer announcer, Strangers strangers) {
        this.announcer = announcer;
        this.strangers = strangers;
    }

    public void start() {
        Thread.ofPlatform().daemon().name("address links").start(this::watchLinks);
        listen("ARP", Claim.ETHERTYPE_ARP, Claim.ANY);
        listen("neighbour", Claim.ETHERTYPE_IPV6, Claim.ADVERTISEMENTS);
    }

    /** The address is here from now on, or still is; where is found out anew, since it may have been moved by hand. */
    public void hold(InetAddress address) {
        held.add(address);
        links.remove(address);
        synchronized (held) {
            held.notifyAll();
        }
    }

    /** It is not, or is about to leave: whoever has it next is no stranger. */
    public void release(InetAddress address) {
        held.remove(address);
    }

    /** Neighbours are back that may have heard something else meanwhile. */
    public void announceAll() {
        held.forEach(announcer::announce);
    }

    /**
     * Whether nodes are missing. What parted them from this one may have parted neighbours as well, and those may be back before
     * any node is; nobody says when. So addresses are announced twice a second until no node is missing, and after ten minutes,
     * when it is rather a node that has died, every ten seconds.
     */
    public void nodesMissing(boolean some) {
        nodesMissing = some;
    }

    /** An address whose interface comes up was cut off, and its neighbours may have forgotten it or been told otherwise. */
    private void watchLinks() {
        Set<InetAddress> cutOff = new HashSet<>();
        try {
            int looks = 0;
            while (true) {
                Thread.sleep(LINK_LOOK);
                awaitHeld();
                looks = nodesMissing ? looks + 1 : 0;
                boolean reminded = looks > 0 && isReminded(looks);
                cutOff.retainAll(held);
                links.keySet().retainAll(held);
                for (InetAddress address : held) {
                    Optional<Boolean> up = isUp(address);
                    if (up.isPresent() && !up.get()) {
                        cutOff.add(address);
                    } else if (up.isPresent() && cutOff.remove(address)) {
                        announcer.announce(address);
                    } else if (up.isPresent() && reminded) {
                        announcer.remind(address);
                    }
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param looks since nodes are missing, counted from 1 */
    static boolean isReminded(int looks) {
        return looks % (looks <= QUICK_LOOKS ? REMINDED_EACH : REMINDED_LATER_EACH) == 0;
    }

    private void awaitHeld() throws InterruptedException {
        synchronized (held) {
            while (held.isEmpty()) {
                held.wait();
            }
        }
    }

    /** Whether it has a link (IFF_RUNNING); empty when it is on no interface. */
    private Optional<Boolean> isUp(InetAddress address) {
        try {
            NetworkInterface link = links.computeIfAbsent(address, AddressWatch::link);
            return link == null ? Optional.empty() : Optional.of(link.isUp());
        } catch (IOException | UncheckedIOException gone) {
            links.remove(address);
            LOG.log(System.Logger.Level.DEBUG, "the link of {0}: {1}", address, gone.getMessage());
            return Optional.empty();
        }
    }

    private static @Nullable NetworkInterface link(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address);
        } catch (SocketException changing) {
            throw new UncheckedIOException(changing);
        }
    }

    private void listen(String what, short etherType, long[] filter) {
        Thread.ofPlatform().daemon().name(what + " claims").start(() -> {
            try (PacketSocket socket = PacketSocket.listen(0, etherType, filter)) {
                while (true) {
                    Optional<Claim> claim = socket.receive(LISTEN).flatMap(Claim::of);
                    if (claim.isPresent()
                            && held.contains(claim.get().address())
                            && !claim.get().isOurs()) {
                        heard(claim.get());
                    }
                }
            } catch (IOException refused) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} messages are not listened to: {1}; another host that claims an address of this one is not"
                                + " noticed",
                        what,
                        refused.getMessage());
            }
        });
    }

    /** Neighbours are told the truth again, as RFC 5227, section 2.4 has it for an address that is not to be given up. */
    private void heard(Claim claim) {
        synchronized (claims) {
            long now = System.nanoTime();
            claims.values().removeIf(when -> now - when > AGAIN_AFTER.toNanos());
            if (claims.putIfAbsent(claim, now) != null || claims.size() > 1_000) {
                return;
            }
        }
        announcer.announce(claim.address());
        strangers.claimed(claim.address(), claim.link());
    }
}
