package org.ringfence.network.balance.configuration;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.Family;
import org.ringfence.network.balance.service.Protocol;
import org.ringfence.network.balance.service.Target;

/** Reads {@code virtual = address:port} or {@code virtual = mark}, and which protocol it is. */
final class TargetReader {
    private static final int DNS_PORT = 53;

    private final Directive head;
    private final Address.Resolver resolver;
    private final Values values;

    TargetReader(Directive head, Address.Resolver resolver, Values values) {
        this.head = head;
        this.resolver = resolver;
        this.values = values;
    }

    boolean isMark() {
        return Numbers.isDigits(head.text());
    }

    Family family() {
        return head.name().endsWith("6") ? Family.IPV6 : Family.IPV4;
    }

    /** As it is written, else as the virtual service suggests: mark, or UDP for port 53, or TCP. */
    Protocol protocol() {
        String port = Address.parse(head.text()).port();
        boolean dns = port.equals("domain") || port.equals(Integer.toString(DNS_PORT));
        Protocol implied = isMark() ? Protocol.MARK : dns ? Protocol.UDP : Protocol.TCP;
        return values.word(
                        "protocol",
                        text -> {
                            for (Protocol protocol : Protocol.values()) {
                                if (protocol.word().equals(text) && (protocol == Protocol.MARK) == isMark()) {
                                    return Optional.of(protocol);
                                }
                            }
                            return Optional.empty();
                        },
                        isMark() ? "a service by mark is fwm" : "a service with an address is tcp or udp")
                .orElse(implied);
    }

    Optional<Target> target(Protocol protocol) {
        if (isMark()) {
            OptionalInt mark = values.number(head, 1, Integer.MAX_VALUE);
            return mark.isPresent() ? Optional.of(new Target.Mark(mark.getAsInt(), family())) : Optional.empty();
        }
        Address address = Address.parse(head.text());
        if (address.port().isEmpty() || !address.last().isEmpty()) {
            values.wrong(
                    head,
                    "'" + head.value() + "' is neither ADDRESS:PORT nor a mark",
                    "write virtual = 192.0.2.1:80, virtual6 = [2001:db8::1]:80 or virtual = 1");
            return Optional.empty();
        }
        Optional<InetAddress> host = resolver.host(address.host(), family(), head);
        OptionalInt port = resolver.port(address.port(), protocol, head);
        if (port.isPresent() && port.getAsInt() == 0) {
            values.wrong(head, "port 0 is none", "write a number from 1 to 65535");
            return Optional.empty();
        }
        if (host.isEmpty() || port.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Target.Address(new Endpoint(host.get(), port.getAsInt())));
    }
}
