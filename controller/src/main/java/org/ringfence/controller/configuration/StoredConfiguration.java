package org.ringfence.controller.configuration;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.model.cib.CibVersion;

/**
 * A configuration as it lies on a disk.
 *
 * @param text the CIB without its status
 */
public record StoredConfiguration(Stamp stamp, String text, Note note) {

    /**
     * Which of two configurations is newer. The view goes first: what a partition without quorum has prepared and nobody
     * has acknowledged must lose against what a later quorate view has adopted, whatever its version says.
     *
     * @param view    the quorate view in which it was prepared or adopted; empty for one that no view has seen yet
     * @param version as the CIB has it
     * @param digest  of the text, to tell apart two that share a version
     */
    public record Stamp(Optional<ViewNumber> view, CibVersion version, String digest) implements Comparable<Stamp> {
        private static final Comparator<Optional<ViewNumber>> VIEWS = Comparator.comparing(
                (Optional<ViewNumber> view) -> view.orElse(null), Comparator.nullsFirst(Comparator.naturalOrder()));
        private static final Comparator<Stamp> ORDER = Comparator.comparing(Stamp::view, VIEWS)
                .thenComparing(Stamp::version)
                .thenComparing(Stamp::digest);

        @Override
        public int compareTo(Stamp other) {
            return ORDER.compare(this, other);
        }
    }

    /** Who changed it, when and why. */
    public record Note(String who, Instant when, String why) {}
}
