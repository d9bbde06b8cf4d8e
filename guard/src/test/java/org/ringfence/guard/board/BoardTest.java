package org.ringfence.guard.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.selffencing.GuardRule;

class BoardTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void whatOneWritesTheOtherReads() throws Exception {
        Board daemon = Board.open(folder);
        Board guard = Board.open(folder);
        assertThat(guard.beat()).isEqualTo(GuardRule.NEVER);
        assertThat(guard.lease()).isEqualTo(GuardRule.NEVER);
        assertThat(guard.flags()).isEqualTo(GuardRule.CLEAN);
        daemon.lease(-7);
        daemon.beat(42, 0);
        assertThat(guard.beat()).isEqualTo(42);
        assertThat(guard.lease()).isEqualTo(-7);
        assertThat(guard.flags()).isZero();
        guard.armed(
                "softdog of a long, long name that is longer than there is room for it",
                5_000,
                3_000,
                2,
                10_000,
                6,
                99);
        guard.reads(1_000, 7);
        guard.guard(43, GuardState.STARVING, 3);
        assertThat(daemon.identity()).startsWith("softdog of a long");
        assertThat(daemon.watchdogMillis()).isEqualTo(5_000);
        assertThat(daemon.holdMillis()).isEqualTo(3_000);
        assertThat(daemon.disks()).isEqualTo(2);
        assertThat(daemon.msgwaitMillis()).isEqualTo(10_000);
        assertThat(daemon.guardFlags()).isEqualTo(Board.REAL_TIME | Board.LOCKED);
        assertThat(daemon.state()).isEqualTo(GuardState.STARVING);
        assertThat(daemon.fresh()).isEqualTo(3);
        assertThat(daemon.loopMillis()).isEqualTo(1_000);
        assertThat(daemon.slowestReadMillis()).isEqualTo(7);
        assertThat(guard.stopped()).isFalse();
        daemon.stop();
        assertThat(guard.stopped()).isTrue();
    }

    @Test
    void onlyItsOwnerMayReadIt() throws Exception {
        Board.open(folder);
        Path file = folder.resolve(Board.FILE);
        assertThat(Files.size(file)).isEqualTo(Board.BYTES);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatAnEarlierBootHasLeftIsForgotten() throws Exception {
        Board.open(folder).beat(42, 0);
        Path file = folder.resolve(Board.FILE);
        byte[] bytes = Files.readAllBytes(file);
        bytes[8]++;
        Files.write(file, bytes);
        Board again = Board.open(folder);
        assertThat(again.beat()).isEqualTo(GuardRule.NEVER);
        assertThat(again.flags()).isEqualTo(GuardRule.CLEAN);
        assertThat(again.state()).isEqualTo(GuardState.NONE);
    }

    @Test
    void aBootHasOneIdentity() throws Exception {
        assertThat(Boot.identity()).isEqualTo(Boot.identity()).contains("/");
    }
}
