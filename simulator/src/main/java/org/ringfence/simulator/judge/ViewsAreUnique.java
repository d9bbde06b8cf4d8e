package org.ringfence.simulator.judge;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Step;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.model.NodeId;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.World;

/** A view's number means one set of members, is installed once by each, and each node's views have rising numbers. */
public final class ViewsAreUnique implements Invariant {
    private final SortedMap<ViewNumber, List<NodeId>> members = new TreeMap<>();
    private final SortedMap<NodeId, ViewNumber> last = new TreeMap<>();

    @Override
    public void stepped(World world, Daemon daemon, ControllerState before, Event event, Step<ControllerState> step) {
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Installed(View view)) {
                List<NodeId> known = members.putIfAbsent(view.number(), view.members());
                if (known != null && !known.equals(view.members())) {
                    throw violated("view " + view.number() + " is " + known + " and " + view.members());
                }
                ViewNumber former = last.put(daemon.node(), view.number());
                if (former != null && !view.number().isAfter(former)) {
                    throw violated(daemon.node() + " installs view " + view.number() + " after view " + former);
                }
            }
        }
    }
}
