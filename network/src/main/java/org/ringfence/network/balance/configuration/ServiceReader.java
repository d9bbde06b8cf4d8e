package org.ringfence.network.balance.configuration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ringfence.network.balance.service.BalanceConfiguration;
import org.ringfence.network.balance.service.Family;
import org.ringfence.network.balance.service.Persistence;
import org.ringfence.network.balance.service.Protocol;
import org.ringfence.network.balance.service.ProxyProtocol;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.Scheduler;
import org.ringfence.network.balance.service.Target;
import org.ringfence.network.balance.service.VirtualService;
import org.ringfence.network.balance.service.WhenDown;

/** Makes one virtual service of its directives and of those for the whole file. */
final class ServiceReader {
    private final Directive head;
    private final Section own;
    private final BalanceConfiguration.Options options;
    private final Problems problems;
    private final Address.Resolver resolver;
    private final Values values;
    private final Values globals;

    ServiceReader(
            Directive head,
            Section own,
            Section global,
            BalanceConfiguration.Options options,
            Names names,
            Problems problems) {
        this.head = head;
        this.own = own;
        this.options = options;
        this.problems = problems;
        this.resolver = new Address.Resolver(names, problems);
        this.values = new Values(own, global, problems);
        this.globals = new Values(global, global, problems);
    }

    /** @return empty when it is not even known what clients connect to; a smaller error is a problem and goes on */
    Optional<VirtualService> read() {
        var targetReader = new TargetReader(head, resolver, values);
        Protocol protocol = targetReader.protocol();
        return targetReader.target(protocol).map(target -> service(target, protocol));
    }

    private VirtualService service(Target target, Protocol protocol) {
        var servers = new ServerReader(resolver, problems, protocol, target, values);
        boolean onePacket = values.yes("ops", false);
        if (onePacket && protocol != Protocol.UDP) {
            values.wrong(values.find("ops").orElseThrow(), "is for services over UDP", "write ops = no");
        }
        return new VirtualService(
                target,
                protocol,
                scheduler(),
                persistence(target.family()),
                onePacket,
                servers(servers, target.family()),
                fallback(servers, target.family()),
                new CheckReader(values, globals, target, options.fork(), problems).read(),
                new WhenDown(
                        values.yes("quiescent", false),
                        globals.yes("readdquiescent", false),
                        values.yes("cleanstop", true),
                        values.text("fallbackcommand")),
                new AlertsReader(values, globals).read(),
                proxyProtocol(protocol),
                values.text("servicename").orElse(""),
                values.text("comment").orElse(""),
                values.text("monitorfile"),
                head.place());
    }

    private ProxyProtocol proxyProtocol(Protocol protocol) {
        ProxyProtocol wanted = values.word("proxyprotocol", ProxyProtocol::of, "write v1, v2 or no")
                .orElse(ProxyProtocol.NONE);
        if (wanted != ProxyProtocol.NONE && protocol != Protocol.TCP) {
            values.wrong(values.find("proxyprotocol").orElseThrow(), "is for services over TCP", "write no");
        }
        return wanted;
    }

    private Scheduler scheduler() {
        String name = values.text("scheduler").orElse(Scheduler.DEFAULT.name());
        if (!name.matches("[a-z]+")) {
            values.wrong(values.find("scheduler").orElseThrow(), "'" + name + "' has more than lower-case letters", "");
        } else if (!Scheduler.KNOWN.contains(name)) {
            Directive directive = values.find("scheduler").orElseThrow();
            problems.warning(
                    directive.valuePlace(),
                    "scheduler",
                    "'" + name + "' is none that Linux is known to have",
                    "those are " + String.join(", ", Scheduler.KNOWN));
        }
        List<String> flags =
                values.text("schedflags").map(text -> List.of(text.split(","))).orElse(List.of());
        return new Scheduler(name, flags);
    }

    private Optional<Persistence> persistence(Family family) {
        int prefix = values.find("netmask")
                .map(directive -> prefixLength(directive, family))
                .orElse(family.bits());
        return values.find("persistent").map(directive -> {
            int seconds = values.number(directive, 1, Integer.MAX_VALUE).orElse(1);
            return new Persistence(Duration.ofSeconds(seconds), prefix);
        });
    }

    private int prefixLength(Directive netmask, Family family) {
        String text = netmask.text();
        if (family == Family.IPV6) {
            return values.number(netmask, 1, family.bits()).orElse(family.bits());
        }
        long bits = 0;
        String[] parts = text.split("\\.", -1);
        boolean dotted = parts.length == 4;
        for (String part : parts) {
            dotted &= Numbers.parse(part, 0, 255).isPresent();
            bits = (bits << 8) | Numbers.parse(part, 0, 255).orElse(0);
        }
        int length = Long.bitCount(bits);
        if (!dotted || length == 0 || bits != ((0xffff_ffffL << (family.bits() - length)) & 0xffff_ffffL)) {
            values.wrong(netmask, "'" + text + "' is no mask of IPv4", "write it as 255.255.255.0");
            return family.bits();
        }
        return length;
    }

    private List<RealServer> servers(ServerReader reader, Family family) {
        List<RealServer> all = new ArrayList<>();
        Set<Object> seen = new LinkedHashSet<>();
        for (Directive directive : own.repeated()) {
            if (isOfFamily(directive, family)) {
                for (RealServer server : reader.real(directive)) {
                    if (seen.add(server.endpoint())) {
                        all.add(server);
                    } else {
                        problems.error(
                                directive.valuePlace(),
                                "real " + server.endpoint(),
                                "stands twice in this service",
                                "remove one of the lines");
                    }
                }
            }
        }
        return all;
    }

    private boolean isOfFamily(Directive directive, Family family) {
        boolean six = directive.name().endsWith("6");
        if (six != (family == Family.IPV6)) {
            problems.error(
                    directive.place(),
                    directive.name(),
                    "stands in a service of "
                            + family.name().toLowerCase(Locale.ROOT).replace("ipv", "IPv"),
                    "write " + (six ? directive.name().replace("6", "") : directive.name() + "6"));
        }
        return six == (family == Family.IPV6);
    }

    private Optional<RealServer> fallback(ServerReader reader, Family family) {
        String name = family == Family.IPV6 ? "fallback6" : "fallback";
        String other = family == Family.IPV6 ? "fallback" : "fallback6";
        own.find(other).ifPresent(directive -> isOfFamily(directive, family));
        return values.find(name).flatMap(reader::fallback);
    }
}
