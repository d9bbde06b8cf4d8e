package org.ringfence.api.status;

import org.ringfence.model.NodeId;

/**
 * A resource on a node.
 *
 * @param instance its name there, {@code db:0} for an instance of a clone
 * @param failed   whether its last operation there failed
 * @param pending  the operation that is being carried out there; empty when none is
 */
public record ResourcePlace(NodeId node, String instance, Role role, boolean failed, String pending) {}
