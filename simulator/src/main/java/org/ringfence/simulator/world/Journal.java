package org.ringfence.simulator.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.model.NodeId;

/**
 * What has happened: a digest over every event and effect, to compare runs, and lines for people.
 */
public final class Journal {
    private static final long FNV_PRIME = 0x100000001b3L;

    private final boolean detailed;
    private final List<Line> lines = new ArrayList<>();
    private long digest = 0xcbf29ce484222325L;
    private long events;

    /** One line of the story; about one node, or the world where {@code who} is empty. */
    public record Line(Duration when, String who, String what) {}

    /** @param detailed whether events and effects become lines too */
    public Journal(boolean detailed) {
        this.detailed = detailed;
    }

    void stepped(Duration when, NodeId node, Event event, List<Effect> effects) {
        events++;
        String text = event.toString();
        mix(when.toNanos());
        mix(node.name());
        mix(text);
        for (Effect effect : effects) {
            mix(effect.toString());
        }
        if (detailed) {
            lines.add(new Line(when, node.name(), "<- " + text));
            effects.stream()
                    .filter(effect -> !(effect instanceof Effect.Tell))
                    .forEach(effect -> lines.add(new Line(when, node.name(), "-> " + effect)));
        }
    }

    void told(Duration when, NodeId node, HistoryEntry entry) {
        if (entry.node().equals(node)) {
            String subject = entry.subject().isEmpty() ? "" : " " + entry.subject();
            lines.add(new Line(when, node.name(), entry.kind() + subject + ": " + entry.text()));
        }
    }

    void note(Duration when, String who, String what) {
        mix(what);
        lines.add(new Line(when, who, "* " + what));
    }

    private void mix(String text) {
        for (int index = 0; index < text.length(); index++) {
            digest = (digest ^ text.charAt(index)) * FNV_PRIME;
        }
    }

    private void mix(long number) {
        digest = (digest ^ number) * FNV_PRIME;
    }

    /** Equal for two runs in which the same happened at the same times. */
    public String digest() {
        return "%016x".formatted(digest);
    }

    /** How many events nodes have handled. */
    public long events() {
        return events;
    }

    public List<Line> lines() {
        return Collections.unmodifiableList(lines);
    }
}
