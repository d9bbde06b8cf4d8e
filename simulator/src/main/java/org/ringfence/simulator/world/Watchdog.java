package org.ringfence.simulator.world;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A host's hardware watchdog. Once armed it resets the host when it has not been fed for its timeout, whatever else stands still
 * there; only a reset or the loss of power ends that. Its crystal is not quite right.
 */
public final class Watchdog {
    private final World world;
    private final Host host;
    private final double rate;
    private Duration timeout = Duration.ZERO;
    private Duration odd = Duration.ZERO;
    private Clock.@Nullable Plan bite;
    private int bites;

    Watchdog(World world, Host host, Chance chance) {
        this.world = world;
        this.host = host;
        rate = 0.99 + chance.between(0, 20) / 1_000.0;
    }

    public boolean isArmed() {
        return bite != null;
    }

    /** How often it has reset the host. */
    public int bites() {
        return bites;
    }

    /** From now on the driver takes this timeout whatever it is asked for; zero for what it is asked for. */
    public void takes(Duration other) {
        odd = other;
    }

    /** Arms it, or sets another timeout, and feeds it; what it has really taken. */
    Duration arm(Duration wanted) {
        timeout = odd.isZero() ? wanted : odd;
        feed();
        return timeout;
    }

    void feed() {
        disarm();
        bite = world.clock().after(Duration.ofNanos((long) (timeout.toNanos() * rate)), this::bite);
    }

    void disarm() {
        if (bite != null) {
            bite.cancel();
            bite = null;
        }
    }

    private void bite() {
        bite = null;
        bites++;
        host.resetItself("its watchdog has not been fed");
    }
}
