package org.ringfence.guard.probe;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import org.ringfence.linux.Errno;
import org.ringfence.linux.watchdog.Disarming;
import org.ringfence.linux.watchdog.TimeoutAnswer;
import org.ringfence.linux.watchdog.WatchdogEntry;
import org.ringfence.linux.watchdog.WatchdogHolder;
import org.ringfence.linux.watchdog.WatchdogSupport;

/** A driver that can be told how to be. It remembers what was done to it. */
final class DoubleDriver implements WatchdogDriver {
    static final int REFUSE = -1;
    private static final int SET_TIMEOUT_AND_MAGIC_CLOSE = 0x8180;

    private final IntUnaryOperator keeps;
    private boolean admits = true;
    private boolean disarms = true;
    private Optional<WatchdogEntry> entry = Optional.empty();
    private List<WatchdogHolder> holders = List.of();
    private int options = SET_TIMEOUT_AND_MAGIC_CLOSE;
    private String identity = "Double";
    private int timeout = 60;

    /** The shortest timeout that was left in force when a feeding came. */
    int shortestRest = Integer.MAX_VALUE;

    int opened;
    boolean closed;
    int questions;

    /** @param keeps from the timeout that is asked for to the one that it takes, or {@link #REFUSE} */
    private DoubleDriver(IntUnaryOperator keeps) {
        this.keeps = keeps;
    }

    static DoubleDriver taking(int min, int max) {
        return new DoubleDriver(asked -> asked < min || asked > max ? REFUSE : asked).with(60 < min ? min : 60);
    }

    static DoubleDriver changing(IntUnaryOperator keeps) {
        return new DoubleDriver(keeps);
    }

    DoubleDriver with(int firstTimeout) {
        timeout = firstTimeout;
        return this;
    }

    /** Answers with what was asked for, whatever it took. */
    DoubleDriver silently() {
        admits = false;
        return this;
    }

    DoubleDriver ignoringMagicClose() {
        disarms = false;
        return this;
    }

    DoubleDriver declaring(int min, int max) {
        entry = Optional.of(new WatchdogEntry(
                "watchdog0",
                "/dev/watchdog0",
                Optional.of("Software Watchdog"),
                Optional.of("softdog"),
                Optional.of(false),
                Optional.of(!disarms),
                OptionalInt.of(timeout),
                OptionalInt.of(min),
                OptionalInt.of(max),
                OptionalInt.of(0)));
        return this;
    }

    DoubleDriver heldBy(WatchdogHolder holder) {
        holders = List.of(holder);
        return this;
    }

    DoubleDriver withOptions(int bits) {
        options = bits;
        return this;
    }

    DoubleDriver named(String name) {
        identity = name;
        return this;
    }

    int timeout() {
        return timeout;
    }

    @Override
    public String path() {
        return "/dev/watchdog0";
    }

    @Override
    public Optional<WatchdogEntry> entry() {
        return entry;
    }

    @Override
    public List<WatchdogHolder> holders() {
        return holders;
    }

    @Override
    public Armed open() {
        opened++;
        return new Armed() {
            @Override
            public WatchdogSupport support() {
                return new WatchdogSupport(identity, options, 0);
            }

            @Override
            public TimeoutAnswer setTimeout(int seconds) {
                questions++;
                int kept = keeps.applyAsInt(seconds);
                if (kept == REFUSE) {
                    return TimeoutAnswer.refused(seconds, Errno.EINVAL, timeout);
                }
                timeout = kept;
                return TimeoutAnswer.accepted(seconds, admits ? kept : seconds, kept);
            }

            @Override
            public OptionalInt timeout() {
                return OptionalInt.of(timeout);
            }

            @Override
            public OptionalInt timeLeft() {
                return OptionalInt.empty();
            }

            @Override
            public OptionalInt pretimeout() {
                return OptionalInt.empty();
            }

            @Override
            public void feed() throws IOException {
                if (closed) {
                    throw new IOException("it is closed");
                }
                shortestRest = Math.min(shortestRest, timeout);
            }

            @Override
            public Disarming closeDisarmed() {
                closed = true;
                return disarms ? Disarming.DISARMED : Disarming.STILL_ARMED;
            }
        };
    }
}
