package org.ringfence.guard.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringfence.guard.probe.Finding.Answers;
import org.ringfence.guard.probe.Finding.Beyond;
import org.ringfence.guard.probe.Finding.Closing;
import org.ringfence.guard.probe.Finding.Spacing;
import org.ringfence.linux.watchdog.WatchdogHolder;
import org.ringfence.model.watchdog.WatchdogQuality;
import org.ringfence.model.watchdog.WatchdogRange;

class ProbeTest {
    private final Probe probe = new Probe(true);

    @ParameterizedTest
    @CsvSource({"1,65535", "1,2046", "30,600", "1,255", "60,60", "2,61", "59,60", "1,60", "61,4294967", "7,4294967"})
    void theRangeIsFoundWithoutBeingDeclared(int min, int max) throws IOException {
        DoubleDriver driver = DoubleDriver.taking(min, max);
        Answers answers = answers(driver);
        assertThat(answers.range()).contains(new WatchdogRange(min, max, 1));
        assertThat(answers.spacing()).isEqualTo(Spacing.EACH);
        assertThat(answers.questions()).isLessThan(60);
    }

    @Test
    void aDeclaredRangeIsCheckedAtItsEnds() throws IOException {
        DoubleDriver softdog = DoubleDriver.taking(1, 65_535).declaring(1, 65_535);
        Answers answers = answers(softdog);
        assertThat(answers.range()).contains(new WatchdogRange(1, 65_535, 1));
        assertThat(answers.above()).isEqualTo(Beyond.REFUSES);
        assertThat(answers.questions()).isLessThanOrEqualTo(8);
    }

    @Test
    void aDeclaredRangeThatIsWrongIsNotBelieved() throws IOException {
        DoubleDriver driver = DoubleDriver.taking(30, 600).declaring(1, 65_535);
        assertThat(answers(driver).range()).contains(new WatchdogRange(30, 600, 1));
    }

    @Test
    void oneThatTakesOnlyThirtyToSixHundredRefusesFive() throws IOException {
        Answers answers = answers(DoubleDriver.taking(30, 600));
        assertThat(answers.below()).isEqualTo(Beyond.REFUSES);
        assertThat(answers.range().orElseThrow().takes(5)).isFalse();
        assertThat(answers.range().orElseThrow().nearest(5)).containsExactly(30);
    }

    @Test
    void oneThatClampsAndSaysSoIsNoticed() throws IOException {
        Answers answers = answers(DoubleDriver.changing(asked -> Math.clamp(asked, 30, 600)));
        assertThat(answers.range()).contains(new WatchdogRange(30, 600, 1));
        assertThat(answers.below()).isEqualTo(Beyond.CHANGES);
        assertThat(answers.above()).isEqualTo(Beyond.CHANGES);
    }

    @Test
    void oneThatClampsSilentlyIsNoticed() throws IOException {
        Answers answers = answers(
                DoubleDriver.changing(asked -> Math.clamp(asked, 30, 600)).silently());
        assertThat(answers.range()).contains(new WatchdogRange(30, 600, 1));
        assertThat(answers.below()).isEqualTo(Beyond.CHANGES_SILENTLY);
        assertThat(answers.above()).isEqualTo(Beyond.CHANGES_SILENTLY);
    }

    @ParameterizedTest
    @CsvSource({"10,-1", "10,0", "10,1", "64,1", "7,-1", "3,0"})
    void oneThatRoundsHasAStep(int step, int direction) throws IOException {
        // Down, to the nearest, up.
        DoubleDriver driver = DoubleDriver.changing(asked -> {
            int add = direction < 0 ? 0 : direction > 0 ? step - 1 : step / 2;
            return Math.clamp((asked + add) / step * (long) step, step, 60 * step);
        });
        Answers answers = answers(driver);
        assertThat(answers.range()).contains(new WatchdogRange(step, 60 * step, step));
        assertThat(answers.spacing()).isEqualTo(Spacing.EVEN);
        assertThat(answers.between()).isEqualTo(Beyond.CHANGES);
    }

    @Test
    void oneThatKnowsPowersOfTwoIsUneven() throws IOException {
        Answers answers = answers(DoubleDriver.changing(asked -> Integer.highestOneBit(Math.clamp(asked, 1, 1024))));
        assertThat(answers.range()).contains(new WatchdogRange(1, 1024, 1));
        assertThat(answers.spacing()).isEqualTo(Spacing.UNEVEN);
    }

    @Test
    void oneThatCountsInAByteIsFoundOut() throws IOException {
        Answers answers = answers(DoubleDriver.changing(asked -> asked % 256).silently());
        assertThat(answers.range()).contains(new WatchdogRange(1, 255, 1));
        assertThat(answers.above()).isEqualTo(Beyond.CHANGES_SILENTLY);
    }

    @Test
    void oneWhoseTimeoutCannotBeChosenHasNoRange() throws IOException {
        DoubleDriver driver = DoubleDriver.taking(1, 10).withOptions(0);
        assertThat(answers(driver).range()).isEmpty();
        assertThat(driver.questions).isZero();
    }

    @Test
    void whenItIsFedItHasTimeToLive() throws IOException {
        DoubleDriver driver = DoubleDriver.taking(1, 65_535);
        answers(driver);
        assertThat(driver.shortestRest).isEqualTo(60);
    }

    @Test
    void itIsLeftAsItWas() throws IOException {
        DoubleDriver driver = DoubleDriver.taking(1, 65_535).with(17);
        assertThat(answers(driver).closing()).isEqualTo(Closing.DISARMS);
        assertThat(driver.timeout()).isEqualTo(17);
        assertThat(driver.closed).isTrue();
    }

    @Test
    void oneThatIgnoresTheMagicCloseIsNamed() throws IOException {
        assertThat(answers(DoubleDriver.taking(1, 100).ignoringMagicClose()).closing())
                .isEqualTo(Closing.STAYS_ARMED);
    }

    @Test
    void oneThatIsHeldIsNotOpened() throws IOException {
        DoubleDriver driver = DoubleDriver.taking(1, 100).heldBy(new WatchdogHolder(7, "sbd"));
        Finding finding = probe.question(driver);
        assertThat(finding.heldBy()).containsExactly("sbd (process 7)");
        assertThat(finding.answers()).isEmpty();
        assertThat(driver.opened).isZero();
    }

    @Test
    void lookingDoesNotArm() throws IOException {
        DoubleDriver driver = DoubleDriver.taking(1, 100).declaring(1, 100);
        assertThat(probe.look(driver).declared()).contains(new WatchdogRange(1, 100, 1));
        assertThat(driver.opened).isZero();
    }

    @Test
    void oneThatBreaksOffIsClosedSoThatItRests() {
        DoubleDriver driver = DoubleDriver.changing(asked -> {
            if (asked > 1_000) {
                throw new IllegalStateException("gone");
            }
            return asked;
        });
        assertThatThrownBy(() -> probe.question(driver)).hasMessage("gone");
        assertThat(driver.closed).isTrue();
        assertThat(driver.timeout()).isEqualTo(60);
    }

    @Test
    void softdogIsToldFromWhatTheHypervisorHasAndFromHardware() throws IOException {
        assertThat(probe.look(DoubleDriver.taking(1, 9).declaring(1, 9)).quality())
                .isEqualTo(WatchdogQuality.SOFTWARE);
        assertThat(probe.question(DoubleDriver.taking(1, 9).named("Software Watchdog"))
                        .driver())
                .isEqualTo(Optional.of("softdog"));
        assertThat(probe.look(DoubleDriver.taking(1, 9)).quality()).isEqualTo(WatchdogQuality.VIRTUAL);
        assertThat(new Probe(false).look(DoubleDriver.taking(1, 9)).quality()).isEqualTo(WatchdogQuality.HARDWARE);
    }

    private Answers answers(DoubleDriver driver) throws IOException {
        return probe.question(driver).answers().orElseThrow();
    }
}
