package org.ringfence.simulator.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Event;
import org.ringfence.controller.Now;
import org.ringfence.controller.Step;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.configuration.Edits;
import org.ringfence.controller.dc.DcState;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.controller.facts.Standing;
import org.ringfence.controller.membership.MembershipState;
import org.ringfence.controller.membership.Quorum;
import org.ringfence.controller.selffencing.LeaseState;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.simulator.world.Machine;

/** Nodes that remember something else than they should. */
final class Memory {
    private static final String ALWAYS = "2100-01-01T00:00:00Z nobody no reason";

    private Memory() {}

    static Step<ControllerState> takesLostForFenced(ControllerState state, Now now, Event event) {
        FactsState facts = state.facts();
        Optional<DcState> dc = state.dc().filter(DcState::ready);
        if (dc.isPresent()) {
            for (String lost : state.facts().lost()) {
                var standing = new Fact.Key(Fact.Kind.STANDING, lost, "");
                facts = facts.with(dc.get().view(), standing, Optional.of(Standing.FENCED.name()));
            }
        }
        return Machine.PRODUCTION.step(with(state, state.membership(), facts, state.dc()), now, event);
    }

    static Step<ControllerState> countsOneVoteOnly(ControllerState state, Now now, Event event) {
        MembershipState known = state.membership();
        var alone = new MembershipState(
                known.self(),
                known.protocol(),
                known.guard(),
                new Quorum(List.of(known.self())),
                known.reachable(),
                known.silent(),
                known.promised(),
                known.reserved(),
                known.requested(),
                known.holding(),
                known.damaged(),
                known.seenAll(),
                known.installed(),
                known.phase());
        return Machine.PRODUCTION.step(with(state, alone, state.facts(), state.dc()), now, event);
    }

    static Step<ControllerState> waivesEverything(ControllerState state, Now now, Event event) {
        Optional<DcState> waived = state.dc()
                .map(dc -> dc.cib().isEmpty() ? dc : withCib(dc, waived(dc.cib().get())));
        return Machine.PRODUCTION.step(with(state, state.membership(), state.facts(), waived), now, event);
    }

    private static Cib waived(Cib cib) {
        List<Edit> edits = new ArrayList<>();
        Edits.resources(cib).forEach(resource -> edits.add(new Edit.Waive(resource, ALWAYS)));
        try {
            return Edits.apply(cib, edits);
        } catch (UnusableInputException unusable) {
            throw new IllegalStateException("each of these resources is configured", unusable);
        }
    }

    private static DcState withCib(DcState dc, Cib cib) {
        return new DcState(
                dc.view(),
                dc.joined(),
                dc.ready(),
                dc.graceIsOver(),
                Optional.of(cib),
                dc.change(),
                dc.queued(),
                dc.nextNumber(),
                dc.transition(),
                dc.fencing(),
                dc.fences(),
                dc.held(),
                dc.again(),
                dc.incomplete(),
                dc.problems(),
                dc.heldBack(),
                dc.retries(),
                dc.settling(),
                dc.tests(),
                dc.fenced(),
                dc.undead());
    }

    private static ControllerState with(
            ControllerState state, MembershipState membership, FactsState facts, Optional<DcState> dc) {
        return new ControllerState(
                state.settings(),
                membership,
                state.held(),
                facts,
                state.histories(),
                state.lives(),
                state.resources(),
                state.executor(),
                state.probing(),
                state.lease(),
                dc,
                state.slow(),
                state.leaving(),
                state.early(),
                state.handedOn());
    }

    static ControllerState with(ControllerState state, LeaseState lease) {
        return new ControllerState(
                state.settings(),
                state.membership(),
                state.held(),
                state.facts(),
                state.histories(),
                state.lives(),
                state.resources(),
                state.executor(),
                state.probing(),
                lease,
                state.dc(),
                state.slow(),
                state.leaving(),
                state.early(),
                state.handedOn());
    }
}
