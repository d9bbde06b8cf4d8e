package org.ringfence.network.balance.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.table.Roster;
import org.ringfence.network.balance.table.ServiceTable;
import org.ringfence.network.balance.table.Tables;

class ChooserTest {
    private static final String ID = "tcp 192.0.2.9:80";
    private static final Endpoint A = new Endpoint(InetAddress.ofLiteral("10.0.0.1"), 80);
    private static final Endpoint B = new Endpoint(InetAddress.ofLiteral("10.0.0.2"), 80);
    private static final Endpoint C = new Endpoint(InetAddress.ofLiteral("10.0.0.3"), 80);
    private static final InetAddress CLIENT = client(1);

    private long now = 1_000_000;

    @Test
    void roundRobinHeedsNoWeightsButZero() {
        Chooser chooser = chooser(roster("rr", "5", "1", "0"));
        assertThat(choices(chooser, 5)).isEqualTo("ABABA");
    }

    @Test
    void weightedRoundRobinSpreadsTurnsEvenly() {
        assertThat(choices(chooser(roster("wrr", "3", "1", "1")), 10)).isEqualTo("ABACAABACA");
    }

    @Test
    void leastConnectionChoosesWhoCarriesLeast() {
        Chooser chooser = chooser(roster("lc", "9", "1", "1"));
        assertThat(choices(chooser, 6)).isEqualTo("ABCABC");
        chooser.ended(CLIENT, B, now);
        assertThat(choices(chooser, 2)).isEqualTo("BC");
    }

    @Test
    void weightedLeastConnectionCarriesInProportion() {
        Chooser chooser = chooser(roster("wlc", "4", "2", "1"));
        assertThat(count(choices(chooser, 70))).isEqualTo(Map.of("A", 40, "B", 20, "C", 10));
    }

    @Test
    void sourceHashKeepsEachClientAndMovesOnlyThoseOfAServerThatGoes() {
        Roster roster = roster("sh", "2", "1", "1");
        Chooser chooser = chooser(roster);
        Map<InetAddress, String> first = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            first.put(client(i), choose(chooser, client(i)));
        }
        Map<String, Integer> shares = count(String.join("", first.values()));
        assertThat(shares.get("A")).isCloseTo(2_000, within(150));
        assertThat(shares.get("B")).isCloseTo(1_000, within(150));
        chooser.apply(table(roster.up(ID, B, false)), now);
        first.forEach((client, server) -> {
            String again = choose(chooser, client);
            if (!server.equals("B")) {
                assertThat(again).isEqualTo(server);
            } else {
                assertThat(again).isNotEqualTo("B");
            }
        });
    }

    @Test
    void aPersistentClientComesBackForAsLongAsItIsRemembered() {
        Roster roster = persistent(24);
        Chooser chooser = chooser(roster);
        String first = choose(chooser, InetAddress.ofLiteral("198.51.100.1"));
        for (int i = 2; i < 9; i++) {
            now += 59_000;
            assertThat(choose(chooser, InetAddress.ofLiteral("198.51.100." + i)))
                    .isEqualTo(first);
        }
        assertThat(choose(chooser, InetAddress.ofLiteral("198.51.101.1"))).isNotEqualTo(first);
        now += 61_000;
        assertThat(choices(chooser, 2)).isNotEqualTo(first + first);
    }

    @Test
    void weightZeroKeepsThoseWhoHadIt() {
        Roster roster = persistent(32);
        Chooser chooser = chooser(roster);
        assertThat(choose(chooser, CLIENT)).isEqualTo("A");
        chooser.apply(table(roster.weighed(ID, A, OptionalInt.of(0))), now);
        assertThat(choose(chooser, CLIENT)).isEqualTo("A");
        assertThat(choose(chooser, client(77))).isNotEqualTo("A");
    }

    @Test
    void aDrainedServerGetsNoNewConnectionNotEvenOfThoseWhoHadIt() {
        Roster roster = persistent(32);
        Chooser chooser = chooser(roster);
        assertThat(choose(chooser, CLIENT)).isEqualTo("A");
        chooser.apply(table(roster.drained(ID, A, true)), now);
        assertThat(choices(chooser, 50)).doesNotContain("A");
        chooser.apply(table(roster.up(ID, A, false)), now);
        assertThat(choices(chooser, 50)).doesNotContain("A");
    }

    @Test
    void whoHasJustNotTakenAConnectionIsNotTriedAgain() {
        Chooser chooser = chooser(roster("rr", "1", "1", "1"));
        assertThat(chooser.choose(CLIENT, Set.of(A, C), now))
                .map(server -> server.endpoint())
                .contains(B);
        chooser.refused(B);
        assertThat(chooser.choose(CLIENT, Set.of(A, B, C), now)).isEmpty();
        assertThat(chooser.counts()).contains(new Chooser.Count(B, 0, 0, 1));
    }

    @Test
    void anOverloadedServerRestsUntilItIsBelowTheLowerThreshold() {
        Chooser chooser = chooser(roster("rr", "1 l:2 u:4", "0", "0"));
        assertThat(choices(chooser, 4)).isEqualTo("AAAA");
        assertThat(chooser.choose(CLIENT, Set.of(), now)).isEmpty();
        chooser.ended(CLIENT, A, now);
        chooser.ended(CLIENT, A, now);
        assertThat(chooser.choose(CLIENT, Set.of(), now)).isEmpty();
        chooser.ended(CLIENT, A, now);
        assertThat(choices(chooser, 1)).isEqualTo("A");
    }

    @Test
    void aServerThatReturnsIsNotGivenEverythingAtOnce() {
        Roster roster = roster("lc", "1", "1", "1");
        Chooser chooser = chooser(roster.up(ID, C, false));
        choices(chooser, 200);
        chooser.apply(table(roster), now);
        assertThat(count(choices(chooser, 9)).get("C")).isLessThanOrEqualTo(4);
        now += 5_000;
        assertThat(count(choices(chooser, 100)).get("C")).isBetween(60, 72);
        now += 6_000;
        choices(chooser, 80);
        assertThat(chooser.counts()).extracting(Chooser.Count::active).allMatch(active -> active > 110);
    }

    @Test
    void aServerThatLeftIsForgottenWhenItsLastConnectionHasEnded() {
        Chooser chooser = chooser(roster("rr", "1", "1", "1"));
        assertThat(choices(chooser, 3)).isEqualTo("ABC");
        String fewer = "virtual=192.0.2.9:80\n\treal=10.0.0.1:80 masq\n\tscheduler=rr\n";
        chooser.apply(table(Tables.up(fewer)), now);
        assertThat(choices(chooser, 3)).isEqualTo("AAA");
        assertThat(chooser.counts()).hasSize(3);
        chooser.ended(CLIENT, B, now);
        chooser.ended(CLIENT, C, now);
        assertThat(chooser.counts()).hasSize(1);
    }

    @Test
    void noMoreClientsAreRememberedThanThereIsRoomFor() {
        var memory = new Persistent(Tables.configuration("virtual=1\n\tpersistent=60\n")
                .services()
                .getFirst()
                .persistence()
                .orElseThrow());
        for (int i = 0; i < Persistent.CLIENTS_MAX + 5; i++) {
            memory.remember(client(i), A, now);
        }
        assertThat(memory.size()).isEqualTo(Persistent.CLIENTS_MAX);
        assertThat(memory.server(client(3), now)).isEmpty();
        assertThat(memory.server(client(6), now)).isEqualTo(Optional.of(A));
    }

    private static Roster persistent(int bits) {
        int mask = -1 << (32 - bits);
        return Tables.up("virtual=192.0.2.9:80\n\treal=10.0.0.1:80 masq\n\treal=10.0.0.2:80 masq\n"
                + "\treal=10.0.0.3:80 masq\n\tscheduler=rr\n\tpersistent=60\n\tnetmask=255.255.255." + (mask & 255)
                + "\n");
    }

    private static Roster roster(String scheduler, String a, String b, String c) {
        return Tables.up("virtual=192.0.2.9:80\n\treal=10.0.0.1:80 masq " + a + "\n\treal=10.0.0.2:80 masq " + b
                + "\n\treal=10.0.0.3:80 masq " + c + "\n\tscheduler=" + scheduler + "\n");
    }

    private Chooser chooser(Roster roster) {
        return new Chooser(table(roster), now);
    }

    private static ServiceTable table(Roster roster) {
        return roster.tables().getFirst();
    }

    private String choices(Chooser chooser, int count) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(choose(chooser, CLIENT));
        }
        return String.join("", all);
    }

    private String choose(Chooser chooser, InetAddress client) {
        Endpoint server = chooser.choose(client, Set.of(), now).orElseThrow().endpoint();
        return server.equals(A) ? "A" : server.equals(B) ? "B" : "C";
    }

    private static Map<String, Integer> count(String choices) {
        Map<String, Integer> counts = new HashMap<>();
        choices.chars().forEach(c -> counts.merge(Character.toString(c), 1, Integer::sum));
        return counts;
    }

    private static InetAddress client(int number) {
        return InetAddress.ofLiteral("172." + (16 + (number >> 16)) + "." + (number >> 8 & 255) + "." + (number & 255));
    }
}
