package org.ringfence.daemon.status;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ringfence.controller.ClusterStatus;
import org.ringfence.controller.foresee.Failure;
import org.ringfence.controller.foresee.Foresight;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.daemon.history.Line;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

/**
 * After each change of the configuration, looks in the background which single failures the cluster could not deal with any more, and tells
 * the cluster those that it could deal with before. Works on the DC alone, once the cluster has come to rest, on a thread of the lowest priority; gives
 * up on what takes longer than {@link #BUDGET}.
 */
public final class GapWatch {
    /** The attribute of the DC that has what is told. */
    static final String ATTRIBUTE = "#gaps";

    private static final System.Logger LOG = System.getLogger("ringfence");
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration BUDGET = Duration.ofSeconds(10);
    private static final int TOLD = 3;

    /** Characters. Each failure is scheduled on a copy, and a daemon's memory is small and belongs to other things first. */
    static final int LARGEST = 200_000;

    private final NodeId self;
    private final Supplier<List<Line>> history;
    private final Asking asking;
    private Instant looked = Instant.MIN;
    private Optional<SortedSet<String>> known = Optional.empty();
    private String told = "";

    /** @param history what this node knows to have happened */
    public GapWatch(NodeId self, Supplier<List<Line>> history, Asking asking) {
        this.self = self;
        this.history = history;
        this.asking = asking;
    }

    /** Does so from now on, on a thread that ends with the process. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: whatever else is to be done comes first
    public void start() {
        Thread thread = Thread.ofPlatform()
                .name("gap-watch")
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .unstarted(() -> {
                    try {
                        while (true) {
                            Thread.sleep(EVERY);
                            look();
                        }
                    } catch (InterruptedException ending) {
                        Thread.currentThread().interrupt();
                    }
                });
        thread.start();
    }

    /** Once, if the configuration was changed since and the cluster is at rest. */
    void look() throws InterruptedException {
        Instant changed = lastChange();
        if (!changed.isAfter(looked)) {
            return;
        }
        if (!(asking.answer(new Request.Status()) instanceof Answer.Status(ClusterStatus status))
                || !status.answeredBy().equals(self)
                || !status.ready()
                || status.transition().isPresent()) {
            return;
        }
        looked = changed;
        if (status.cib().length() > LARGEST) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "single failures are not foreseen in the background: the configuration with its status has {0}"
                            + " characters, more than {1}",
                    status.cib().length(),
                    LARGEST);
            return;
        }
        Optional<SortedSet<String>> gaps = gaps(status.cib());
        if (gaps.isPresent()) {
            tell(fresh(known, gaps.get()));
            known = gaps;
        }
    }

    /** The DC tells of changes, and no other node. */
    private Instant lastChange() {
        return history.get().stream()
                .map(Line::entry)
                .filter(entry -> entry.kind() == HistoryEntry.Kind.CONFIGURATION_CHANGED
                        && entry.node().equals(self))
                .map(HistoryEntry::when)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    /** Empty when it would take too long. */
    private static Optional<SortedSet<String>> gaps(String text) {
        long end = System.nanoTime() + BUDGET.toNanos();
        SortedSet<String> gaps = new TreeSet<>();
        try {
            var foresight = new Foresight(Cib.read(text, "configuration"), Instant.now());
            Map<Failure, Boolean> looked = new HashMap<>();
            for (Failure failure : foresight.failures()) {
                if (System.nanoTime() - end > 0) {
                    LOG.log(
                            System.Logger.Level.INFO,
                            "single failures are not foreseen in the background: it takes longer than {0} s",
                            BUDGET.toSeconds());
                    return Optional.empty();
                }
                Boolean alike = looked.get(failure.likeness());
                boolean gap = alike == null ? foresight.of(failure).isGap() : alike;
                looked.put(failure.likeness(), gap);
                if (gap) {
                    gaps.add(failure.toString());
                }
            }
        } catch (UnusableInputException damaged) {
            throw new IllegalStateException("a configuration in force can be read", damaged);
        }
        return Optional.of(gaps);
    }

    /** What is a gap now and was none before; none when nothing is known of before. */
    static List<String> fresh(Optional<SortedSet<String>> before, SortedSet<String> now) {
        return before.map(former ->
                        now.stream().filter(gap -> !former.contains(gap)).toList())
                .orElse(List.of());
    }

    private void tell(List<String> fresh) throws InterruptedException {
        String text = fresh.stream().limit(TOLD).collect(Collectors.joining(", "))
                + (fresh.size() > TOLD ? " and " + (fresh.size() - TOLD) + " more" : "");
        if (text.equals(told)) {
            return;
        }
        Optional<String> value = text.isEmpty() ? Optional.empty() : Optional.of(text);
        if (asking.answer(new Request.SetAttribute(self.name(), ATTRIBUTE, value)) instanceof Answer.Done) {
            told = text;
        }
    }
}
