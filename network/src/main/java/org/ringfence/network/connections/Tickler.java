package org.ringfence.network.connections;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.ringfence.linux.Errno;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.RawIpSocket;

/**
 * Wakes the clients of an address that has come to this node: at once, and a few times more within a second for those whom the
 * first packets did not reach, because the way to them was not known yet or a queue was full. A client that has heard already
 * has no such connection any more, and takes no harm.
 */
public final class Tickler {
    private static final System.Logger LOG = System.getLogger(Tickler.class.getName());

    private static final List<Duration> REPEATED_AFTER =
            List.of(Duration.ofMillis(60), Duration.ofMillis(190), Duration.ofMillis(550));

    /** Room for packets comes back as fast as an interface sends them. */
    private static final Duration NO_ROOM = Duration.ofMillis(1);

    private static final int NO_ROOM_TRIES = 20;

    /**
     * Begins, on a thread of its own.
     *
     * @param clients looked at before each time, since the last holder's last word may come late
     * @param whenDone is given how many clients there were, after the last time
     */
    public void wake(InetAddress address, Supplier<ConnectionList> clients, IntConsumer whenDone) {
        // A platform thread: its calls go to the kernel, thousands in a row.
        Thread.ofPlatform()
                .daemon()
                .name("tickle " + address.getHostAddress())
                .start(() -> run(address, clients, whenDone));
    }

    private static void run(InetAddress address, Supplier<ConnectionList> clients, IntConsumer whenDone) {
        int woken = 0;
        try (RawIpSocket socket = RawIpSocket.open(address)) {
            woken = Math.max(woken, once(socket, address, clients.get()));
            for (Duration pause : REPEATED_AFTER) {
                Thread.sleep(pause);
                woken = Math.max(woken, once(socket, address, clients.get()));
            }
        } catch (IOException refused) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "clients of {0} are not told that their connections are gone: {1}; they find out when they write",
                    address.getHostAddress(),
                    refused.getMessage());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        whenDone.accept(woken);
    }

    /** @return how many packets were sent; a client to whom there is no way is left out */
    private static int once(RawIpSocket socket, InetAddress address, ConnectionList clients)
            throws IOException, InterruptedException {
        List<byte[]> packets = packets(address.getAddress(), clients);
        int passed = 0;
        int sent = 0;
        int tries = 0;
        while (passed < packets.size()) {
            try {
                int taken = socket.send(packets.subList(passed, packets.size()));
                passed += taken;
                sent += taken;
                tries = 0;
            } catch (ErrnoException refused) {
                boolean noRoom = refused.errno() == Errno.EAGAIN || refused.errno() == Errno.ENOBUFS;
                if (noRoom && ++tries < NO_ROOM_TRIES) {
                    Thread.sleep(NO_ROOM);
                } else {
                    LOG.log(System.Logger.Level.DEBUG, "a client cannot be told: {0}", refused.getMessage());
                    passed++;
                    tries = 0;
                }
            }
        }
        return sent;
    }

    private static List<byte[]> packets(byte[] local, ConnectionList clients) {
        List<byte[]> packets = new ArrayList<>(clients.size());
        for (int i = 0; i < clients.size(); i++) {
            packets.add(Tickle.packet(local, clients.localPort(i), clients.remote(i), clients.remotePort(i)));
        }
        return packets;
    }
}
