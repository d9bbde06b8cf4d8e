package org.ringfence.network.balance.service;

import java.util.Optional;
import org.ringfence.model.problem.Place;

/**
 * One server behind a virtual service, or the one that stands in when all are down.
 *
 * @param host            as it was written: the name or address
 * @param weight          its share of new connections, from 0 (none) on
 * @param exchange        what a negotiate check asks this one and expects, in place of the virtual service's
 * @param lowerThreshold  connections below which one that was overloaded gets new ones again; 0 for no bound
 * @param upperThreshold  connections from which on it gets no new ones; 0 for no bound
 */
public record RealServer(
        Endpoint endpoint,
        String host,
        Forwarding forwarding,
        int weight,
        Optional<Exchange> exchange,
        int lowerThreshold,
        int upperThreshold,
        Place place) {

    /** What is asked, and the regular expression that is looked for in the answer. */
    public record Exchange(String request, String receive) {}

    public RealServer {
        if (weight < 0 || lowerThreshold < 0 || upperThreshold < 0) {
            throw new IllegalArgumentException("below 0: " + weight + ", " + lowerThreshold + ", " + upperThreshold);
        }
    }
}
