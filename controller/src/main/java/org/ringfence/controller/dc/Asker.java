package org.ringfence.controller.dc;

import org.ringfence.controller.request.Caller;
import org.ringfence.model.NodeId;

/** Who is to be answered: the caller's node, and the number of the request there. */
public record Asker(NodeId node, long request, Caller who) {}
