package org.ringfence.guard.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.selffencing.GuardRule;
import org.ringfence.controller.selffencing.GuardVerdict;
import org.ringfence.guard.board.Board;
import org.ringfence.guard.board.GuardState;
import org.ringfence.guard.watchdog.SimulatedWatchdog;
import org.ringfence.guard.watchdog.Watchdog;

class FeedingTest {
    private static final long HOLD = TimeUnit.SECONDS.toNanos(3);

    @TempDir
    Path folder = Path.of("");

    private final Bowl bowl = new Bowl();
    /** A watchdog that counts what it gets. */
    private static final class Bowl implements Watchdog {
        private int fed;
        private int errno;

        @Override
        public String identity() {
            return "bowl";
        }

        @Override
        public long timeoutMillis() {
            return 5_000;
        }

        @Override
        public int feed() {
            fed++;
            return errno;
        }

        @Override
        public String disarm() {
            return "empty";
        }
    }

    private Feeding feeding(Board board) {
        return new Feeding(bowl, board, new GuardRule(0, HOLD), List.of(), 0);
    }

    @Test
    void feedsWithoutADaemonAndStopsWhenOneFallsSilent() throws Exception {
        Board board = Board.open(folder);
        Feeding feeding = feeding(board);
        feeding.turn(1);
        assertThat(bowl.fed).isEqualTo(1);
        long now = System.nanoTime();
        board.lease(now);
        board.beat(now, 0);
        feeding.turn(now + HOLD - 1);
        assertThat(bowl.fed).isEqualTo(2);
        assertThat(board.state()).isEqualTo(GuardState.FEEDING);
        feeding.turn(now + HOLD);
        assertThat(bowl.fed).as("not a moment longer than the hold time").isEqualTo(2);
        assertThat(feeding.verdict()).isEqualTo(GuardVerdict.DAEMON_SILENT);
        assertThat(board.state()).isEqualTo(GuardState.STARVING);
    }

    @Test
    void aSignThatComesBackFeedsAgainUnlessItWasGivenUp() throws Exception {
        Board board = Board.open(folder);
        Feeding feeding = feeding(board);
        long now = System.nanoTime();
        board.lease(now - HOLD);
        board.beat(now, 0);
        feeding.turn(now);
        assertThat(feeding.verdict()).isEqualTo(GuardVerdict.NO_QUORUM);
        board.lease(now);
        feeding.turn(now + 1);
        assertThat(bowl.fed).isEqualTo(1);
        feeding.condemn();
        feeding.turn(now + 2);
        assertThat(bowl.fed).isEqualTo(1);
        assertThat(board.state()).isEqualTo(GuardState.ACTING);
    }

    @Test
    void foodThatWasRefusedCountsForNothing() throws Exception {
        Board board = Board.open(folder);
        Feeding feeding = feeding(board);
        feeding.turn(1_000);
        bowl.errno = 5;
        feeding.turn(2_000);
        assertThat(feeding.lastFed()).isEqualTo(1_000);
        assertThat(feeding.refused()).isEqualTo(5);
    }

    @Test
    void aTurnThatWasHeldUpAndFedTooLateIsNoticed() throws Exception {
        Board board = Board.open(folder);
        Feeding feeding = feeding(board);
        long now = System.nanoTime();
        board.beat(now - HOLD, 0);
        board.lease(now - HOLD);
        // As if judged when the signs were fresh, a second ago, and fed only now.
        feeding.turn(now - TimeUnit.SECONDS.toNanos(1));
        assertThat(feeding.late()).isTrue();
    }

    @Test
    void aTurnAllocatesNothing() throws Exception {
        Board board = Board.open(folder);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SimulatedWatchdog watchdog = SimulatedWatchdog.arm(folder.resolve("watchdog"), 5_000);
        var disk = new DiskWatch("/nowhere", "n1", false, () -> false, _ -> {}, _ -> {});
        var loop = new Feeding(watchdog, board, new GuardRule(1, HOLD), List.of(disk), System.nanoTime());
        board.beat(System.nanoTime(), 0);
        board.lease(System.nanoTime());
        // What the virtual machine itself allocates once, while it compiles, is none of a turn's.
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            turns(loop);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }

    private static void turns(Feeding loop) {
        for (int turn = 0; turn < 20_000; turn++) {
            loop.turn(System.nanoTime());
        }
    }
}
