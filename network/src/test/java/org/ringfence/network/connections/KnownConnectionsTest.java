package org.ringfence.network.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KnownConnectionsTest {
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("10.0.0.9");
    private static final ConnectionList NONE = ConnectionList.empty(4);

    private final KnownConnections known = new KnownConnections(10);

    @Test
    void aReportTravels() {
        var report = new ConnectionReport(ADDRESS, true, Entries.ports(1, 2, 3), Entries.ports(9));
        assertThat(ConnectionReport.decode(report.encode())).contains(report);
        var six = new ConnectionReport(
                InetAddress.ofLiteral("fd00::9"), false, ConnectionList.empty(16), ConnectionList.empty(16));
        assertThat(ConnectionReport.decode(six.encode())).contains(six);
    }

    @Test
    void whatIsNoReportIsNone() {
        byte[] report = new ConnectionReport(ADDRESS, true, Entries.ports(1, 2), NONE).encode();
        for (int length = 0; length < report.length; length++) {
            assertThat(ConnectionReport.decode(Arrays.copyOf(report, length))).isEmpty();
        }
        assertThat(ConnectionReport.decode(Arrays.copyOf(report, report.length + 1)))
                .isEmpty();
        byte[] later = report.clone();
        later[1] = 2;
        assertThat(ConnectionReport.decode(later)).isEmpty();
        byte[] endless = report.clone();
        endless[8] = 0x7f;
        assertThat(ConnectionReport.decode(endless)).isEmpty();
    }

    @Test
    void changesAddUp() {
        known.heard("n1", new ConnectionReport(ADDRESS, true, Entries.ports(1, 2), NONE));
        known.heard("n1", new ConnectionReport(ADDRESS, false, Entries.ports(3), Entries.ports(1)));
        assertThat(known.of(ADDRESS)).isEqualTo(Entries.ports(2, 3));
    }

    @Test
    void theLastHolderCounts() {
        known.heard("n1", new ConnectionReport(ADDRESS, true, Entries.ports(1, 2), NONE));
        known.heard("n2", new ConnectionReport(ADDRESS, false, Entries.ports(7), NONE));
        assertThat(known.of(ADDRESS)).isEqualTo(Entries.ports(1, 2));
        known.heard("n2", new ConnectionReport(ADDRESS, true, Entries.ports(7), NONE));
        known.heard("n1", new ConnectionReport(ADDRESS, false, Entries.ports(3), NONE));
        assertThat(known.of(ADDRESS)).isEqualTo(Entries.ports(7));
        known.forget(ADDRESS);
        assertThat(known.of(ADDRESS)).isEqualTo(NONE);
    }

    @Test
    void aNodeThatTellsOfTooManyIsNotKeptBeyondTheBound() {
        known.heard("n1", new ConnectionReport(ADDRESS, true, Entries.many(8), NONE));
        known.heard("n1", new ConnectionReport(InetAddress.ofLiteral("10.0.0.8"), true, Entries.many(8), NONE));
        assertThat(known.count()).isEqualTo(10);
        known.heard("n2", new ConnectionReport(InetAddress.ofLiteral("10.0.0.7"), true, Entries.many(8), NONE));
        assertThat(known.count()).isEqualTo(18);
    }
}
