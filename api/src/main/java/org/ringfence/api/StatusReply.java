package org.ringfence.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ringfence.api.status.AddressStatus;
import org.ringfence.api.status.ClusterStatus;
import org.ringfence.api.status.FenceDeviceStatus;
import org.ringfence.api.status.GuardStatus;
import org.ringfence.api.status.Interlock;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.api.status.RecentProblem;
import org.ringfence.api.status.ResourceStatus;
import org.ringfence.api.status.RunningTransition;
import org.ringfence.api.status.Waiver;
import org.ringfence.model.problem.Problem;

/**
 * The cluster as the node that was asked sees it.
 *
 * @param at         by the clock of the node that was asked
 * @param nodes      sorted by name
 * @param resources  in the configuration's order; members stand inside their group or clone
 * @param transition what is being carried out now
 * @param wrong      what is wrong now, most serious first
 * @param recent     what went wrong lately, newest first
 * @param guard      of the node that was asked; empty when it is to have none
 * @param addresses  what the node that was asked did for its addresses; empty when it does not say
 */
public record StatusReply(
        Instant at,
        ClusterStatus cluster,
        Interlock interlock,
        List<FenceDeviceStatus> fencing,
        List<Waiver> waivers,
        List<NodeStatus> nodes,
        List<ResourceStatus> resources,
        Optional<RunningTransition> transition,
        List<Problem> wrong,
        List<RecentProblem> recent,
        Optional<GuardStatus> guard,
        Optional<AddressStatus> addresses)
        implements Reply.Outcome {
    public StatusReply {
        fencing = List.copyOf(fencing);
        waivers = List.copyOf(waivers);
        nodes = List.copyOf(nodes);
        resources = List.copyOf(resources);
        wrong = List.copyOf(wrong);
        recent = List.copyOf(recent);
    }

    /** Of a node without a guard, that says nothing of addresses. */
    public StatusReply(
            Instant at,
            ClusterStatus cluster,
            Interlock interlock,
            List<FenceDeviceStatus> fencing,
            List<Waiver> waivers,
            List<NodeStatus> nodes,
            List<ResourceStatus> resources,
            Optional<RunningTransition> transition,
            List<Problem> wrong,
            List<RecentProblem> recent) {
        this(
                at,
                cluster,
                interlock,
                fencing,
                waivers,
                nodes,
                resources,
                transition,
                wrong,
                recent,
                Optional.empty(),
                Optional.empty());
    }
}
