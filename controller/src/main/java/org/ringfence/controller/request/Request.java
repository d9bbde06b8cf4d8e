package org.ringfence.controller.request;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.configuration.Edit;

/** What can be asked of the cluster. The DC decides on all of these; other nodes hand them on. */
public sealed interface Request {

    /** How everything stands. */
    record Status() implements Request {}

    /** The configuration as text. */
    record ShowConfiguration() implements Request {}

    /**
     * Changes the configuration, all edits or none.
     *
     * @param planOnly      answers with the transition that it would cause and changes nothing
     * @param acceptUnsafe  accepts a configuration in which nothing will start because fencing is missing
     */
    record ChangeConfiguration(List<Edit> edits, String why, boolean planOnly, boolean acceptUnsafe)
            implements Request {
        public ChangeConfiguration {
            edits = List.copyOf(edits);
        }
    }

    /** Forgets failures and history of a resource on a node; of all where not named. */
    record Cleanup(Optional<String> resource, Optional<String> node) implements Request {}

    /**
     * Fences a node because somebody says so.
     *
     * @param planOnly answers with what would be done and changes nothing
     */
    record Fence(String node, String action, String why, boolean planOnly) implements Request {
        public Fence(String node, String action, String why) {
            this(node, action, why, false);
        }
    }

    /**
     * Finds out, without fencing anybody, by which paths nodes can be fenced.
     *
     * @param node   to be fenced; empty for all
     * @param device empty for all
     */
    record FenceTest(Optional<String> node, Optional<String> device) implements Request {}

    /** A node that was fenced too often may run resources again. */
    record AdmitNode(String node, String why) implements Request {}

    /** A device that said yes while a node went on is to be counted on again for that node. */
    record TrustDevice(String device, String node, String why) implements Request {}

    /** Somebody has seen with their own eyes that the node is off. */
    record ConfirmFenced(String node, String why) implements Request {}

    /** Sets or clears a transient attribute of a node. */
    record SetAttribute(String node, String name, Optional<String> value) implements Request {}

    /** Answers when nothing is left to do, or not done at the timeout. */
    record WaitSettled(Duration timeout) implements Request {}

    /** A node asks to have its resources moved away, so that it can leave. */
    record PrepareLeave(String node) implements Request {}
}
