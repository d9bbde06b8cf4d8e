package org.ringfence.network.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringfence.network.address.OwnNetwork.ip;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ringfence.linux.PacketSocket;

class AddressWatchTest {
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("10.1.2.3");
    /** Longer than three looks at the links. */
    private static final Duration NOTICED = Duration.ofMillis(800);

    @Test
    void anAddressThatWasMovedByHandIsWatchedWhereItIsNow() throws Exception {
        OwnNetwork.with(() -> {
            cable("one", "one-peer", "10.9.1.1/24");
            cable("two", "two-peer", "10.9.2.1/24");
            ip("address", "add", "10.1.2.3/24", "dev", "one");
            AddressWatch watch = new AddressWatch(new Announcer(), (address, link) -> {});
            watch.hold(ADDRESS);
            watch.start();
            Thread.sleep(NOTICED);
            ip("address", "delete", "10.1.2.3/24", "dev", "one");
            ip("address", "add", "10.1.2.3/24", "dev", "two");
            // As a monitor has it.
            watch.hold(ADDRESS);
            assertAnnouncedWhenTheLinkIsBack("two-peer");
        });
    }

    @Test
    void asLongAsNodesAreMissingNeighboursAreReminded() throws Exception {
        OwnNetwork.with(() -> {
            cable("one", "one-peer", "10.9.1.1/24");
            ip("address", "add", "10.1.2.3/24", "dev", "one");
            AddressWatch watch = new AddressWatch(new Announcer(), (address, link) -> {});
            watch.hold(ADDRESS);
            watch.start();
            int index = NetworkInterface.getByName("one-peer").getIndex();
            try (PacketSocket socket = PacketSocket.listen(index, Claim.ETHERTYPE_ARP, Claim.ANY)) {
                assertThat(socket.receive(Duration.ofSeconds(1))).isEmpty();
                watch.nodesMissing(true);
                // A request and a reply each time; none of them is repeated by itself.
                for (int i = 0; i < 10; i++) {
                    assertThat(socket.receive(Duration.ofSeconds(5))
                                    .flatMap(Claim::of)
                                    .map(Claim::address))
                            .contains(ADDRESS);
                }
                watch.nodesMissing(false);
                while (socket.receive(Duration.ofSeconds(1)).isPresent()) {}
            }
        });
    }

    /** @param otherAddress for the other end, since the JDK does not know an interface without */
    private static void cable(String end, String otherEnd, String otherAddress) throws Exception {
        ip("link", "add", end, "type", "veth", "peer", "name", otherEnd);
        ip("link", "set", end, "up");
        ip("link", "set", otherEnd, "up");
        ip("address", "add", otherAddress, "dev", otherEnd);
    }

    private static void assertAnnouncedWhenTheLinkIsBack(String neighbour) throws Exception {
        Thread.sleep(NOTICED);
        ip("link", "set", neighbour, "down");
        Thread.sleep(NOTICED);
        ip("link", "set", neighbour, "up");
        int index = NetworkInterface.getByName(neighbour).getIndex();
        try (PacketSocket socket = PacketSocket.listen(index, Claim.ETHERTYPE_ARP, Claim.ANY)) {
            assertThat(socket.receive(Duration.ofSeconds(5)).flatMap(Claim::of).map(Claim::address))
                    .as("what was announced to " + neighbour)
                    .contains(ADDRESS);
        }
    }

    @Test
    void neighboursAreRemindedQuicklyAtFirstAndThenNowAndThen() {
        int quick = 10 * 60 * 4;
        assertThat(IntStream.rangeClosed(1, quick).filter(AddressWatch::isReminded))
                .hasSize(10 * 60 * 2);
        assertThat(IntStream.range(quick + 1, quick + 1 + 60 * 4).filter(AddressWatch::isReminded))
                .hasSize(6);
    }
}
