package org.ringfence.controller.selffencing;

/**
 * The rule by which a node's guard feeds the watchdog. The guard and the simulator ask the same one.
 *
 * <p><b>Feeds</b> while the daemon is healthy and the node can still be told to die, or need not be:
 *
 * <ul>
 *   <li>with disks: enough of them were read lately, so that a message would be seen, or the lease is valid;
 *   <li>diskless: the lease is valid.
 * </ul>
 *
 * <p>The lease is the time at which the daemon sent the last question that a quorum has answered: its peers cannot have given it
 * up before that. A node that is quorate by itself alone gives itself none; one of two nodes has a lease only while the other
 * answers, and who fences a node through disks no longer answers its questions.
 *
 * <p>A daemon is healthy while its last beat is younger than the hold time. One that has never beaten since the boot, or has
 * left with nothing running, has nothing that could do harm: then the watchdog is fed whatever else is lost.
 *
 * <p><b>Bounds.</b> Feeding stops less than the hold time after the last good sign: a beat, a question that was answered, the
 * beginning of a read that succeeded. The watchdog fires at most its timeout after the last feed. So a node that cannot be heard
 * is dead at most hold time + watchdog timeout after its last sign, and what its peers wait must be longer than that.
 * Where signs come back before the watchdog has fired, feeding again is safe: the new sign begins a new bound.
 *
 * <p>Disks that were written by majority are read by as many as share one with every majority: 1 of 1, 1 of 2, 2 of 3.
 *
 * <p>All times are monotonic nanoseconds of one clock, and may be compared only by their difference. Allocates nothing.
 *
 * @param disks     how many there are; 0 for diskless
 * @param holdNanos positive
 */
public record GuardRule(int disks, long holdNanos) {
    /** Of a beat or a lease that has not been yet. */
    public static final long NEVER = Long.MIN_VALUE;

    /** Flag of the daemon: it has left and nothing that it started is running. */
    public static final int CLEAN = 1;

    public GuardRule {
        if (disks < 0 || disks > 3) {
            throw new IllegalArgumentException("there are 0 to 3 disks, not " + disks);
        }
        if (holdNanos <= 0) {
            throw new IllegalArgumentException("the hold time must be positive: " + holdNanos);
        }
    }

    /** How many disks must be readable so that no message by majority is missed. */
    public int disksNeeded() {
        return disks - disks / 2;
    }

    /**
     * Judges one moment.
     *
     * @param now       read before this is called, and before the watchdog is fed
     * @param disksRead how many were read with success by a read that began within the hold time
     * @param beat      of the daemon's last beat; {@link #NEVER} when there was none since the boot
     * @param lease     of the last question that a quorum answered; {@link #NEVER} when there was none
     * @param flags     of the daemon's last beat: {@link #CLEAN}
     */
    public GuardVerdict judge(long now, int disksRead, long beat, long lease, int flags) {
        if (beat == NEVER || (flags & CLEAN) != 0) {
            return GuardVerdict.FEED;
        }
        if (!isFresh(now, beat)) {
            return GuardVerdict.DAEMON_SILENT;
        }
        if (isFresh(now, lease) || (disks > 0 && disksRead >= disksNeeded())) {
            return GuardVerdict.FEED;
        }
        return disks > 0 ? GuardVerdict.DISKS_AND_QUORUM_LOST : GuardVerdict.NO_QUORUM;
    }

    /** Whether a sign of that time still counts. One from the future, by a torn clock, does not. */
    public boolean isFresh(long now, long sign) {
        if (sign == NEVER) {
            return false;
        }
        long age = now - sign;
        return age >= 0 && age < holdNanos;
    }
}
