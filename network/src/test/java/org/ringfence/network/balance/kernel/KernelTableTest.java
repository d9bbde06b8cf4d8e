package org.ringfence.network.balance.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ringfence.linux.ipvs.IpvsDestination;
import org.ringfence.linux.ipvs.IpvsService;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.table.Roster;
import org.ringfence.network.balance.table.Tables;

class KernelTableTest {

    @Test
    void aServiceIsSaidInTheKernelsWords() {
        KernelTable.Wanted wanted = only(Tables.up("""
            virtual=192.0.2.9:80
                real=10.0.0.1:8080 masq 3 l:2 u:9
                real=10.0.0.2 gate
                real=10.0.0.3:80 ipip
                scheduler=sh
                schedflags=sh-port,sh-fallback
                persistent=60
                netmask=255.255.255.0
            """));
        InetAddress address = InetAddress.ofLiteral("192.0.2.9");
        assertThat(wanted.service())
                .isEqualTo(new IpvsService(IpvsService.Id.of(6, address, 80), "sh", 1 | 8 | 16, 60, 24));
        assertThat(wanted.destinations())
                .containsExactly(
                        new IpvsDestination(host(1), 8080, 0, 3, 9, 2, IpvsDestination.Counts.NONE),
                        new IpvsDestination(host(2), 80, 3, 1, 0, 0, IpvsDestination.Counts.NONE),
                        new IpvsDestination(host(3), 80, 2, 1, 0, 0, IpvsDestination.Counts.NONE));
    }

    @Test
    void marksAndDatagramsAreServicesToo() {
        assertThat(KernelTable.of(Tables.up("virtual=7\n\treal=10.0.0.1 gate\nvirtual6=8\n")
                                .tables())
                        .keySet())
                .containsExactly(IpvsService.Id.ofMark(7, false), IpvsService.Id.ofMark(8, true));
        KernelTable.Wanted dns = only(Tables.up("virtual=192.0.2.9:53\n\treal=10.0.0.1 gate\n\tops=yes\n"));
        assertThat(dns.service().id().protocol()).isEqualTo(17);
        assertThat(dns.service().flags()).isEqualTo(IpvsService.ONE_PACKET);
    }

    @Test
    void aServerThatIsGoneIsNotThereAndOneThatRestsWeighsNothing() {
        String text = "virtual=192.0.2.9:80\n\treal=10.0.0.1:80 masq 3\n\treal=10.0.0.2:80 masq\n";
        var one = new Endpoint(host(1), 80);
        for (Map.Entry<String, List<Integer>> each : Map.of(
                        "quiescent=no\n", List.of(1), "quiescent=yes\n", List.of(0, 1))
                .entrySet()) {
            Roster roster = Tables.up(each.getKey() + text).up("tcp 192.0.2.9:80", one, false);
            assertThat(only(roster).destinations())
                    .extracting(IpvsDestination::weight)
                    .isEqualTo(each.getValue());
        }
    }

    private static KernelTable.Wanted only(Roster roster) {
        return KernelTable.of(roster.tables()).firstEntry().getValue();
    }

    private static InetAddress host(int number) {
        return InetAddress.ofLiteral("10.0.0." + number);
    }
}
