package org.ringfence.network.balance.service;

import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Mail about servers that went down or came back.
 *
 * @param to            nobody is told when it is empty
 * @param repeatSeconds between mails about a server that stays down; 0 for one mail
 * @param when          the balancer's states in which mail is sent: starting, running, stopping, reloading
 * @param mailServer    empty for the host's own
 */
public record Alerts(
        List<String> to,
        Optional<String> from,
        int repeatSeconds,
        SequencedSet<String> when,
        Optional<String> mailServer) {
    public Alerts {
        to = List.copyOf(to);
    }
}
