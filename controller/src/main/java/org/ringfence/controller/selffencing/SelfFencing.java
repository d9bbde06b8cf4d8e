package org.ringfence.controller.selffencing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.controller.fencing.FenceCall;
import org.ringfence.controller.membership.Quorum;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.value.TimeSpan;

/**
 * How long peers wait before they may take a node for dead that can only stop itself.
 *
 * <p>With H the guard's hold time, W the watchdog's timeout, and s the moment at which a node sent the last of its questions that
 * a majority has answered:
 *
 * <pre>
 *   last feed            &lt; s + H           the guard's rule
 *   reset                &le; s + H + W       the watchdog
 *   s                    &lt; v               v: a view without the node is installed
 *   reset                &lt; v + H + W
 * </pre>
 *
 * <p>The third line is the heart of it. A quorate view and a majority that has answered have a member in common; that member
 * answered in a view with the node, and left it when it promised the one without; so the question was sent before that promise,
 * and the promise was given before v. The answer's arrival may be later than v: nothing may be counted from there.
 *
 * <p>All of that is true time. H runs by the node's clock, W by its watchdog's, the waiting by the DC's; each may be wrong by a
 * hundredth, and a second is left for what a guard does between looking at its clock and feeding. So peers wait F after v, and
 *
 * <pre>
 *   F &ge; 1.02 (H + W) + 1 s
 * </pre>
 *
 * <p>The same holds for a message on shared disks, for a node that can neither read them nor be heard. So a message counts only
 * when it was written in a view without the node, and msgwait must be as long as F.
 */
public final class SelfFencing {
    /** The fence agent that writes to shared disks. */
    public static final String DISK_AGENT = "ringfence_sbd";

    /** What stands for an agent where nothing is called and the watchdog is waited for. */
    public static final String WATCHDOG = "watchdog";

    private static final String PROPERTY = "fencing-watchdog-timeout";
    private static final int DRIFT_PARTS = 50;
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private SelfFencing() {}

    /** The least that peers must wait for a node with this promise. */
    public static Duration needed(GuardPromise promise) {
        Duration bound = promise.bound();
        return bound.plus(bound.dividedBy(DRIFT_PARTS)).plus(MARGIN);
    }

    /** The longest hold time for which waiting so long is enough; empty when even none is. */
    public static Optional<Duration> hold(Duration wait, Duration watchdog) {
        Duration bound = wait.minus(MARGIN).multipliedBy(DRIFT_PARTS).dividedBy(DRIFT_PARTS + 1L);
        return Optional.of(Duration.ofMillis(bound.minus(watchdog).toMillis())).filter(Duration::isPositive);
    }

    /** Whether the administrator has asked for the watchdog to count as fencing. */
    public static boolean isWanted(Cib cib) {
        return configured(cib).isPresent();
    }

    /** In milliseconds; empty when it is zero or not there. */
    private static Optional<Long> configured(Cib cib) {
        return cib.property(PROPERTY)
                .map(text -> text.startsWith("-") ? -1L : TimeSpan.parseMillis(text, 0))
                .filter(millis -> millis != 0);
    }

    /** How long to wait for this promise by the configuration: twice the watchdog's timeout where that is negative. */
    private static Optional<Duration> wait(Cib cib, GuardPromise promise) {
        return configured(cib)
                .map(millis -> millis < 0 ? promise.watchdog().multipliedBy(2) : Duration.ofMillis(millis));
    }

    /** What a node has promised, as far as is known here. */
    public static Optional<GuardPromise> promise(FactsState facts, NodeId node) {
        return facts.value(Fact.Kind.GUARD, node.name(), "").flatMap(GuardPromise::read);
    }

    /** Why the watchdog alone does not make sure that a lost {@code node} is dead; empty when it does. */
    public static Optional<String> shortfall(Cib cib, FactsState facts, Quorum quorum, NodeId node) {
        if (configured(cib).isEmpty()) {
            return Optional.of(PROPERTY + " is not set");
        }
        if (quorum.fencingDecides()) {
            return Optional.of(
                    "of two nodes that are apart each could think that it may go on: two nodes need a shared disk"
                            + " or a fence device, or a third voter");
        }
        Optional<GuardPromise> promise = promise(facts, node);
        if (promise.isEmpty()) {
            return Optional.of(node + " is not known to run an armed guard");
        }
        if (promise.get().disks() > 0) {
            return Optional.of("the guard of " + node + " feeds its watchdog as long as it can read its disks");
        }
        Duration wait = wait(cib, promise.get()).orElseThrow();
        return wait.compareTo(needed(promise.get())) >= 0
                ? Optional.empty()
                : Optional.of(PROPERTY + " of " + wait.toMillis() + " ms is too short for " + node + ": "
                        + arithmetic(promise.get()));
    }

    /** The sum, for people. */
    public static String arithmetic(GuardPromise promise) {
        return "hold " + promise.hold().toMillis() + " ms + watchdog "
                + promise.watchdog().toMillis() + " ms, and 2 % and 1 s to be sure, is "
                + needed(promise).toMillis() + " ms";
    }

    /** Whether a message on shared disks makes sure that {@code node} is dead. */
    public static boolean isWatchingDisks(FactsState facts, NodeId node) {
        return promise(facts, node)
                .filter(promise -> promise.disks() > 0 && promise.messageWait().compareTo(needed(promise)) >= 0)
                .isPresent();
    }

    /** What stands in a plan for waiting; empty when waiting proves nothing. */
    public static Optional<FenceCall> call(Cib cib, FactsState facts, Quorum quorum, NodeId node, String action) {
        if (action.equals("on") || shortfall(cib, facts, quorum, node).isPresent()) {
            return Optional.empty();
        }
        Duration wait = wait(cib, promise(facts, node).orElseThrow()).orElseThrow();
        return Optional.of(new FenceCall(
                node,
                WATCHDOG,
                WATCHDOG,
                action,
                action,
                node.name(),
                "none",
                false,
                Optional.empty(),
                false,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                wait));
    }

    public static boolean isWatchdog(FenceCall call) {
        return call.agent().equals(WATCHDOG);
    }
}
