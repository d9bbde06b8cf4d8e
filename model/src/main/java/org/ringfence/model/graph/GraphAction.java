package org.ringfence.model.graph;

import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.xml.Attributes;

/** One thing that a transition does. */
public sealed interface GraphAction {
    /** Unique in its graph. */
    int id();

    /** What is done: {@code start}, {@code stop}, {@code monitor}, {@code stonith}, ... */
    String operation();

    /** {@code RESOURCE_OPERATION_INTERVALms}. */
    String operationKey();

    /**
     * Attributes handed to whoever carries the action out: parameters of the agent by their own names, and
     * {@code CRM_meta_*} for the cluster's.
     */
    SequencedMap<String, String> attributes();

    /**
     * An operation of a resource agent on a node: {@code rsc_op}.
     *
     * @param node   where it is carried out
     * @param router the cluster node that hands it on when {@code node} is a remote one
     */
    record ResourceAction(
            int id,
            String operation,
            String operationKey,
            NodeId node,
            String nodeUuid,
            Optional<NodeId> router,
            ResourceName resource,
            SequencedMap<String, String> attributes)
            implements GraphAction {
        public ResourceAction {
            attributes = Attributes.copyOf(attributes);
        }
    }

    /**
     * The resource of an action.
     *
     * @param id     the primitive's id without an instance number for anonymous clones, as graphs write it
     * @param longId the id with its instance number, when it differs
     */
    record ResourceName(String id, Optional<String> longId, AgentName agent) {
        /** The instance's name, by which a node's history knows it. */
        public String instance() {
            return longId.orElse(id);
        }
    }

    /**
     * A point in the ordering where nothing is done: {@code pseudo_event}.
     *
     * @param node the node it is about, when it is about one
     */
    record PseudoAction(
            int id,
            String operation,
            String operationKey,
            Optional<NodeId> node,
            String nodeUuid,
            SequencedMap<String, String> attributes)
            implements GraphAction {
        public PseudoAction {
            attributes = Attributes.copyOf(attributes);
        }
    }

    /**
     * Something that the cluster itself does to a node: {@code crm_event}. Fencing is operation {@code stonith}, with the
     * kind of fencing in the attribute {@code CRM_meta_stonith_action}.
     *
     * @param resource what {@code clear_failcount} and {@code lrm_delete} are about
     */
    record ClusterAction(
            int id,
            String operation,
            String operationKey,
            NodeId node,
            String nodeUuid,
            Optional<NodeId> router,
            Optional<ResourceName> resource,
            SequencedMap<String, String> attributes)
            implements GraphAction {
        public ClusterAction {
            attributes = Attributes.copyOf(attributes);
        }
    }
}
