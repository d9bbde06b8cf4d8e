package org.ringfence.network.balance.dialogue;

import java.io.IOException;
import org.ringfence.network.balance.service.Check;

/** A conversation over TCP in one protocol. */
interface Dialogue {

    /**
     * Holds it.
     *
     * @return what is shown of the answer
     * @throws IOException with a reason for people, when the server does not work
     */
    String hold(Wire wire, Check.Conversation talk) throws IOException;
}
