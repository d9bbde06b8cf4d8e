package org.ringfence.daemon.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.daemon.history.Clocks;
import org.ringfence.daemon.history.HistoryFile;
import org.ringfence.daemon.history.Line;
import org.ringfence.model.NodeId;

/** The last things that happened, as this node and its peers told them. Safe for use by many threads. */
public final class Timeline {
    private static final int KEPT = 20_000;
    private static final System.Logger LOG = System.getLogger("ringfence.timeline");

    private final NodeId self;
    private final HistoryFile file;
    private final Deque<Line> lines = new ArrayDeque<>();
    private final Clocks clocks = new Clocks();
    private boolean forgot;

    /** @param file where it is kept beyond the end of this process, and what was kept before */
    Timeline(NodeId self, HistoryFile file) {
        this.self = self;
        this.file = file;
        lines.addAll(file.loaded().lines());
        forgot = !file.loaded().complete();
    }

    /**
     * What is kept, in the order of the DC's clock.
     *
     * @param dc     by whose clock; the node itself when it knows of none
     * @param clocks how far the nodes' clocks are ahead of the DC's
     */
    public record Kept(List<Line> lines, boolean complete, NodeId dc, SortedMap<NodeId, Duration> clocks) {}

    /** @param arrived when this node heard of it, by its own clock */
    synchronized void add(HistoryEntry entry, Instant arrived) {
        if (!entry.node().equals(self)) {
            clocks.told(entry.node(), entry.when(), arrived);
        }
        var line = new Line(entry, entry.node().equals(self) ? Duration.ZERO : clocks.ahead(entry.node()));
        lines.addLast(line);
        file.add(line);
        if (lines.size() > KEPT) {
            lines.removeFirst();
            forgot = true;
        }
        LOG.log(
                level(entry.kind()),
                () -> entry.kind() + " " + entry.subject() + " " + entry.text() + " (" + entry.node() + ")");
    }

    public synchronized Kept kept() {
        NodeId dc = self;
        for (Line line : lines) {
            // Only the DC says this.
            if (line.entry().kind() == HistoryEntry.Kind.VIEW_READY) {
                dc = line.entry().node();
            }
        }
        Duration dcAhead = dc.equals(self) ? Duration.ZERO : clocks.ahead(dc);
        List<Line> sorted = new ArrayList<>();
        lines.forEach(line -> sorted.add(new Line(line.entry(), line.ahead().minus(dcAhead))));
        sorted.sort(Comparator.comparing(Line::when));
        SortedMap<NodeId, Duration> leads = new TreeMap<>();
        clocks.all().forEach((node, ahead) -> leads.put(node, ahead.minus(dcAhead)));
        leads.put(self, dcAhead.negated());
        return new Kept(sorted, !forgot, dc, leads);
    }

    private static System.Logger.Level level(HistoryEntry.Kind kind) {
        return switch (kind) {
            case INTERLOCK -> System.Logger.Level.ERROR;
            case FAULT_NOTICED,
                    FENCE_ASKED,
                    FENCE_ATTEMPTED,
                    FENCE_FAILED,
                    FENCE_CONFIRMED,
                    RESOURCE_FAILED,
                    DISK,
                    PROBLEM -> System.Logger.Level.WARNING;
            case NODE_STARTED,
                    NODE_SLOW,
                    VIEW_AGREED,
                    VIEW_READY,
                    TRANSITION_COMPUTED,
                    TRANSITION_ENDED,
                    ACTION_BEGUN,
                    ACTION_ENDED,
                    CONFIGURATION_CHANGED,
                    REQUEST -> System.Logger.Level.INFO;
        };
    }
}
