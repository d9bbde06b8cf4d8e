package org.ringfence.network.balance.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.ringfence.network.balance.service.Endpoint;

class RosterTest {
    private static final String TWO =
            "virtual=192.0.2.9:80\n\treal=10.0.0.1:80 masq 3\n\treal=10.0.0.2:80 masq\n\tfallback=127.0.0.1:80\n";
    private static final String ID = "tcp 192.0.2.9:80";
    private static final Endpoint ONE = new Endpoint(InetAddress.ofLiteral("10.0.0.1"), 80);
    private static final Endpoint OTHER = new Endpoint(InetAddress.ofLiteral("10.0.0.2"), 80);

    @Test
    void aServerIsDownUntilACheckHasSaidOtherwise() {
        Roster roster = Roster.of(Tables.configuration(TWO));
        assertThat(seats(roster)).containsExactly("10.0.0.1:80 GONE 0", "10.0.0.2:80 GONE 0");
        assertThat(seats(roster.up(ID, ONE, false).up(ID, OTHER, false)))
                .containsExactly("10.0.0.1:80 GONE 0", "10.0.0.2:80 GONE 0", "127.0.0.1:80 SERVING 1");
        assertThat(seats(roster.up(ID, OTHER, true))).containsExactly("10.0.0.1:80 GONE 0", "10.0.0.2:80 SERVING 1");
    }

    @Test
    void aQuiescentServerRestsWhenItIsDown() {
        Roster roster = Tables.up("quiescent=yes\n" + TWO).up(ID, ONE, false);
        assertThat(seats(roster)).containsExactly("10.0.0.1:80 RESTING 0", "10.0.0.2:80 SERVING 1");
    }

    @Test
    void theFallbackStandsInWhenTheLastServerIsDrained() {
        Roster roster = Tables.up(TWO).drained(ID, ONE, true).drained(ID, OTHER, true);
        assertThat(seats(roster))
                .containsExactly("10.0.0.1:80 DRAINED 0", "10.0.0.2:80 DRAINED 0", "127.0.0.1:80 SERVING 1");
    }

    @Test
    void aFallbackThatIsOneOfTheServersHasOneSeatAndNoneWhileItIsDrained() {
        Roster roster = Tables.up(TWO.replace("127.0.0.1", "10.0.0.2"));
        Roster down = roster.up(ID, ONE, false).up(ID, OTHER, false);
        assertThat(seats(down)).containsExactly("10.0.0.1:80 GONE 0", "10.0.0.2:80 SERVING 1");
        assertThat(seats(down.drained(ID, OTHER, true))).containsExactly("10.0.0.1:80 GONE 0", "10.0.0.2:80 GONE 0");
    }

    @Test
    void aServiceWhoseChecksAreOffHasNoFallback() {
        Roster roster = Roster.of(Tables.configuration(TWO + "\tchecktype=off\n"))
                .up(ID, ONE, false)
                .up(ID, OTHER, false);
        assertThat(seats(roster)).doesNotContain("127.0.0.1:80 SERVING 1");
    }

    @Test
    void aTableIsPendingUntilSomebodyServesOrNobodyCan() {
        Roster roster = Roster.of(Tables.configuration(TWO));
        assertThat(isPending(roster)).isTrue();
        assertThat(isPending(roster.up(ID, ONE, true))).isFalse();
        assertThat(isPending(roster.up(ID, ONE, false))).isTrue();
        assertThat(isPending(roster.up(ID, ONE, false).up(ID, OTHER, false))).isFalse();
    }

    @Test
    void aServiceWhoseChecksAreOffIsNotPending() {
        assertThat(isPending(Roster.of(Tables.configuration(TWO + "\tchecktype=off\n"))))
                .isFalse();
    }

    @Test
    void theAdministratorsWeightStandsUntilItIsTakenBack() {
        Roster roster = Tables.up(TWO).weighed(ID, ONE, OptionalInt.of(0));
        assertThat(seats(roster)).contains("10.0.0.1:80 SERVING 0");
        assertThat(seats(roster.weighed(ID, ONE, OptionalInt.empty()))).contains("10.0.0.1:80 SERVING 3");
    }

    @Test
    void whatIsKnownOfServersOutlivesAChangeOfTheConfiguration() {
        Roster roster = Tables.up(TWO).drained(ID, ONE, true);
        Roster next = roster.with(Tables.configuration(TWO.replace("masq 3", "masq 9") + "\treal=10.0.0.3:80 masq\n"));
        assertThat(seats(next)).containsExactly("10.0.0.1:80 DRAINED 0", "10.0.0.2:80 SERVING 1", "10.0.0.3:80 GONE 0");
        assertThat(seats(next.drained(ID, ONE, false))).contains("10.0.0.1:80 SERVING 9");
    }

    @Test
    void whatIsNotKnownChangesNothing() {
        Roster roster = Tables.up(TWO);
        assertThat(roster.up("tcp 1.2.3.4:5", ONE, false)).isSameAs(roster);
    }

    private static boolean isPending(Roster roster) {
        return roster.tables().getFirst().pending();
    }

    private static List<String> seats(Roster roster) {
        return roster.tables().getFirst().seats().stream()
                .map(seat -> seat.server().endpoint() + " " + seat.state() + " " + seat.weight())
                .toList();
    }
}
