package org.ringfence.simulator.judge;

import java.util.Optional;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Event;
import org.ringfence.controller.Step;
import org.ringfence.controller.dc.DcState;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.membership.View;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.World;

/** When a DC is ready to decide it knows every fact (fail counts, who was lost, who was fenced) that a member knows. */
public final class NoFactIsForgotten implements Invariant {
    @Override
    public void stepped(World world, Daemon daemon, ControllerState before, Event event, Step<ControllerState> step) {
        boolean wasReady = before.dc().map(DcState::ready).orElse(false)
                && before.membership().view().equals(step.state().membership().view());
        Optional<View> view = step.state().membership().view();
        if (wasReady || view.isEmpty() || !step.state().dc().map(DcState::ready).orElse(false)) {
            return;
        }
        for (Daemon other : world.daemons()) {
            if (other.state().membership().view().equals(view)) {
                // What a member's guard has promised in this very view is on its way to the DC.
                other.state().facts().facts().values().stream()
                        .filter(fact -> fact.key().kind() != Fact.Kind.GUARD
                                || !fact.stamp().view().equals(view.get().number()))
                        .forEach(fact -> check(daemon, step.state(), other, fact));
            }
        }
    }

    private void check(Daemon dc, ControllerState state, Daemon member, Fact fact) {
        if (fact.key().kind().since() > state.settings().protocol()) {
            return; // It cannot know this kind; what it is told in place of it, NoRecoveryBeforeFencing shows to be
            // enough.
        }
        Fact known = state.facts().facts().get(fact.key());
        if (known == null || fact.stamp().compareTo(known.stamp()) > 0) {
            throw violated(member.node() + " knows " + fact + ", and the DC " + dc.node() + " decides knowing "
                    + (known == null ? "nothing" : known));
        }
    }
}
