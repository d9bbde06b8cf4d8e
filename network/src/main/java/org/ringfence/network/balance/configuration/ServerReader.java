package org.ringfence.network.balance.configuration;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.Family;
import org.ringfence.network.balance.service.Forwarding;
import org.ringfence.network.balance.service.Protocol;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.Target;

/** Reads the {@code real} and {@code fallback} directives of one virtual service. */
final class ServerReader {
    /** A range that is longer is a slip of the pen. */
    static final int RANGE_MAX = 4096;

    private final Address.Resolver resolver;
    private final Problems problems;
    private final Protocol protocol;
    private final Target target;
    private final Values values;

    ServerReader(Address.Resolver resolver, Problems problems, Protocol protocol, Target target, Values values) {
        this.resolver = resolver;
        this.problems = problems;
        this.protocol = protocol;
        this.target = target;
        this.values = values;
    }

    /** {@code address[->address][:port] gate|masq|ipip [weight] ["request", "receive"] [l:n] [u:n]}. */
    List<RealServer> real(Directive directive) {
        List<RealLine.Word> words = RealLine.words(directive.value());
        if (words.isEmpty()) {
            values.wrong(directive, "names no server", "write real = ADDRESS:PORT gate");
            return List.of();
        }
        Address address = Address.parse(words.getFirst().text());
        if (words.size() < 2) {
            values.wrong(directive, "says not how packets are forwarded", "add gate, masq or ipip");
            return List.of();
        }
        Optional<Forwarding> forwarding = forwarding(directive, words.get(1));
        Optional<Details> details = details(directive, words.subList(2, words.size()));
        OptionalInt port = resolver.port(address.port(), protocol, directive);
        List<InetAddress> hosts = hosts(directive, address);
        if (forwarding.isEmpty() || details.isEmpty() || port.isEmpty()) {
            return List.of();
        }
        int own = portOf(directive, forwarding.get(), port.getAsInt());
        Details more = details.get();
        return hosts.stream()
                .map(host -> new RealServer(
                        new Endpoint(host, own),
                        address.last().isEmpty() ? address.host() : Endpoint.text(host),
                        forwarding.get(),
                        more.weight(),
                        more.exchange(),
                        more.lower(),
                        more.upper(),
                        directive.place()))
                .toList();
    }

    /** {@code address[:port] [gate|masq|ipip]}; without a port it is the virtual service's. */
    Optional<RealServer> fallback(Directive directive) {
        List<RealLine.Word> words = RealLine.words(directive.value());
        if (words.isEmpty() || words.size() > 2) {
            values.wrong(directive, "is not ADDRESS[:PORT] [gate|masq|ipip]", "");
            return Optional.empty();
        }
        Address address = Address.parse(words.getFirst().text());
        Optional<Forwarding> forwarding =
                words.size() == 1 ? Optional.of(Forwarding.GATE) : forwarding(directive, words.get(1));
        Optional<InetAddress> host = resolver.host(address.host(), target.family(), directive);
        OptionalInt port = resolver.port(address.port(), protocol, directive);
        if (forwarding.isEmpty() || host.isEmpty() || port.isEmpty()) {
            return Optional.empty();
        }
        int own = port.getAsInt() == 0 ? target.port() : port.getAsInt();
        return Optional.of(new RealServer(
                new Endpoint(host.get(), own),
                address.host(),
                forwarding.get(),
                1,
                Optional.empty(),
                0,
                0,
                directive.place()));
    }

    private Optional<Forwarding> forwarding(Directive directive, RealLine.Word word) {
        Optional<Forwarding> forwarding = Forwarding.of(word.text());
        if (forwarding.isEmpty()) {
            problems.error(
                    directive.at(word.start()),
                    directive.name(),
                    "'" + word.text() + "' is no way of forwarding",
                    "write gate, masq or ipip");
        }
        return forwarding;
    }

    /** Only masquerading can change the port (ldirectord(8), "real"); services by mark have none. */
    private int portOf(Directive directive, Forwarding forwarding, int written) {
        if (protocol == Protocol.MARK || (forwarding == Forwarding.MASQ && written != 0)) {
            return written;
        }
        if (written != 0 && written != target.port()) {
            problems.warning(
                    directive.valuePlace(),
                    directive.name(),
                    "port " + written + " is taken for " + target.port() + ", the virtual service's, as "
                            + forwarding.word() + " cannot change it",
                    "write masq, or leave the port out");
        }
        return target.port();
    }

    private List<InetAddress> hosts(Directive directive, Address address) {
        Optional<InetAddress> first = resolver.host(address.host(), target.family(), directive);
        if (address.last().isEmpty()) {
            return first.stream().toList();
        }
        Optional<InetAddress> last = resolver.host(address.last(), target.family(), directive);
        if (first.isEmpty() || last.isEmpty()) {
            return List.of();
        }
        if (target.family() == Family.IPV6) {
            values.wrong(
                    directive, "a range of IPv6 addresses is not in the grammar", "write one line for each server");
            return List.of();
        }
        BigInteger from = new BigInteger(1, first.get().getAddress());
        long count = new BigInteger(1, last.get().getAddress()).subtract(from).longValue() + 1;
        if (count < 1 || count > RANGE_MAX) {
            values.wrong(
                    directive,
                    "the range ends before it begins, or has more than " + RANGE_MAX + " addresses",
                    "write the lower address first");
            return List.of();
        }
        List<InetAddress> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(ipv4(from.intValue() + i));
        }
        return all;
    }

    private static InetAddress ipv4(int bits) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }

    private record Details(int weight, Optional<RealServer.Exchange> exchange, int lower, int upper) {}

    private Optional<Details> details(Directive directive, List<RealLine.Word> words) {
        int weight = 1;
        int lower = 0;
        int upper = 0;
        List<RealLine.Word> exchange = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            RealLine.Word word = words.get(i);
            String text = word.text().replaceAll("^<|>$", "");
            OptionalInt number = Numbers.parse(text.replaceFirst("^[lu]:", ""), 0, 65_535);
            if (number.isPresent() && text.startsWith("l:")) {
                lower = number.getAsInt();
            } else if (number.isPresent() && text.startsWith("u:")) {
                upper = number.getAsInt();
            } else if (word.quoted() && exchange.size() < 2) {
                exchange.add(word);
            } else if (number.isPresent() && i == 0) {
                weight = number.getAsInt();
            } else {
                problems.error(
                        directive.at(word.start()),
                        directive.name(),
                        "'" + word.text() + "' is not understood",
                        "the order is: ADDRESS gate|masq|ipip [WEIGHT] [\"REQUEST\", \"RECEIVE\"] [l:N] [u:N]");
                return Optional.empty();
            }
        }
        if (exchange.size() == 1) {
            values.wrong(directive, "has a request without what is to be received", "write \"REQUEST\", \"RECEIVE\"");
            return Optional.empty();
        }
        if (exchange.isEmpty()) {
            return Optional.of(new Details(weight, Optional.empty(), lower, upper));
        }
        values.checkPattern(directive, exchange.get(1).start(), exchange.get(1).text());
        return Optional.of(new Details(
                weight,
                Optional.of(new RealServer.Exchange(
                        exchange.get(0).text(), exchange.get(1).text())),
                lower,
                upper));
    }
}
