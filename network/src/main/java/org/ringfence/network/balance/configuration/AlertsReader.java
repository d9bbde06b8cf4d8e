package org.ringfence.network.balance.configuration;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.ringfence.network.balance.service.Alerts;

/** Reads who is told by mail, and when. */
final class AlertsReader {
    private static final List<String> STATES = List.of("starting", "running", "stopping", "reloading");

    private final Values values;
    private final Values globals;

    AlertsReader(Values values, Values globals) {
        this.values = values;
        this.globals = globals;
    }

    Alerts read() {
        List<String> to = values.text("emailalert")
                .map(text -> Arrays.stream(text.replace("\"", "").split(","))
                        .map(String::strip)
                        .filter(address -> !address.isEmpty())
                        .toList())
                .orElse(List.of());
        return new Alerts(
                to,
                globals.text("emailalertfrom"),
                values.number("emailalertfreq", 0, Integer.MAX_VALUE, 0),
                values.word(
                                "emailalertstatus",
                                AlertsReader::states,
                                "write all, none, or some of " + String.join(",", STATES))
                        .orElse(Collections.unmodifiableSequencedSet(new LinkedHashSet<>(STATES))),
                values.text("smtp"));
    }

    /** @return empty when a word is not known, or none stands beside another */
    private static Optional<SequencedSet<String>> states(String text) {
        SequencedSet<String> states = new LinkedHashSet<>();
        List<String> words = Arrays.stream(text.split(",")).map(String::strip).toList();
        for (String word : words) {
            if (word.equals("all")) {
                states.addAll(STATES);
            } else if (STATES.contains(word)) {
                states.add(word);
            } else if (!word.equals("none") || words.size() > 1) {
                return Optional.empty();
            }
        }
        return Optional.of(Collections.unmodifiableSequencedSet(states));
    }
}
