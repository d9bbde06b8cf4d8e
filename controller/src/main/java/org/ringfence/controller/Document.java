package org.ringfence.controller;

import java.util.List;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.facts.Fact;

/** What a node keeps on its disk. */
public sealed interface Document {

    /** The highest counter of a view number that this node has proposed or accepted. */
    record Promise(long counter) implements Document {}

    /**
     * A configuration.
     *
     * @param change the DC's number for the change, given back in the answer
     */
    record Configuration(long change, StoredConfiguration configuration) implements Document {}

    /** All facts that outlive a stop of the whole cluster, in place of those that were there. */
    record Facts(List<Fact> facts) implements Document {
        public Facts {
            facts = List.copyOf(facts);
        }
    }
}
