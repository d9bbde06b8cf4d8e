package org.ringfence.network.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringfence.network.address.OwnNetwork.ip;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ArrivalTest {
    private static final InetAddress IPV4 = InetAddress.ofLiteral("10.1.2.3");
    private static final InetAddress IPV6 = InetAddress.ofLiteral("fd00::9");

    private final AtomicInteger told = new AtomicInteger();
    private final CountDownLatch here = new CountDownLatch(1);

    @Test
    void isToldOnce() {
        Arrival arrival = arrival(IPV4);
        arrival.here();
        arrival.here();
        assertThat(told).hasValue(1);
    }

    @Test
    void isNotToldOnceItIsCalledOff() {
        Arrival arrival = arrival(IPV4);
        arrival.calledOff();
        arrival.here();
        assertThat(told).hasValue(0);
    }

    @Test
    void isNoticedWhenTheKernelHasTheAddress() throws Exception {
        OwnNetwork.with(() -> {
            arrival(IPV4).watch();
            ip("address", "add", "10.1.2.4/24", "dev", "lo");
            assertThat(here.await(300, TimeUnit.MILLISECONDS)).isFalse();
            ip("address", "add", "10.1.2.3/24", "dev", "lo");
            assertThat(here.await(10, TimeUnit.SECONDS)).isTrue();
        });
    }

    @Test
    void isNotNoticedWhileTheKernelStillAsksForDuplicates() throws Exception {
        OwnNetwork.with(() -> {
            ip("link", "add", "v0", "type", "veth", "peer", "name", "v1");
            Files.writeString(Path.of("/proc/sys/net/ipv6/conf/v0/dad_transmits"), "2");
            ip("link", "set", "v1", "up");
            ip("link", "set", "v0", "up");
            arrival(IPV6).watch();
            ip("address", "add", "fd00::9/64", "dev", "v0");
            // It asks for two seconds at least.
            assertThat(here.await(500, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(here.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(told).hasValue(1);
        });
    }

    private Arrival arrival(InetAddress address) {
        return new Arrival(address, () -> {
            told.incrementAndGet();
            here.countDown();
        });
    }
}
