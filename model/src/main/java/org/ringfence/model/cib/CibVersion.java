package org.ringfence.model.cib;

/** The version of a configuration: {@code admin_epoch.epoch.num_updates}, compared in that order. */
public record CibVersion(long adminEpoch, long epoch, long numUpdates) implements Comparable<CibVersion> {
    public static final CibVersion ZERO = new CibVersion(0, 0, 0);

    /** The version after a change of the configuration proper. */
    public CibVersion nextEpoch() {
        return new CibVersion(adminEpoch, epoch + 1, 0);
    }

    @Override
    public int compareTo(CibVersion other) {
        if (adminEpoch != other.adminEpoch) {
            return Long.compare(adminEpoch, other.adminEpoch);
        }
        return epoch == other.epoch ? Long.compare(numUpdates, other.numUpdates) : Long.compare(epoch, other.epoch);
    }

    @Override
    public String toString() {
        return adminEpoch + "." + epoch + "." + numUpdates;
    }
}
