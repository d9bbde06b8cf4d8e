package org.ringfence.daemon.helpers;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.configuration.Edit;

/** What helpers ask of the cluster, on behalf of one caller. */
public interface Cluster {

    /** Empty when nothing is known that could be told. */
    Optional<Known> known() throws InterruptedException;

    /**
     * Sets a transient attribute.
     *
     * @param value empty to remove it
     * @param after how long to wait for a further change before this is made; zero to make it now
     */
    Said set(String node, String name, Optional<String> value, Duration after) throws InterruptedException;

    /** What a transient attribute is about to become after its delay; empty when nothing waits. */
    Optional<Waiting> waiting(String node, String name);

    /** @param value empty when it is to be removed */
    record Waiting(Optional<String> value) {}

    /** Changes the configuration, all edits or none. */
    Said change(List<Edit> edits, String why) throws InterruptedException;

    /** Forgets failures of a resource on a node, of all where not named. */
    Said forget(Optional<String> resource, Optional<String> node) throws InterruptedException;
}
