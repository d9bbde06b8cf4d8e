package org.ringfence.demo.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.ringfence.api.history.HistoryEntry;
import org.ringfence.api.history.HistoryKind;
import org.ringfence.demo.client.Attempt;

/**
 * The phases of one recovery in the order in which they happened. The client alone judges how long the service was away; the
 * histories of the nodes that live on tell what the time went into.
 *
 * @param phases the fault first
 * @param back   the first answer after the fault
 */
public record Recovery(List<Phase> phases, Attempt back) {
    /** How much later than the client's answer the agent's report of a start may be. */
    private static final Duration REPORTING = Duration.ofMillis(500);

    public Recovery {
        phases = List.copyOf(phases);
    }

    /**
     * Puts the witnesses' accounts together. A phase that nobody has on record is left out.
     *
     * @param fault   what was done and when
     * @param victim  the node that it was done to
     * @param history of the nodes that live on, in any order
     * @param back    the first answer of the service after the fault
     */
    public static Recovery of(Phase fault, String victim, List<HistoryEntry> history, Attempt back) {
        return of(fault, victim, history, List.of(), back);
    }

    /** @param outside what was seen of the victim from outside every node, after the fault */
    public static Recovery of(
            Phase fault, String victim, List<HistoryEntry> history, List<Phase> outside, Attempt back) {
        List<HistoryEntry> after = history.stream()
                .filter(entry -> !entry.at().isBefore(fault.at()))
                .filter(entry -> !entry.node().name().equals(victim))
                .sorted(Comparator.comparing(HistoryEntry::at))
                .toList();
        List<Phase> phases = new ArrayList<>();
        phases.add(fault);
        phases.addAll(outside);
        first(after, HistoryKind.NODE_LOST, entry -> entry.subject().equals(victim))
                .ifPresent(entry -> phases.add(phase("noticed", entry.node() + " notices", entry)));
        first(after, HistoryKind.VIEW_AGREED, _ -> true)
                .ifPresent(entry -> phases.add(phase("view agreed", "view agreed: " + members(entry), entry)));
        first(after, HistoryKind.FENCE_ASKED, entry -> entry.subject().equals(victim))
                .ifPresent(entry -> phases.add(phase("fence asked", victim + " is to be fenced", entry)));
        first(
                        after,
                        HistoryKind.FENCE_BEGUN,
                        entry -> entry.subject().equals(victim) && entry.text().contains("watchdog"))
                .ifPresent(entry -> phases.add(phase("waiting", entry.text(), entry)));
        first(after, HistoryKind.FENCE_CONFIRMED, entry -> entry.subject().equals(victim))
                .ifPresent(
                        entry -> phases.add(phase("fence confirmed", victim + " is fenced: " + entry.text(), entry)));
        recoveryComputed(after)
                .ifPresent(entry ->
                        phases.add(phase("transition computed", "transition computed: " + entry.text(), entry)));
        started(after, "web-address")
                .ifPresent(entry -> phases.add(phase("address up", "the address is up on " + where(entry), entry)));
        started(after, "web-service")
                .ifPresent(entry -> phases.add(phase("service up", "the service is up on " + where(entry), entry)));
        phases.removeIf(phase -> phase.at().isAfter(back.ended().plus(REPORTING)));
        // A service that answers is up, although its agent may take a moment more to say so.
        phases.replaceAll(phase ->
                phase.at().isAfter(back.ended()) ? new Phase(phase.name(), phase.text(), back.ended()) : phase);
        phases.sort(Comparator.comparing(Phase::at));
        phases.add(new Phase("client answered", "the client is answered, by " + back.answer(), back.ended()));
        return new Recovery(phases, back);
    }

    private static String members(HistoryEntry entry) {
        return entry.details().getOrDefault("members", entry.text());
    }

    private static Phase phase(String name, String text, HistoryEntry entry) {
        return new Phase(name, text, entry.at());
    }

    private static Optional<HistoryEntry> first(
            List<HistoryEntry> history, HistoryKind kind, Predicate<HistoryEntry> wanted) {
        return history.stream()
                .filter(entry -> entry.kind() == kind)
                .filter(wanted)
                .findFirst();
    }

    /** The last decision before the first start: earlier ones were overtaken by what happened. */
    private static Optional<HistoryEntry> recoveryComputed(List<HistoryEntry> history) {
        Optional<Instant> firstStart = history.stream()
                .filter(entry -> entry.kind() == HistoryKind.ACTION_BEGUN)
                .filter(entry -> "start".equals(entry.details().get("operation")))
                .map(HistoryEntry::at)
                .findFirst();
        return history.stream()
                .filter(entry -> entry.kind() == HistoryKind.TRANSITION_COMPUTED)
                .filter(entry -> firstStart.isEmpty() || !entry.at().isAfter(firstStart.get()))
                .reduce((earlier, later) -> later);
    }

    private static Optional<HistoryEntry> started(List<HistoryEntry> history, String resource) {
        return first(
                history,
                HistoryKind.ACTION_ENDED,
                entry -> entry.subject().equals(resource)
                        && "start".equals(entry.details().get("operation")));
    }

    private static String where(HistoryEntry entry) {
        return entry.details().getOrDefault("target", entry.node().name());
    }

    public Instant fault() {
        return phases.getFirst().at();
    }

    /** From the fault until the client was answered. */
    public Duration downtime() {
        return Duration.between(fault(), back.ended());
    }

    public Duration after(Phase phase) {
        return Duration.between(fault(), phase.at());
    }

    /** From the phase before this one; zero for the fault. */
    public Duration took(Phase phase) {
        int index = phases.indexOf(phase);
        return index == 0
                ? Duration.ZERO
                : Duration.between(phases.get(index - 1).at(), phase.at());
    }
}
