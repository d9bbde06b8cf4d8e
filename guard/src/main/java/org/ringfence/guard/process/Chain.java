package org.ringfence.guard.process;

import java.time.Duration;
import java.util.List;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.guard.settings.GuardSettings;
import org.ringfence.model.sbd.SbdHeader;

/**
 * The times that a guard goes by. Those on the disks come before those of the configuration, as with {@code sbd}: every node
 * that uses the disk has them.
 *
 * @param watchdogSeconds asked of the watchdog
 * @param hold            how long feeding goes on after a good sign
 * @param msgwait         how long who writes a message waits; zero without disks
 */
record Chain(int watchdogSeconds, Duration hold, Duration msgwait) {
    /** As {@code sbd} waits for a disk, unless the other times leave less. */
    private static final Duration HOLD = Duration.ofSeconds(3);

    /** Less would let a hiccup of the daemon, or of a disk, end the host. */
    private static final Duration LEAST_HOLD = Duration.ofSeconds(1);

    /** Times that do not hang together; the message says which, and the arithmetic. */
    static final class ContradictionException extends Exception {
        private static final long serialVersionUID = 1;

        ContradictionException(String message) {
            super(message);
        }
    }

    static Chain of(GuardSettings settings, List<SbdHeader> headers) throws ContradictionException {
        if (headers.isEmpty()) {
            return new Chain(
                    (int) settings.timeout().toSeconds(), settings.hold().orElse(HOLD), Duration.ZERO);
        }
        SbdHeader first = headers.getFirst();
        for (SbdHeader other : headers) {
            if (other.watchdog() != first.watchdog() || other.msgwait() != first.msgwait()) {
                throw new ContradictionException("the disks differ: watchdog " + first.watchdog() + " s and msgwait "
                        + first.msgwait() + " s on one, " + other.watchdog() + " s and " + other.msgwait()
                        + " s on another; make them with the same times");
            }
        }
        Duration watchdog = Duration.ofSeconds(first.watchdog());
        Duration msgwait = Duration.ofSeconds(first.msgwait());
        Duration most = SelfFencing.hold(msgwait, watchdog).orElse(Duration.ZERO);
        Duration hold = settings.hold().orElse(most.compareTo(HOLD) < 0 ? most : HOLD);
        if (hold.compareTo(most) > 0 || hold.compareTo(LEAST_HOLD) < 0) {
            Duration tried = hold.compareTo(LEAST_HOLD) < 0 ? LEAST_HOLD : hold;
            throw new ContradictionException(
                    SelfFencing.arithmetic(new GuardPromise(tried, watchdog, headers.size(), msgwait))
                            + ", and whoever writes a message waits " + text(msgwait)
                            + " (msgwait): make the disks with msgwait twice the watchdog's timeout"
                            + (settings.hold().isPresent() ? ", or choose a smaller guard-hold" : ""));
        }
        return new Chain(first.watchdog(), hold, msgwait);
    }

    /** The same, and neither time is longer than one that was promised before. */
    Chain notLongerThan(long watchdogMillis, long holdMillis) {
        Duration promised = Duration.ofMillis(holdMillis);
        return new Chain(
                (int) Math.min(watchdogSeconds, watchdogMillis / 1000),
                hold.compareTo(promised) > 0 ? promised : hold,
                msgwait);
    }

    /** From the last good sign until the host is dead. */
    Duration bound() {
        return hold.plusSeconds(watchdogSeconds);
    }

    /** One line of arithmetic. */
    String text() {
        return "hold " + text(hold) + " + watchdog " + watchdogSeconds + " s = dead at most " + text(bound())
                + " after the last sign"
                + (msgwait.isZero()
                        ? ""
                        : "; msgwait " + text(msgwait) + ", " + text(msgwait.minus(bound())) + " to spare");
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
