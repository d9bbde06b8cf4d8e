package org.ringfence.daemon.agents;

import java.io.IOException;

/** A kind of agents: how an operation is carried out with it. */
interface AgentStandard {

    /**
     * Carries it out, on the operation's own thread; returns when it has ended.
     *
     * @throws IOException when this node refuses something that the operation needs; its message is the reason
     */
    Outcome carryOut(Operation operation) throws IOException, InterruptedException;
}
