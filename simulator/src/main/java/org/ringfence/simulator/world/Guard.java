package org.ringfence.simulator.world;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.Event;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.controller.selffencing.GuardRule;
import org.ringfence.controller.selffencing.GuardVerdict;

/**
 * The guard process of a host, and the board between it and the daemon, which outlives both until the host is reset. It turns
 * twice a second: reads its slot on every disk, and feeds the watchdog by the rule.
 */
public final class Guard {
    private static final Duration NOTICED = Duration.ofSeconds(2);
    private static final Duration SET_AGAIN = Duration.ofSeconds(5);

    private final World world;
    private final Host host;
    private final Chance chance;
    private final Watchdog watchdog;
    private final GuardRule rule;
    private final long[] readBegan;
    private boolean running;
    private boolean hung;
    private int life;
    private Duration taken = Duration.ZERO;
    private Duration promised = Duration.ZERO;
    private long beat = GuardRule.NEVER;
    private long lease = GuardRule.NEVER;
    private int flags;
    private boolean told;
    private Clock.@Nullable Plan turn;
    private Optional<GuardVerdict> last = Optional.empty();

    Guard(World world, Host host, Watchdog watchdog, Chance chance) {
        this.world = world;
        this.host = host;
        this.watchdog = watchdog;
        this.chance = chance;
        int disks = world.protection().disks();
        rule = new GuardRule(disks, Protection.HOLD.toNanos());
        readBegan = new long[disks];
        forget();
    }

    private void forget() {
        beat = GuardRule.NEVER;
        lease = GuardRule.NEVER;
        flags = 0;
        promised = Duration.ZERO;
        forgetReads();
    }

    private void forgetReads() {
        java.util.Arrays.fill(readBegan, GuardRule.NEVER);
    }

    public boolean isRunning() {
        return running;
    }

    /** Whether a daemon has told it that something here could do harm, and has not taken that back. */
    public boolean isBound() {
        return beat != GuardRule.NEVER && (flags & GuardRule.CLEAN) == 0;
    }

    /** What it can promise. */
    Optional<GuardPromise> promise() {
        return running && !taken.isZero()
                ? Optional.of(new GuardPromise(
                        Protection.HOLD,
                        taken,
                        world.protection().disks(),
                        world.protection().disks() > 0 ? Protection.WAIT : Duration.ZERO))
                : Optional.empty();
    }

    /**
     * Begins with the host, and again after it has died. Messages that were written to a former life of the host are taken out
     * first. To open a watchdog is to feed it, so a guard that would not feed does not open it either.
     */
    public void start() {
        if (running || !host.isPowered() || !world.protection().hasGuards()) {
            return;
        }
        running = true;
        hung = false;
        life++;
        last = Optional.empty();
        taken = Duration.ZERO;
        forgetReads();
        if (beat == GuardRule.NEVER) {
            world.disks().clear(host.node());
            arm();
        }
        if (running) {
            next();
            setAgain();
        }
    }

    /** A timeout longer than what peers count on breaks a promise: then it is better to die at once. */
    private void arm() {
        Duration before = taken;
        taken = watchdog.arm(Protection.WATCHDOG);
        if (isBound() && taken.compareTo(promised) > 0) {
            host.resetItself(
                    "its watchdog takes " + taken.toSeconds() + " s, and " + promised.toSeconds() + " s are promised");
            return;
        }
        promised = taken;
        if (!taken.equals(before)) {
            world.note(host.node(), "guard has armed its watchdog with " + taken.toSeconds() + " s");
            tell();
        }
    }

    /** The process is gone; the watchdog goes on. */
    public void crash() {
        if (running) {
            world.note(host.node(), "guard crashes");
            stop();
            int dead = life;
            world.clock().after(NOTICED, () -> {
                if (!running && life == dead) {
                    tell();
                }
            });
        }
    }

    /** The process does nothing until it goes on. */
    public void hang() {
        if (running) {
            world.note(host.node(), "guard hangs");
            hung = true;
        }
    }

    public void goOn() {
        if (hung) {
            world.note(host.node(), "guard goes on");
            hung = false;
        }
    }

    void powerLost() {
        stop();
        watchdog.disarm();
        forget();
    }

    private void stop() {
        running = false;
        hung = false;
        if (turn != null) {
            turn.cancel();
            turn = null;
        }
    }

    private void tell() {
        host.daemon().ifPresent(daemon -> daemon.deliver(new Event.GuardReported(promise(), false)));
    }

    /** A daemon begins: it learns whether one before it has left something running. */
    void daemonStarts(Daemon daemon) {
        if (world.protection().hasGuards()) {
            daemon.deliver(new Event.GuardReported(promise(), isBound()));
        }
    }

    /** From the daemon. */
    void beat(boolean bound, Optional<Long> since) {
        beat = world.monotonic(host.node());
        flags = bound ? 0 : GuardRule.CLEAN;
        since.ifPresent(time -> lease = time);
    }

    /** From the daemon: reset this host. A guard that does not run does not hear it. */
    void stopSelf(String why) {
        if (acts()) {
            host.resetItself("its guard was told to: " + why);
        }
    }

    private boolean acts() {
        return running && !hung && !world.isFrozen(host.node());
    }

    private void next() {
        turn = world.clock().after(chance.millis(400, 600), () -> {
            if (acts()) {
                turn();
            }
            if (running) {
                next();
            }
        });
    }

    private void turn() {
        long now = world.monotonic(host.node());
        int read = 0;
        for (int disk = 0; disk < readBegan.length; disk++) {
            if (rule.isFresh(now, readBegan[disk])) {
                read++;
            }
            read(disk, now);
        }
        GuardVerdict verdict = rule.judge(now, read, beat, lease, flags);
        if (verdict.feeds()) {
            if (taken.isZero()) {
                arm();
            } else {
                watchdog.feed();
            }
        }
        if (!Optional.of(verdict).equals(last)) {
            last = Optional.of(verdict);
            if (!verdict.feeds() || told) {
                world.note(host.node(), "guard: " + verdict.text());
                told = !verdict.feeds();
            }
        }
    }

    private void read(int disk, long began) {
        int reader = life;
        world.disks().read(disk, host.node(), message -> {
            if (life != reader || !acts()) {
                return;
            }
            readBegan[disk] = Math.max(readBegan[disk], began);
            if (message) {
                host.resetItself("its guard has read a message on disk " + (disk + 1));
            }
        });
    }

    /** A timeout that the driver took differently is set again every so often. */
    private void setAgain() {
        int setter = life;
        world.clock().after(SET_AGAIN, () -> {
            if (life == setter && running) {
                boolean differs = !taken.isZero() && !taken.equals(Protection.WATCHDOG);
                boolean feeds = last.filter(GuardVerdict::feeds).isPresent();
                boolean mayBe = !isBound() || taken.compareTo(Protection.WATCHDOG) > 0;
                // Setting it feeds, and what is promised already must not grow.
                if (acts() && differs && feeds && mayBe) {
                    arm();
                }
                setAgain();
            }
        });
    }
}
