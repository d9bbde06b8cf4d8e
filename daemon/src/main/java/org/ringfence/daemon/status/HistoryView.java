package org.ringfence.daemon.status;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ringfence.api.HistoryReply;
import org.ringfence.api.Reply;
import org.ringfence.api.history.HistoryEntry;
import org.ringfence.api.history.HistoryKind;
import org.ringfence.daemon.history.Incident;
import org.ringfence.daemon.history.Incidents;
import org.ringfence.daemon.history.Line;
import org.ringfence.daemon.node.Timeline;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/** The timeline in the words of the local API. */
final class HistoryView {
    private HistoryView() {}

    static Reply.Outcome of(Timeline timeline, Optional<Instant> since, Optional<String> wanted) {
        Timeline.Kept kept = timeline.kept();
        List<Incident> incidents = Incidents.of(kept.lines());
        Optional<Incident> one = wanted.flatMap(id ->
                incidents.stream().filter(incident -> incident.id().equals(id)).findFirst());
        if (wanted.isPresent() && one.isEmpty()) {
            return new Reply.Unusable(List.of(Problem.error(
                    Place.NONE,
                    "incident " + wanted.get(),
                    "is not known",
                    "list them with 'ringfence history --incidents'")));
        }
        Map<Line, String> belongs = new HashMap<>();
        incidents.forEach(incident -> incident.lines().forEach(line -> belongs.put(line, incident.id())));
        List<Line> lines = one.map(Incident::lines).orElse(kept.lines());
        List<HistoryEntry> entries = lines.stream()
                .filter(line -> since.isEmpty() || !line.when().isBefore(since.get()))
                .map(line -> entry(line, Optional.ofNullable(belongs.get(line))))
                .toList();
        List<HistoryReply.Incident> shown = incidents.stream()
                .filter(incident -> one.isEmpty() || incident.equals(one.get()))
                .filter(incident -> since.isEmpty()
                        || incident.ended().isEmpty()
                        || !incident.ended().get().isBefore(since.get()))
                .map(HistoryView::incident)
                .toList();
        return new HistoryReply(entries, kept.complete(), shown, new LinkedHashMap<>(kept.clocks()));
    }

    /** All that is kept, oldest first, whatever it belongs to. */
    static List<HistoryEntry> entries(Timeline timeline) {
        return timeline.kept().lines().stream()
                .map(line -> entry(line, Optional.empty()))
                .toList();
    }

    private static HistoryReply.Incident incident(Incident incident) {
        var cause = incident.cause();
        return new HistoryReply.Incident(
                incident.id(),
                incident.begun(),
                incident.ended(),
                cause.subject().isEmpty() ? cause.text() : cause.subject() + ": " + cause.text(),
                incident.lines().size());
    }

    private static HistoryEntry entry(Line line, Optional<String> incident) {
        var entry = line.entry();
        return new HistoryEntry(
                line.when(), entry.node(), kind(entry), entry.subject(), entry.text(), incident, entry.details());
    }

    private static HistoryKind kind(org.ringfence.controller.history.HistoryEntry entry) {
        return switch (entry.kind()) {
            case NODE_STARTED -> HistoryKind.DAEMON_STARTED;
            case NODE_SLOW -> entry.text().contains("late") ? HistoryKind.NODE_SLOW : HistoryKind.NODE_PROMPT;
            case FAULT_NOTICED ->
                "LEFT".equals(entry.details().get("silence")) ? HistoryKind.NODE_LEFT : HistoryKind.NODE_LOST;
            case VIEW_AGREED -> HistoryKind.VIEW_AGREED;
            case VIEW_READY -> HistoryKind.DC_ELECTED;
            case FENCE_ASKED -> HistoryKind.FENCE_ASKED;
            case FENCE_ATTEMPTED -> HistoryKind.FENCE_BEGUN;
            case FENCE_FAILED -> HistoryKind.FENCE_FAILED;
            case FENCE_CONFIRMED -> HistoryKind.FENCE_CONFIRMED;
            case TRANSITION_COMPUTED -> HistoryKind.TRANSITION_COMPUTED;
            case TRANSITION_ENDED ->
                "true".equals(entry.details().get("complete"))
                        ? HistoryKind.TRANSITION_COMPLETE
                        : HistoryKind.TRANSITION_ABORTED;
            case ACTION_BEGUN -> HistoryKind.ACTION_BEGUN;
            case ACTION_ENDED -> HistoryKind.ACTION_ENDED;
            case RESOURCE_FAILED -> HistoryKind.RESOURCE_FAILED;
            case CONFIGURATION_CHANGED -> HistoryKind.CONFIGURATION_CHANGED;
            case REQUEST -> HistoryKind.ASKED;
            case INTERLOCK -> HistoryKind.INTERLOCK_ENGAGED;
            case DISK, PROBLEM -> HistoryKind.PROBLEM;
        };
    }
}
