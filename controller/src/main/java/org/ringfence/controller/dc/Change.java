package org.ringfence.controller.dc;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.model.NodeId;

/**
 * A configuration on its way to the disks of all members.
 *
 * @param waiting members that have not said that they have it
 * @param asker   who is to be answered; empty when the view itself adopts its configuration
 */
public record Change(long number, StoredConfiguration stored, SortedSet<NodeId> waiting, Optional<Asker> asker) {
    public Change {
        waiting = Collections.unmodifiableSortedSet(new TreeSet<>(waiting));
    }

    Change without(NodeId member) {
        var less = new TreeSet<>(waiting);
        less.remove(member);
        return new Change(number, stored, less, asker);
    }
}
