package org.ringfence.controller.fencing;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;

/**
 * How nodes were fenced: a ring of {@value #PLACES} places that all members have, on their disks too. When it is full, the
 * oldest gives way.
 */
public final class FencingLog {
    /** How many are kept. */
    public static final int PLACES = 200;

    private FencingLog() {}

    /**
     * One fencing.
     *
     * @param when      by the clock of the DC
     * @param action    {@code reboot}, {@code off}, {@code on}, or {@code confirmed} for what somebody has said by hand
     * @param succeeded whether the target was fenced
     * @param why       who asked for it and why
     * @param how       device, node and time, or what was wrong
     */
    public record Entry(Instant when, String target, String action, boolean succeeded, String why, String how) {
        private static final String SEPARATOR = "\t";
        private static final int PARTS = 6;
        private static final Pattern TOOK = Pattern.compile(" in ([0-9]{1,12}) ms");

        public String value() {
            return String.join(
                    SEPARATOR, when.toString(), target, action, Boolean.toString(succeeded), plain(why), plain(how));
        }

        private static String plain(String text) {
            return text.replaceAll("\\s+", " ");
        }

        static Optional<Entry> parse(String value) {
            String[] parts = value.split(SEPARATOR, PARTS);
            if (parts.length != PARTS) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Entry(
                        Instant.parse(parts[0]),
                        parts[1],
                        parts[2],
                        Boolean.parseBoolean(parts[3]),
                        parts[4],
                        parts[5]));
            } catch (DateTimeException notADate) {
                return Optional.empty();
            }
        }

        /** How long the agents' calls took; empty when no agent was called. */
        public Optional<Duration> took() {
            Matcher matcher = TOOK.matcher(how);
            return matcher.find() ? Optional.of(Duration.ofMillis(Long.parseLong(matcher.group(1)))) : Optional.empty();
        }

        /** Whether the target was off for a moment by it. */
        public boolean isDown() {
            return succeeded && !action.equals("on");
        }
    }

    /** All that are kept, oldest first. */
    public static List<Entry> of(List<Fact> facts) {
        return facts.stream()
                .filter(fact -> fact.key().kind() == Fact.Kind.FENCING_LOG)
                .sorted(Comparator.comparing(Fact::stamp))
                .flatMap(fact -> fact.value().stream())
                .flatMap(value -> Entry.parse(value).stream())
                .toList();
    }

    /** How often a node was fenced since, not counting what was asked for by hand. */
    public static long times(FactsState facts, String target, Instant since) {
        return of(List.copyOf(facts.facts().values())).stream()
                .filter(entry -> entry.target().equals(target) && entry.isDown())
                .filter(entry -> !entry.when().isBefore(since) && !entry.why().startsWith("asked for"))
                .count();
    }

    /** Where the next one goes: a place that is free, or the one of the oldest. */
    public static Fact.Key nextPlace(FactsState facts) {
        SortedMap<Fact.Key, Fact> all = facts.facts();
        List<Fact> taken = new ArrayList<>();
        for (int place = 0; place < PLACES; place++) {
            Fact fact = all.get(key(place));
            if (fact == null) {
                return key(place);
            }
            taken.add(fact);
        }
        return taken.stream()
                .min(Comparator.comparing(Fact::stamp))
                .map(Fact::key)
                .orElseThrow();
    }

    private static Fact.Key key(int place) {
        return new Fact.Key(Fact.Kind.FENCING_LOG, "", String.format("%03d", place));
    }
}
