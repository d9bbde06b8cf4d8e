package org.ringfence.controller.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.Document;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Protocol;
import org.ringfence.controller.Step;
import org.ringfence.controller.message.Message;
import org.ringfence.model.NodeId;

/** Two proposals at once, at a node that has to write to its disk before it can answer. */
class MembershipTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private static final List<NodeId> ALL = List.of(N1, N2, N3);
    private static final long NUMBER = 10_001;

    private final List<Effect> effects = new ArrayList<>();
    private MembershipState state = MembershipState.initial(N3, Protocol.LEASE, new Quorum(ALL));

    private void happens(Event event) {
        Step<MembershipState> step = Membership.step(state, event);
        state = step.state();
        effects.addAll(step.effects());
    }

    private void proposes(NodeId proposer) {
        happens(new Event.Received(proposer, new Message.Propose(new ViewNumber(NUMBER, proposer), ALL)));
    }

    /** The disk has what it was last asked to hold. */
    private void isSaved() {
        long asked = effects.stream()
                .filter(effect -> effect instanceof Effect.Save save && save.document() instanceof Document.Promise)
                .map(effect -> (Document.Promise) ((Effect.Save) effect).document())
                .mapToLong(Document.Promise::counter)
                .max()
                .orElseThrow();
        happens(new Event.Saved(new Document.Promise(asked)));
    }

    private List<Message> saidTo(NodeId node) {
        return effects.stream()
                .filter(effect ->
                        effect instanceof Effect.Send send && send.to().equals(node))
                .map(effect -> ((Effect.Send) effect).message())
                .toList();
    }

    private void started() {
        happens(new Event.Started(0, Optional.empty(), false, List.of()));
        happens(new Event.PeerReachable(N1));
        happens(new Event.PeerReachable(N2));
    }

    @Test
    void anEarlierProposalDoesNotTakeThePlaceOfALaterOneThatWaitsForTheDisk() {
        started();
        proposes(N2);
        proposes(N1);
        isSaved();
        assertThat(saidTo(N2)).hasSize(1).first().isInstanceOf(Message.Accept.class);
        assertThat(saidTo(N1)).hasSize(1).first().isInstanceOf(Message.Reject.class);
    }

    @Test
    void aLaterProposalDoes() {
        started();
        proposes(N1);
        proposes(N2);
        isSaved();
        assertThat(saidTo(N2)).hasSize(1).first().isInstanceOf(Message.Accept.class);
    }
}
