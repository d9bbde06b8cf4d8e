package org.ringfence.linux.ipvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringfence.linux.Attributes;
import org.ringfence.linux.GenericNetlink;

class IpvsTest {

    @Test
    void attributesAreReadAsTheyWereWritten() {
        Attributes inner = Attributes.none()
                .withShort(1, 2)
                .withPort(4, 80)
                .withText(6, "wrr")
                .withInt(8, -1);
        Attributes read =
                Attributes.parse(Attributes.none().withNested(1, inner).bytes()).nested(1);
        assertThat(read.number(1)).isEqualTo(2);
        assertThat(read.port(4)).isEqualTo(80);
        assertThat(read.text(6)).isEqualTo("wrr");
        assertThat(read.number(8)).isEqualTo(0xffff_ffffL);
        assertThat(read.has(9)).isFalse();
        assertThatThrownBy(() -> Attributes.parse(new byte[] {9, 0, 1, 0, 0}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"true,7,224.0.0.81,8848,1", "false,255,ff02::81,65535,255"})
    void aSynchronisationDaemonIsReadAsItWasWritten(boolean backup, int id, String group, int port, int ttl) {
        var sync = new IpvsSync(backup, "eth1", id, InetAddress.ofLiteral(group), port, ttl);
        byte[] written = Ipvs.attributes(sync).bytes();
        assertThat(Ipvs.sync(Attributes.parse(written))).isEqualTo(sync);
    }

    @Test
    void whatAnOldKernelDoesNotSayOfADaemonIsTheDefault() {
        Attributes said = Attributes.none().withInt(1, 2).withText(2, "eth1").withInt(3, 4);
        assertThat(Ipvs.sync(said))
                .isEqualTo(new IpvsSync(true, "eth1", 4, InetAddress.ofLiteral("224.0.0.81"), 8848, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "'',0,224.0.0.81,8848,1",
        "an-interface-too-long,0,224.0.0.81,8848,1",
        "eth1,256,224.0.0.81,8848,1",
        "eth1,0,192.0.2.1,8848,1",
        "eth1,0,224.0.0.81,0,1",
        "eth1,0,224.0.0.81,8848,256",
    })
    void aSynchronisationDaemonThatCannotBeIsRefused(String device, int id, String group, int port, int ttl) {
        assertThatThrownBy(() -> new IpvsSync(false, device, id, InetAddress.ofLiteral(group), port, ttl))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFamilyThatTheKernelDoesNotHaveIsSaidToBeMissing() throws IOException {
        assertThatThrownBy(() -> GenericNetlink.open("NONESUCH", 1)).hasMessageContaining("No such file");
        // This one every kernel has.
        GenericNetlink.open("nlctrl", 2).close();
    }

    @Test
    void theKernelsTableIsChangedAndRead() throws IOException {
        IpvsService.Id id = IpvsService.Id.of(6, InetAddress.ofLiteral("127.77.0.1"), 8077);
        try (Ipvs ipvs = open()) {
            var service = new IpvsService(id, "wrr", IpvsService.PERSISTENT, 60, 24);
            ipvs.add(service);
            try {
                assertThat(ipvs.services()).contains(service);
                var destination = new IpvsDestination(
                        InetAddress.ofLiteral("192.0.2.77"), 80, 0, 5, 9, 2, IpvsDestination.Counts.NONE);
                ipvs.add(id, destination);
                assertThat(ipvs.destinations(id)).containsExactly(destination);
                ipvs.remove(id, destination);
                assertThat(ipvs.destinations(id)).isEmpty();
            } finally {
                ipvs.remove(id);
            }
            assertThat(ipvs.services()).doesNotContain(service);
        }
    }

    private static Ipvs open() {
        try {
            return Ipvs.open();
        } catch (IOException absent) {
            Assumptions.abort("this kernel has no IPVS: " + absent.getMessage());
            throw new IllegalStateException(absent);
        }
    }
}
