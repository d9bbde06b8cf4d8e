package org.ringfence.scheduler.timers;

import static org.ringfence.scheduler.timers.Timers.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ringfence.scheduler.timers.Link.Origin;

/** The chain as it is made, link by link, with the figures that are compared. */
final class Plan {
    /** Assumed where a cluster has no {@code recovery-target}. */
    private static final long DEFAULT_TARGET_MS = 30_000;

    /** Proposal, answers and installation of a view, and a transition: some rounds of messages and writes to disk. */
    private static final long AGREEMENT_MS = 1_000;

    private static final long DETECTION_MIN_MS = 1_000;
    private static final long DETECTION_MAX_MS = 5_000;
    private static final long SECOND = 1_000;

    long targetMs;
    long detectionMs;
    long watchdogMs;
    long loopMs;
    /** What a lost node's peers wait until it counts as dead: msgwait, the diskless wait, the device's run. */
    long fenceMs;

    long fencingTimeoutMs;
    final List<Link> chain = new ArrayList<>();

    long recoveryMs() {
        return chain.stream().filter(Link::counts).mapToLong(Link::millis).sum();
    }

    /**
     * The chain, with another watchdog timeout than there is.
     *
     * @param watchdogMs empty for the one that there is
     */
    static Plan of(Given given, Optional<Long> watchdogMs) {
        var plan = new Plan();
        plan.targetMs = given.targetMs().orElse(DEFAULT_TARGET_MS);
        Link start = given.startMs()
                .map(measured -> new Link(
                        "start",
                        "",
                        measured * 3 / 2,
                        "1.5 x the longest start measured, " + text(measured),
                        Origin.MEASURED,
                        true))
                .orElseGet(() -> new Link(
                        "start",
                        "",
                        plan.targetMs / 5,
                        "a fifth of the target; none is measured yet",
                        Origin.DERIVED,
                        true));
        Link agreement = new Link("agreement", "", AGREEMENT_MS, "some rounds of messages", Origin.CONSTANT, true);
        long rest = Math.max(0, plan.targetMs - start.millis() - AGREEMENT_MS);
        Link detection = detection(given, rest);
        plan.detectionMs = detection.millis();
        plan.chain.add(detection);
        plan.chain.add(agreement);
        long left = Math.max(0, rest - plan.detectionMs);
        String leftText = text(plan.targetMs) + " - " + text(start.millis()) + " - " + text(AGREEMENT_MS) + " - "
                + text(plan.detectionMs) + " = " + text(left);
        switch (given.path()) {
            case SHARED_DISK -> disk(given, plan, watchdogMs, left, leftText);
            case DISKLESS -> diskless(given, plan, watchdogMs, left, leftText);
            case DEVICE -> device(given, plan, left, leftText);
        }
        plan.chain.add(start);
        return plan;
    }

    private static Link detection(Given given, long rest) {
        Optional<Long> fixed = given.fixed(Given.DETECTION);
        if (fixed.isPresent()) {
            return Link.byHand("detection", Given.DETECTION, fixed.get(), true);
        }
        long pause = given.nodes().stream()
                .mapToLong(node -> node.pauseMs().orElse(0L))
                .max()
                .orElse(0);
        long quarter = Math.clamp(rest / 4, DETECTION_MIN_MS, DETECTION_MAX_MS);
        String text = "a quarter of " + text(rest) + ", between 1 and 5 s";
        return 2 * pause > quarter
                ? new Link(
                        "detection",
                        Given.DETECTION,
                        2 * pause,
                        text + "; but 2 x the longest pause, " + text(pause),
                        Origin.MEASURED,
                        true)
                : new Link("detection", Given.DETECTION, quarter, text, Origin.DERIVED, true);
    }

    private static void disk(Given given, Plan plan, Optional<Long> other, long left, String leftText) {
        long latency = given.nodes().stream()
                .mapToLong(node -> node.diskMs().orElse(0L))
                .max()
                .orElse(0);
        Link loop = given.fixed(Given.LOOP)
                .map(fixed -> Link.byHand("read loop", Given.LOOP, fixed, false))
                .or(() -> most(given.nodes().stream().map(NodeTimes::loopMs))
                        .map(told -> new Link("read loop", Given.LOOP, told, "as on the disk", Origin.MEASURED, false)))
                .orElseGet(() -> new Link(
                        "read loop",
                        Given.LOOP,
                        seconds(Math.max(SECOND, 2 * latency)),
                        latency == 0 ? "1 s" : "at least 2 x the disk's latency of " + text(latency),
                        Origin.DERIVED,
                        false));
        plan.loopMs = loop.millis();
        Optional<Link> told = given.fixed(Given.MSGWAIT)
                .map(fixed -> Link.byHand("msgwait", Given.MSGWAIT, fixed, true))
                .or(() -> most(given.nodes().stream().map(NodeTimes::msgwaitMs))
                        .map(onDisk ->
                                new Link("msgwait", Given.MSGWAIT, onDisk, "as on the disk", Origin.MEASURED, true)));
        long room = told.map(Link::millis).orElse(left / SECOND * SECOND);
        Link watchdog =
                WatchdogChoice.link(given, other, Math.min(room / 2, room - 2 * plan.loopMs - SECOND), "msgwait", room);
        plan.watchdogMs = watchdog.millis();
        long least = Math.max(2 * plan.watchdogMs, plan.watchdogMs + 2 * plan.loopMs + SECOND);
        Link msgwait = told.filter(link -> other.isEmpty() || link.millis() >= least)
                .orElseGet(() -> new Link(
                        "msgwait",
                        Given.MSGWAIT,
                        Math.max(least, other.isPresent() ? 0 : room),
                        least > room || other.isPresent()
                                ? "2 x the watchdog timeout, at least"
                                : "what is left for fencing: " + leftText,
                        Origin.DERIVED,
                        true));
        plan.fenceMs = msgwait.millis();
        long timeout = seconds(plan.fenceMs * 6 / 5 + SECOND);
        Link fencing = fencingTimeout(
                given, timeout, "1.2 x msgwait + 1 s: " + text(plan.fenceMs) + " x 1.2 + 1 s = " + text(timeout));
        plan.fencingTimeoutMs = fencing.millis();
        plan.chain.addAll(List.of(loop, watchdog, msgwait, fencing));
    }

    private static void diskless(Given given, Plan plan, Optional<Long> other, long left, String leftText) {
        Optional<Link> told =
                given.fixed(Given.DISKLESS).map(fixed -> Link.byHand("diskless wait", Given.DISKLESS, fixed, true));
        long room = told.map(Link::millis).orElse(left / SECOND * SECOND);
        Link watchdog = WatchdogChoice.link(
                given, other, Math.min(room / 2, room - plan.detectionMs - SECOND), "the wait", room);
        plan.watchdogMs = watchdog.millis();
        long least = seconds(Math.max(2 * plan.watchdogMs, plan.watchdogMs + plan.detectionMs + SECOND));
        Link wait = told.filter(link -> other.isEmpty() || link.millis() >= least)
                .orElseGet(() -> new Link(
                        "diskless wait",
                        Given.DISKLESS,
                        Math.max(least, other.isPresent() ? 0 : room),
                        least > room || other.isPresent()
                                ? "2 x the watchdog timeout, at least, and detection + watchdog + 1 s"
                                : "what is left for fencing: " + leftText,
                        Origin.DERIVED,
                        true));
        plan.fenceMs = wait.millis();
        plan.chain.addAll(List.of(watchdog, wait));
    }

    private static void device(Given given, Plan plan, long left, String leftText) {
        Optional<Long> measured = most(given.deviceMs().values().stream().map(Optional::of));
        Link fence = measured.map(millis -> new Link(
                        "fencing",
                        "",
                        2 * millis,
                        "2 x the longest call measured, " + text(millis),
                        Origin.MEASURED,
                        true))
                .orElseGet(() -> new Link(
                        "fencing",
                        "",
                        left,
                        "what is left: " + leftText + "; no call is measured yet",
                        Origin.DERIVED,
                        true));
        plan.fenceMs = measured.orElse(0L);
        long timeout = seconds(Math.max(left, fence.millis()));
        Link fencing = fencingTimeout(given, timeout, "what is left for fencing, at least 2 x the longest call");
        plan.fencingTimeoutMs = fencing.millis();
        plan.chain.addAll(List.of(fence, fencing));
    }

    private static Link fencingTimeout(Given given, long derived, String arithmetic) {
        return given.fixed(Given.FENCING)
                .map(fixed -> Link.byHand("fencing timeout", Given.FENCING, fixed, false))
                .orElseGet(
                        () -> new Link("fencing timeout", Given.FENCING, derived, arithmetic, Origin.DERIVED, false));
    }

    private static Optional<Long> most(Stream<Optional<Long>> values) {
        return values.flatMap(Optional::stream).max(Long::compare);
    }

    /** Rounded up to whole seconds. */
    private static long seconds(long millis) {
        return (millis + SECOND - 1) / SECOND * SECOND;
    }
}
