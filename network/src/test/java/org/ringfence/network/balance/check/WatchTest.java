package org.ringfence.network.balance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ringfence.network.balance.service.Check;
import org.ringfence.network.balance.service.Protocol;
import org.ringfence.network.balance.service.VirtualService;
import org.ringfence.network.balance.table.Tables;

class WatchTest {
    private static final Answer GOOD = new Answer(true, "fine", 1);
    private static final Answer BAD = new Answer(false, "not so", 1);

    private long now = 5_000;

    @Test
    void aServerIsDownUntilItsFirstGoodAnswer() {
        Watch watch = watch("virtual=192.0.2.9:80\n");
        assertThat(watch.up()).isFalse();
        assertThat(watch.dueAt()).isEqualTo(5_000);
        watch = answered(watch, GOOD);
        assertThat(watch.up()).isTrue();
        assertThat(watch.dueAt()).isEqualTo(now + 10_000);
    }

    @Test
    void soManyFailuresInARowTakeItOutAndOneGoodAnswerBringsItBack() {
        Watch watch = answered(watch("failurecount=3\nvirtual=192.0.2.9:80\n"), GOOD);
        watch = answered(answered(watch, BAD), BAD);
        assertThat(watch.up()).isTrue();
        watch = answered(answered(answered(watch, GOOD), BAD), BAD);
        assertThat(watch.up()).isTrue();
        watch = answered(watch, BAD);
        assertThat(watch.up()).isFalse();
        assertThat(watch.failures()).isEqualTo(3);
        assertThat(answered(watch, GOOD).up()).isTrue();
    }

    @Test
    void aCombinedCheckNegotiatesOnceAfterSoManyConnects() {
        Watch watch = watch("virtual=192.0.2.9:80\n\tchecktype=2\n");
        var kinds = new StringBuilder();
        for (int i = 0; i < 7; i++) {
            kinds.append(watch.next().orElseThrow().kind().name().charAt(0));
            watch = answered(watch, GOOD);
        }
        assertThat(kinds).hasToString("NCCNCCN");
    }

    @Test
    void aCombinedCheckDoesNotTrustAConnectAfterAFailure() {
        Watch watch = answered(watch("failurecount=2\nvirtual=192.0.2.9:80\n\tchecktype=5\n"), GOOD);
        watch = answered(watch, BAD);
        assertThat(watch.next().orElseThrow().kind()).isEqualTo(Attempt.Kind.NEGOTIATE);
    }

    @Test
    void timeoutsAndTriesAreThoseOfTheirKind() {
        String times = "checktimeout=2\nnegotiatetimeout=7\ncheckcount=4\nvirtual=192.0.2.9:80\n\tchecktype=";
        assertThat(watch(times + "connect\n").next())
                .contains(new Attempt(Attempt.Kind.CONNECT, Duration.ofSeconds(2), 1));
        assertThat(watch(times + "negotiate\n").next())
                .contains(new Attempt(Attempt.Kind.NEGOTIATE, Duration.ofSeconds(7), 1));
        assertThat(watch(times + "external\n").next())
                .contains(new Attempt(Attempt.Kind.EXTERNAL, Duration.ofSeconds(2), 1));
        assertThat(watch(times + "ping\n").next()).contains(new Attempt(Attempt.Kind.PING, Duration.ofSeconds(2), 4));
        assertThat(watch(times + "connect\n\tprotocol=udp\n")
                        .next()
                        .orElseThrow()
                        .kind())
                .isEqualTo(Attempt.Kind.PING);
    }

    @Test
    void onAndOffAndNothingToSayAskNothing() {
        assertThat(watch("virtual=192.0.2.9:80\n\tchecktype=on\n"))
                .matches(Watch::up)
                .matches(w -> w.next().isEmpty());
        assertThat(watch("virtual=192.0.2.9:80\n\tchecktype=off\n"))
                .matches(w -> !w.up() && w.next().isEmpty());
        assertThat(watch("virtual=192.0.2.9:23\n"))
                .matches(Watch::up)
                .matches(w -> w.next().isEmpty());
    }

    @Test
    void aChangedCheckLeavesTheServerAsItStood() {
        Watch watch = answered(watch("virtual=192.0.2.9:80\n"), GOOD);
        Watch next = watch.with(check("virtual=192.0.2.9:80\n\tchecktype=connect\n"), Protocol.TCP, 77);
        assertThat(next.up()).isTrue();
        assertThat(next.dueAt()).isEqualTo(77);
        assertThat(watch.with(check("virtual=192.0.2.9:80\n\tchecktype=off\n"), Protocol.TCP, 77)
                        .up())
                .isFalse();
    }

    private Watch answered(Watch watch, Answer answer) {
        now += 1_000;
        return watch.answered(watch.next().orElseThrow(), answer, now);
    }

    private Watch watch(String text) {
        VirtualService service = Tables.configuration(text).services().getFirst();
        return Watch.begin(service.check(), service.protocol(), now);
    }

    private static Check check(String text) {
        return Tables.configuration(text).services().getFirst().check();
    }
}
