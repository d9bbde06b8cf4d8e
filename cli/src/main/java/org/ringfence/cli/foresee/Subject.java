package org.ringfence.cli.foresee;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.Conversation;
import org.ringfence.cli.input.CibFile;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.Suggestion;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.BatchTime;

/** What is asked about: a cluster with its status, at a point in time. */
sealed interface Subject {
    /** It is known. */
    record Known(Cib cib, Instant at) implements Subject {}

    /** The node that was asked says no. */
    record Refused(Reply.Outcome outcome) implements Subject {}

    /**
     * From a file when one is named, else from the node.
     *
     * @param at as of when; null for the file's own date, or now
     * @throws UnusableInputException when the file or the time cannot be read
     */
    static Subject of(@Nullable Path file, @Nullable String at, Instant now, Conversation conversation)
            throws UnusableInputException, DaemonUnavailableException {
        if (at != null && BatchTime.parse(at).isEmpty()) {
            throw new UnusableInputException(Problem.error(
                    Place.NONE, "--at", "'" + at + "' is not a time", "write for example 2026-03-01T14:05:00Z"));
        }
        if (file != null) {
            Cib cib = CibFile.read(file).cib();
            return new Known(cib, BatchTime.of(cib, at, now));
        }
        Reply.Outcome outcome = conversation.call(new Request.Snapshot());
        if (!(outcome instanceof Reply.Configuration configuration)) {
            return new Refused(outcome);
        }
        return new Known(Cib.read(configuration.cib(), "configuration"), now);
    }

    /** That there is no such thing, and what was perhaps meant. */
    static UnusableInputException unknown(String kind, String name, Iterable<String> known) {
        var names = new java.util.ArrayList<String>();
        known.forEach(names::add);
        return new UnusableInputException(Problem.error(
                Place.NONE,
                kind + " " + name,
                "is not configured",
                Suggestion.nearest(name, names)
                        .map(one -> "did you mean '" + one + "'?")
                        .orElse(names.isEmpty() ? "there is none" : "there are: " + String.join(" ", names))));
    }
}
