package org.ringfence.controller;

import org.ringfence.controller.configuration.StoredConfiguration;

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
}
