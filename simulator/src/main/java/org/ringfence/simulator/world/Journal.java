package org.ringfence.simulator.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.message.Message;
import org.ringfence.model.NodeId;

/**
 * What has happened: a digest over every event and effect, to compare runs, and lines for people.
 */
public final class Journal {
    private static final long FNV_PRIME = 0x100000001b3L;

    /** More messages than are ever under way at once, nearly always; those forgotten too early are read once more. */
    private static final int MESSAGES_AT_HAND = 4096;

    private final boolean detailed;
    private final List<Line> lines = new ArrayList<>();
    private long digest = 0xcbf29ce484222325L;
    private long events;
    /** A message is sent to many and received by many, and is long. */
    private final IdentityHashMap<Message, Integer> messages = new IdentityHashMap<>();

    /** One line of the story; about one node, or the world where {@code who} is empty. */
    public record Line(Duration when, String who, String what) {}

    /** @param detailed whether events and effects become lines too */
    public Journal(boolean detailed) {
        this.detailed = detailed;
    }

    void stepped(Duration when, NodeId node, Event event, List<Effect> effects) {
        events++;
        mix(when.toNanos());
        mix(node.name());
        if (event instanceof Event.Received(NodeId from, Message message)) {
            mix(from, message);
        } else {
            mix(event.toString());
        }
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send(NodeId to, Message message)) {
                mix(to, message);
            } else {
                mix(effect.toString());
            }
        }
        if (detailed) {
            lines.add(new Line(when, node.name(), "<- " + event));
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

    private void mix(NodeId peer, Message message) {
        if (messages.size() == MESSAGES_AT_HAND) {
            messages.clear();
        }
        mix(peer.name());
        mix(messages.computeIfAbsent(message, read -> read.toString().hashCode()));
    }

    private void mix(String text) {
        mix(text.hashCode());
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
