package org.ringfence.scheduler;

import java.util.Optional;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;
import org.ringfence.scheduler.resource.Settings.Requires;

/** The invariant NothingStartsUnfenced: where fencing is wanted and nothing could do it, no resource that needs it starts. */
final class Interlock {
    private static final Cause NO_DEVICE = Cause.of(
            Kind.FENCING,
            Source.option("fencing-enabled"),
            "nothing is started or stopped, because fencing is enabled and no fence device is configured");

    private Interlock() {}

    /** Whether a fence device is configured and not switched off, or the nodes' watchdogs stand in for one. */
    static boolean fencingPossible(Options options, Resources resources) {
        boolean watchdog = options.watchdog()
                && TimeSpan.parseMillis(options.all().getOrDefault("fencing-watchdog-timeout", "0"), 0) != 0;
        return watchdog
                || resources.primitives().stream()
                        .anyMatch(primitive -> primitive.isFenceDevice()
                                && !primitive.removed
                                && primitive.settings.targetRole() != Role.STOPPED);
    }

    /** While it holds, what runs already is left as it is: stopped for whatever reason, it could not be started again. */
    static void hold(Options options, Resources resources) {
        if (options.fencingEnabled() && !fencingPossible(options, resources)) {
            resources.top().forEach(Interlock::leaveAlone);
        }
    }

    private static void leaveAlone(Resource resource) {
        if (resource.settings.requires().compareTo(Requires.FENCING) >= 0) {
            resource.managed = false;
            resource.nextRoleReason = NO_DEVICE;
        }
        resource.children().forEach(Interlock::leaveAlone);
    }

    /** What to tell the operator when the interlock holds resources back. */
    static Optional<Problem> problem(Options options, Resources resources) {
        if (!options.fencingEnabled()
                || fencingPossible(options, resources)
                || resources.top().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Problem.error(
                Place.NONE,
                "fencing",
                "no resource starts, because a lost node could not be fenced: fencing is enabled but no fence device"
                        + " is configured",
                "configure a fence device (a primitive of class stonith) for each node"));
    }
}
