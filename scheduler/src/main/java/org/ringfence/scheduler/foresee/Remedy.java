package org.ringfence.scheduler.foresee;

import java.util.List;

/**
 * Changes that, made together, were found to bring a resource where it is wanted. None of them can be left out.
 *
 * @param effect where it would be, for people: {@code db runs on n1}
 * @param stops  resources that run without the changes and would not with them
 */
public record Remedy(List<Change> changes, String effect, List<String> stops) {
    public Remedy {
        changes = List.copyOf(changes);
        stops = List.copyOf(stops);
    }
}
