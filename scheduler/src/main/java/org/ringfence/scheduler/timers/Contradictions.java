package org.ringfence.scheduler.timers;

import static org.ringfence.scheduler.timers.Timers.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.watchdog.WatchdogFact;
import org.ringfence.model.watchdog.WatchdogRange;
import org.ringfence.scheduler.timers.Given.Path;

/** Says which timers contradict each other, or what was measured, each with the figures and with what would lift it. */
final class Contradictions {
    private static final long SECOND = 1_000;

    private final Given given;
    private final Plan plan;
    private final List<Problem> found = new ArrayList<>();

    Contradictions(Given given, Plan plan) {
        this.given = given;
        this.plan = plan;
    }

    List<Problem> list() {
        if (given.path() != Path.DEVICE) {
            given.nodes().forEach(this::range);
            given.nodes().forEach(this::inForce);
        }
        switch (given.path()) {
            case SHARED_DISK -> {
                watchdogUnderMsgwait();
                msgwaitUnderFencingTimeout();
                given.nodes().forEach(this::disk);
                given.nodes().forEach(node -> promised(node, "msgwait", Given.MSGWAIT));
            }
            case DISKLESS -> {
                watchdogUnderWait();
                given.nodes().forEach(node -> promised(node, "the diskless wait", Given.DISKLESS));
            }
            case DEVICE -> given.deviceMs().forEach(this::device);
        }
        given.repeated().forEach(this::repeated);
        target();
        return List.copyOf(found);
    }

    /** A driver that refuses the timeout, or takes another. */
    private void range(NodeTimes node) {
        Optional<WatchdogFact> fact = node.watchdog();
        long seconds = plan.watchdogMs / SECOND;
        boolean whole = plan.watchdogMs % SECOND == 0;
        if (fact.isEmpty()) {
            return;
        }
        Optional<WatchdogRange> range = fact.get().range();
        if (range.isEmpty() || (whole && range.get().takes(seconds))) {
            return;
        }
        String ways = range.get().nearest(seconds).stream()
                .map(nearest -> Given.WATCHDOG + "=" + nearest + "s, with which recovery takes "
                        + text(Plan.of(given, Optional.of(nearest * SECOND)).recoveryMs()))
                .collect(Collectors.joining("; or "));
        found.add(Problem.error(
                Place.NONE,
                "node " + node.node(),
                "its watchdog (" + fact.get().driver() + ") does not take a timeout of " + text(plan.watchdogMs)
                        + ": it takes " + range.get().min() + " to "
                        + range.get().max() + " s"
                        + (range.get().step() == 1
                                ? ""
                                : ", every " + range.get().step() + " s"),
                "the nearest that it takes: " + ways));
    }

    private void inForce(NodeTimes node) {
        node.inForceMs()
                .filter(millis -> millis > plan.watchdogMs)
                .ifPresent(millis -> found.add(Problem.error(
                        Place.NONE,
                        "node " + node.node(),
                        "its watchdog has a timeout of " + text(millis) + ", and the cluster counts on "
                                + text(plan.watchdogMs) + ": it may live " + text(millis - plan.watchdogMs)
                                + " longer than its peers think",
                        "restart its guard, or set " + Given.WATCHDOG + "=" + millis / SECOND + "s")));
    }

    private void watchdogUnderMsgwait() {
        if (plan.watchdogMs < plan.fenceMs) {
            return;
        }
        found.add(Problem.error(
                Place.NONE,
                Given.MSGWAIT,
                "the watchdog timeout of " + text(plan.watchdogMs) + " is not under msgwait of " + text(plan.fenceMs)
                        + ": a node that lost the disk counts as dead up to " + text(plan.watchdogMs - plan.fenceMs)
                        + " before its watchdog has stopped it",
                Given.MSGWAIT + "=" + 2 * plan.watchdogMs / SECOND + "s, twice the watchdog timeout; or "
                        + Given.WATCHDOG + "=" + Math.max(1, plan.fenceMs / 2 / SECOND) + "s"));
    }

    private void msgwaitUnderFencingTimeout() {
        if (plan.fenceMs < plan.fencingTimeoutMs) {
            return;
        }
        found.add(Problem.error(
                Place.NONE,
                Given.FENCING,
                "msgwait of " + text(plan.fenceMs) + " is not under the fencing timeout of "
                        + text(plan.fencingTimeoutMs)
                        + ": fencing is given up before the message counts, and never succeeds",
                Given.FENCING + "=" + (plan.fenceMs * 6 / 5 / SECOND + 1) + "s, 1.2 x msgwait + 1 s"));
    }

    private void disk(NodeTimes node) {
        node.diskMs()
                .filter(latency -> latency > plan.loopMs)
                .ifPresent(latency -> found.add(Problem.error(
                        Place.NONE,
                        "node " + node.node(),
                        "a shared disk took " + text(latency) + ", and is to be read every " + text(plan.loopMs)
                                + ": a message is read later than msgwait allows for",
                        "find out why the disk is slow; or " + Given.LOOP + "=" + (2 * latency / SECOND + 1) + "s")));
    }

    /** A guard that runs says how long it feeds on; 2 % for clocks that differ, and 1 s for what it does between two looks. */
    private void promised(NodeTimes node, String what, String property) {
        if (node.holdMs().isEmpty() || node.inForceMs().isEmpty()) {
            return;
        }
        long bound = node.holdMs().get() + node.inForceMs().get();
        long needed = bound + bound / 50 + SECOND;
        if (needed <= plan.fenceMs) {
            return;
        }
        found.add(Problem.error(
                Place.NONE,
                "node " + node.node(),
                "it may live on for hold " + text(node.holdMs().get()) + " + watchdog "
                        + text(node.inForceMs().get()) + ", and 2 % and 1 s to be sure, = " + text(needed)
                        + ", and " + what + " is " + text(plan.fenceMs),
                property + "=" + (needed + SECOND - 1) / SECOND + "s; or a shorter watchdog timeout of its guard"));
    }

    /** Where guards run they have said what they do, and that is judged. */
    private void watchdogUnderWait() {
        boolean guarded = given.nodes().stream().anyMatch(node -> node.holdMs().isPresent());
        long lives = plan.detectionMs + plan.watchdogMs;
        if (guarded || lives < plan.fenceMs) {
            return;
        }
        found.add(Problem.error(
                Place.NONE,
                Given.DISKLESS,
                "a node that is alone may live " + text(plan.detectionMs) + " + " + text(plan.watchdogMs) + " = "
                        + text(lives) + " (it notices, then its watchdog runs), and its peers wait "
                        + text(plan.fenceMs),
                Given.DISKLESS + "="
                        + (Math.max(2 * plan.watchdogMs, lives + SECOND) + SECOND - 1) / SECOND + "s; or a shorter "
                        + Given.WATCHDOG));
    }

    private void device(String device, long millis) {
        if (millis < plan.fencingTimeoutMs) {
            return;
        }
        found.add(Problem.error(
                Place.NONE,
                "fence device " + device,
                "a call took " + text(millis) + ", and fencing is given up after " + text(plan.fencingTimeoutMs),
                Given.FENCING + "=" + (2 * millis / SECOND + 1) + "s, twice as long; or find out why it is slow"));
    }

    private void repeated(Given.Repeated repeated) {
        repeated.longestMs()
                .filter(longest -> longest >= repeated.intervalMs())
                .ifPresent(longest -> found.add(Problem.error(
                        Place.NONE,
                        "primitive \"" + repeated.resource() + "\"",
                        "its " + repeated.operation() + " took " + text(longest) + ", and is to be done every "
                                + text(repeated.intervalMs()),
                        "an interval above " + text(longest) + "; or find out why it is slow")));
    }

    private void target() {
        long recovery = plan.recoveryMs();
        if (given.targetMs().isEmpty() || recovery <= plan.targetMs) {
            return;
        }
        String sum = plan.chain.stream()
                .filter(Link::counts)
                .map(link -> link.name() + " " + text(link.millis()))
                .collect(Collectors.joining(" + "));
        found.add(Problem.error(
                Place.NONE,
                Given.TARGET,
                "recovery takes " + sum + " = " + text(recovery) + ", which is more than the target of "
                        + text(plan.targetMs),
                Given.TARGET + "=" + (recovery + SECOND - 1) / SECOND
                        + "s is the least that holds; or shorten what was set by hand"));
    }
}
