package org.ringfence.network.balance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringfence.linux.ipvs.IpvsSync;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.network.balance.process.Synchronisation.Change;

class SynchronisationTest {
    private static final IpvsSync MASTER = sync(false, 0);
    private static final IpvsSync BACKUP = sync(true, 0);

    @Test
    void bothDaemonsAreWantedWithTheKernelsDefaults() throws UnusableInputException {
        Arguments arguments = Arguments.parse(List.of("--interface", "eth1"), Set.of(), Set.of("--interface"));
        assertThat(Synchronisation.wanted(arguments)).containsExactly(MASTER, BACKUP);
    }

    @Test
    void whatRunsAsWantedIsLeftAlone() {
        assertThat(Change.of(List.of(BACKUP, MASTER), List.of(MASTER, BACKUP)))
                .isEqualTo(new Change(List.of(), List.of()));
        assertThat(Change.of(List.of(BACKUP), List.of(MASTER, BACKUP)))
                .isEqualTo(new Change(List.of(), List.of(MASTER)));
    }

    @Test
    void whatRunsWithOtherSettingsEndsBeforeItsSuccessorBegins() {
        IpvsSync other = sync(false, 9);
        assertThat(Change.of(List.of(other, BACKUP), List.of(MASTER, BACKUP)))
                .isEqualTo(new Change(List.of(other), List.of(MASTER)));
    }

    @ParameterizedTest
    @CsvSource({
        "'',needs a word after it",
        "begin,is not understood",
        "start,--interface: is missing",
        "start --interface eth1 --id 256,from 0 to 255: 256",
        "start --interface eth1 --port http,--port http: is no number",
        "start --interface eth1 --group 192.0.2.1,no multicast address: 192.0.2.1",
        "start --interface eth1 --group all.hosts.example,all.hosts.example",
        "stop eth1,eth1: is not understood",
        "status --jsn,--jsn: is not understood",
    })
    void whatCannotBeIsRefusedBeforeTheKernelIsAsked(String words, String reason) {
        List<String> all = words.isEmpty() ? List.of() : List.of(words.split(" "));
        assertThatThrownBy(() -> new Synchronisation(new PrintStream(OutputStream.nullOutputStream())).carryOut(all))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining(reason);
    }

    private static IpvsSync sync(boolean backup, int id) {
        return new IpvsSync(backup, "eth1", id, InetAddress.ofLiteral("224.0.0.81"), 8848, 1);
    }
}
