package org.ringfence.engine.embedded.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One peer's story after another, told in milliseconds. */
class WatchTest {
    private static final Patience PATIENCE = Patience.of(
            Duration.ofMillis(400), Duration.ofMillis(100), Duration.ofMillis(900), Duration.ofSeconds(10), 3);

    /** A watch and what it has said so far; probes are answered as the test says. */
    private static final class Story {
        private Watch watch = Watch.begin(PATIENCE, 0);
        private final List<String> said = new ArrayList<>();
        private long now;
        private Host host = Host.SILENT;
        private boolean over;

        /** How the peer's host behaves when it is probed. */
        enum Host {
            ANSWERS,
            REFUSES,
            SILENT
        }

        /** Lets time go by, in rounds of 5 ms; an unanswered probe counts after 150 ms. */
        Story until(long millis) {
            List<Long> unanswered = new ArrayList<>();
            while (!over && now < millis) {
                now += 5;
                long due = now;
                if (unanswered.removeIf(at -> at <= due)) {
                    watch = watch.probeUnanswered();
                }
                for (Verdict verdict = judge(); verdict != Verdict.NOTHING; verdict = judge()) {
                    if (verdict == Verdict.PROBE) {
                        switch (host) {
                            case ANSWERS -> watch = watch.probeAnswered(nanos());
                            case REFUSES -> watch = watch.probeRefused(nanos());
                            case SILENT -> unanswered.add(now + 150);
                        }
                    } else {
                        said.add(now + " " + verdict);
                        over = verdict.isFinal();
                    }
                    if (over) {
                        break;
                    }
                }
            }
            return this;
        }

        Story host(Host behaves) {
            host = behaves;
            return this;
        }

        Story heard() {
            watch = watch.heard(nanos());
            return this;
        }

        /** Heartbeats every 100 ms from now on until {@code millis}. */
        Story heardUntil(long millis) {
            while (!over && now < millis) {
                until(Math.min(millis, now + 100));
                heard();
            }
            return this;
        }

        Story disconnected() {
            watch = watch.disconnected(nanos());
            return this;
        }

        Story connected() {
            watch = watch.connected(nanos());
            return this;
        }

        /** We do not run until {@code millis}; then something may wait in the socket. */
        Story sleepUntil(long millis) {
            long slept = millis - now;
            now = millis;
            watch = watch.slept(slept * 1_000_000, nanos());
            return this;
        }

        private Verdict judge() {
            Watch.Judgement judgement = watch.judge(nanos());
            watch = judgement.next();
            return judgement.verdict();
        }

        private long nanos() {
            return now * 1_000_000;
        }

        List<String> said() {
            return said;
        }
    }

    @Test
    void whoIsHeardIsWell() {
        assertThat(new Story().heardUntil(60_000).said()).isEmpty();
    }

    @Test
    void neitherDaemonNorHostAnswersIsGone() {
        assertThat(new Story().until(5_000).said()).containsExactly("900 GONE");
    }

    @Test
    void twoRefusedProbesAfterALostConnectionAreAnEnd() {
        assertThat(new Story()
                        .host(Story.Host.REFUSES)
                        .until(50)
                        .disconnected()
                        .until(5_000)
                        .said())
                .containsExactly("75 ENDED");
    }

    @Test
    void theLastWordsOfAKilledDaemonDoNotHideItsEnd() {
        assertThat(new Story()
                        .host(Story.Host.REFUSES)
                        .until(50)
                        .disconnected()
                        .until(60)
                        .heard()
                        .until(5_000)
                        .said())
                .containsExactly("75 ENDED");
    }

    @Test
    void silenceAndAClosedPortAreAnEndToo() {
        assertThat(new Story().host(Story.Host.REFUSES).until(5_000).said()).containsExactly("420 ENDED");
    }

    @Test
    void aPausedDaemonIsSlowAndWellAgain() {
        assertThat(new Story()
                        .host(Story.Host.ANSWERS)
                        .until(700)
                        .heard()
                        .heardUntil(5_000)
                        .said())
                .containsExactly("400 SLOW", "705 RECOVERED");
    }

    @Test
    void aPausedDaemonIsHungInTheEnd() {
        assertThat(new Story().host(Story.Host.ANSWERS).until(60_000).said()).containsExactly("400 SLOW", "10000 HUNG");
    }

    @Test
    void aSlowPeerWhoseHostFallsSilentIsGone() {
        List<String> said = new Story()
                .host(Story.Host.ANSWERS)
                .until(3_000)
                .host(Story.Host.SILENT)
                .until(60_000)
                .said();
        assertThat(said).hasSize(2).startsWith("400 SLOW").last().asString().endsWith("GONE");
        assertThat(Long.parseLong(said.getLast().split(" ")[0])).isBetween(3_000L, 3_900L);
    }

    @Test
    void aSlowPeerThatIsKilledHasEnded() {
        List<String> said = new Story()
                .host(Story.Host.ANSWERS)
                .until(3_000)
                .host(Story.Host.REFUSES)
                .disconnected()
                .until(60_000)
                .said();
        assertThat(said).containsExactly("400 SLOW", "3025 ENDED");
    }

    @Test
    void aLostConnectionThatIsReplacedIsNothing() {
        assertThat(new Story()
                        .host(Story.Host.ANSWERS)
                        .heardUntil(1_000)
                        .disconnected()
                        .heardUntil(1_200)
                        .connected()
                        .heardUntil(30_000)
                        .said())
                .isEmpty();
    }

    @Test
    void aLostConnectionThatIsNeverReplacedIsHungAlthoughHeartbeatsCome() {
        assertThat(new Story()
                        .host(Story.Host.ANSWERS)
                        .heardUntil(1_000)
                        .disconnected()
                        .heardUntil(30_000)
                        .said())
                .containsExactly("11000 HUNG");
    }

    @Test
    void oneRefusalBetweenAnswersIsNothing() {
        assertThat(new Story()
                        .host(Story.Host.REFUSES)
                        .disconnected()
                        .until(10)
                        .host(Story.Host.ANSWERS)
                        .heardUntil(500)
                        .connected()
                        .heardUntil(1_000)
                        .said())
                .isEmpty();
    }

    @Test
    void ourOwnPauseIsNobodysSilence() {
        assertThat(new Story()
                        .heardUntil(1_000)
                        .sleepUntil(9_000)
                        .heardUntil(20_000)
                        .said())
                .as("what waited in the socket was read before anything was judged")
                .isEmpty();
    }

    @Test
    void whoDiedDuringOurPauseIsFoundOutAfterIt() {
        assertThat(new Story().heardUntil(1_000).sleepUntil(9_000).until(20_000).said())
                .containsExactly("9900 GONE");
    }

    @Test
    void aPauseInTheMiddleOfAQuestionDoesNotAnswerIt() {
        assertThat(new Story().until(700).sleepUntil(1_700).until(5_000).said()).containsExactly("1900 GONE");
    }
}
