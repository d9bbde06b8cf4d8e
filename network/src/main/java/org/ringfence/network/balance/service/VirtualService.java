package org.ringfence.network.balance.service;

import java.util.List;
import java.util.Optional;
import org.ringfence.model.problem.Place;

/**
 * What clients see as one server.
 *
 * @param onePacket   each packet is scheduled by itself; UDP and IPVS only
 * @param fallback    gets the connections when every server is down
 * @param name        for people; empty when none was given
 * @param comment     for people
 * @param monitorFile a file to which each check's result is written
 */
public record VirtualService(
        Target target,
        Protocol protocol,
        Scheduler scheduler,
        Optional<Persistence> persistence,
        boolean onePacket,
        List<RealServer> servers,
        Optional<RealServer> fallback,
        Check check,
        WhenDown whenDown,
        Alerts alerts,
        ProxyProtocol proxyProtocol,
        String name,
        String comment,
        Optional<String> monitorFile,
        Place place) {

    public VirtualService {
        servers = List.copyOf(servers);
    }

    /** Unique in a configuration: {@code tcp 192.0.2.1:80}, {@code fwm 1} or, over IPv6, {@code fwm6 1}. */
    public String id() {
        String six = protocol == Protocol.MARK && target.family() == Family.IPV6 ? "6" : "";
        return protocol.word() + six + " " + target;
    }
}
