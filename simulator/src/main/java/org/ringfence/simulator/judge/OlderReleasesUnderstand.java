package org.ringfence.simulator.judge;

import java.util.List;
import java.util.stream.Stream;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Protocol;
import org.ringfence.controller.Step;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.message.Message;
import org.ringfence.model.NodeId;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.World;

/** Nothing is said to a node that its release cannot read: it would drop the whole message, and know less than it should. */
public final class OlderReleasesUnderstand implements Invariant {

    @Override
    public void stepped(World world, Daemon daemon, ControllerState before, Event event, Step<ControllerState> step) {
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Send(NodeId to, Message message)) {
                world.host(to).daemon().ifPresent(reader -> {
                    int protocol = reader.state().settings().protocol();
                    boolean newer = message instanceof Message.LeaseQuestion
                            || message instanceof Message.LeaseAnswer
                            || message instanceof Message.StopYourself;
                    if (newer && protocol < Protocol.LEASE) {
                        throw violated(daemon.node() + " says to " + to + ", which speaks protocol " + protocol + ", "
                                + message);
                    }
                    facts(message)
                            .filter(fact -> fact.key().kind().since() > protocol)
                            .forEach(fact -> {
                                throw violated(daemon.node() + " tells " + to + ", which speaks protocol " + protocol
                                        + ", of " + fact.key().kind());
                            });
                });
            }
        }
    }

    private static Stream<Fact> facts(Message message) {
        List<Fact> facts = switch (message) {
            case Message.Join join -> join.facts();
            case Message.FactsChanged changed -> changed.facts();
            default -> List.of();
        };
        return facts.stream();
    }
}
