package org.ringfence.daemon.history;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.model.NodeId;

/**
 * Finds incidents in what happened. One begins with something that goes wrong: a node is lost, a resource fails, a fencing is asked for,
 * the interlock holds. Until it has ended, everything that happens belongs to it, as does what was said of a slow node shortly before. It
 * ends with a transition that is complete while no fencing is open, unless more goes wrong within seconds; or when nothing at all
 * has happened for a while.
 */
public final class Incidents {
    /** Longer than the cluster takes from noticing a fault to deciding about it. */
    private static final Duration QUIET = Duration.ofSeconds(60);
    /** What goes wrong so soon after all was mended has the same cause as a rule. */
    private static final Duration RELAPSE = Duration.ofSeconds(3);
    /** A host that is about to fail is slow first. */
    private static final Duration OMENS = Duration.ofSeconds(30);

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<Incident> found = new ArrayList<>();
    private final TreeSet<String> ids = new TreeSet<>();
    private final TreeSet<String> fencings = new TreeSet<>();
    private final List<Line> current = new ArrayList<>();
    private final List<Line> omens = new ArrayList<>();
    private Optional<HistoryEntry> cause = Optional.empty();
    private Optional<Instant> mended = Optional.empty();

    private Incidents() {}

    /** @param lines in the order of one clock */
    public static List<Incident> of(List<Line> lines) {
        var incidents = new Incidents();
        lines.forEach(incidents::take);
        incidents.end(Optional.empty());
        return incidents.found;
    }

    private void take(Line line) {
        HistoryEntry entry = line.entry();
        boolean wrong = isWrong(entry);
        if (cause.isPresent() && isOver(line, wrong)) {
            end(mended.or(() -> Optional.of(current.getLast().when())));
        }
        if (cause.isEmpty()) {
            omens.removeIf(omen -> Duration.between(omen.when(), line.when()).compareTo(OMENS) > 0);
            if (!wrong) {
                if (entry.kind() == Kind.NODE_SLOW) {
                    omens.add(line);
                }
                return;
            }
            cause = Optional.of(entry);
            omens.stream()
                    .filter(omen -> omen.entry().subject().equals(entry.subject()))
                    .forEach(current::add);
            omens.clear();
        }
        current.add(line);
        follow(line, wrong);
    }

    private boolean isOver(Line line, boolean wrong) {
        Duration since = Duration.between(current.getLast().when(), line.when());
        if (mended.isPresent()) {
            return !wrong || Duration.between(mended.get(), line.when()).compareTo(RELAPSE) > 0;
        }
        return since.compareTo(QUIET) > 0 && fencings.isEmpty();
    }

    private void follow(Line line, boolean wrong) {
        HistoryEntry entry = line.entry();
        if (wrong) {
            mended = Optional.empty();
        }
        switch (entry.kind()) {
            case FENCE_ASKED -> fencings.add(entry.subject());
            case FENCE_CONFIRMED -> fencings.remove(entry.subject());
            case TRANSITION_ENDED -> {
                if ("true".equals(entry.details().get("complete")) && fencings.isEmpty()) {
                    mended = Optional.of(line.when());
                }
            }
            default -> {}
        }
    }

    private static boolean isWrong(HistoryEntry entry) {
        return switch (entry.kind()) {
            case FAULT_NOTICED -> !"LEFT".equals(entry.details().get("silence"));
            case FENCE_ASKED, FENCE_FAILED, RESOURCE_FAILED, INTERLOCK, DISK, PROBLEM -> true;
            case NODE_STARTED,
                    NODE_SLOW,
                    VIEW_AGREED,
                    VIEW_READY,
                    FENCE_ATTEMPTED,
                    FENCE_CONFIRMED,
                    TRANSITION_COMPUTED,
                    TRANSITION_ENDED,
                    ACTION_BEGUN,
                    ACTION_ENDED,
                    CONFIGURATION_CHANGED,
                    REQUEST -> false;
        };
    }

    private void end(Optional<Instant> when) {
        cause.ifPresent(first -> found.add(new Incident(id(first), first, current, when.or(() -> mended))));
        cause = Optional.empty();
        mended = Optional.empty();
        current.clear();
        fencings.clear();
    }

    private String id(HistoryEntry first) {
        String subject = first.subject().isEmpty() ? first.node().name() : first.subject();
        String base = WHEN.format(first.when()) + "-" + (NodeId.isName(subject) ? subject : "cluster");
        String id = base;
        for (int number = 2; !ids.add(id); number++) {
            id = base + "-" + number;
        }
        return id;
    }
}
