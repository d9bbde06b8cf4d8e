package org.ringfence.network.balance.service;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the real servers of a virtual service are checked.
 *
 * @param connects how many connects follow each other before a negotiate; of COMBINED only
 * @param command  what an external check runs
 * @param port     the port that is checked where it is not the real server's own
 */
public record Check(
        CheckType type,
        int connects,
        CheckedService service,
        String command,
        OptionalInt port,
        Conversation conversation,
        Timing timing) {

    /**
     * What a negotiate check says; what a protocol does not need it does not look at. Empty texts mean what the manual page says
     * for each protocol.
     *
     * @param receive     a regular expression; empty accepts every answer
     * @param virtualHost the name by which a web server is asked
     */
    public record Conversation(
            String request,
            String receive,
            HttpMethod method,
            Optional<String> virtualHost,
            String login,
            String password,
            String database,
            String secret) {

        /** Leaves the secrets out. */
        @Override
        public String toString() {
            return "request " + request + ", receive " + receive;
        }

        public Conversation with(RealServer.Exchange exchange) {
            return new Conversation(
                    exchange.request(), exchange.receive(), method, virtualHost, login, password, database, secret);
        }
    }

    /** How a page is asked for. */
    public enum HttpMethod {
        GET,
        HEAD
    }

    /** The conversation with one real server. */
    public Conversation conversationWith(RealServer server) {
        return server.exchange().map(conversation::with).orElse(conversation);
    }

    /** Where one real server is checked. */
    public Endpoint endpointOf(RealServer server) {
        return port.isPresent() ? server.endpoint().withPort(port.getAsInt()) : server.endpoint();
    }
}
