package org.ringfence.network.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConnectionListTest {

    @Test
    void eachIsKeptOnceInOrderOfItsBytes() {
        ConnectionList list = Entries.ports(50_000, 7, 7, 300);
        assertThat(IntStream.range(0, list.size()).map(list::remotePort)).containsExactly(7, 300, 50_000);
        assertThat(list.localPort(0)).isEqualTo(80);
        assertThat(list.remote(0)).containsExactly(10, 0, 0, 1);
    }

    @Test
    void partsAreTheWhole() {
        ConnectionList list = Entries.many(25);
        assertThat(list.parts(10)).extracting(ConnectionList::size).containsExactly(10, 10, 5);
        assertThat(list.parts(10).stream().reduce(ConnectionList.empty(4), ConnectionList::plus))
                .isEqualTo(list);
        assertThat(ConnectionList.empty(16).parts(10)).isEmpty();
    }

    @Test
    void sumsAndDifferencesAreThoseOfSets() {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            Set<Integer> one = some(random);
            Set<Integer> other = some(random);
            var both = new TreeSet<>(one);
            both.addAll(other);
            var left = new TreeSet<>(one);
            left.removeAll(other);
            assertThat(list(one).plus(list(other))).isEqualTo(list(both));
            assertThat(list(one).minus(list(other))).isEqualTo(list(left));
        }
    }

    private static Set<Integer> some(Random random) {
        var some = new TreeSet<Integer>();
        random.ints(random.nextInt(12), 1, 20).forEach(some::add);
        return some;
    }

    private static ConnectionList list(Set<Integer> ports) {
        return Entries.ports(ports.stream().mapToInt(Integer::intValue).toArray());
    }
}
