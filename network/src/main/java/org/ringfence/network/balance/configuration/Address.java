package org.ringfence.network.balance.configuration;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import org.ringfence.network.balance.service.Family;
import org.ringfence.network.balance.service.Protocol;

/**
 * {@code host[->host][:port]}, as it is written; an IPv6 address stands in brackets.
 *
 * @param last empty when it is no range
 * @param port a number or the name of a service; empty when there is none
 */
record Address(String host, String last, String port) {
    private static final String RANGE = "->";

    static Address parse(String text) {
        int bracket = text.lastIndexOf(']');
        int colon = text.indexOf(':', Math.max(0, bracket));
        String hosts = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? "" : text.substring(colon + 1);
        int range = hosts.indexOf(RANGE);
        return range < 0
                ? new Address(hosts, "", port)
                : new Address(hosts.substring(0, range), hosts.substring(range + RANGE.length()), port);
    }

    /** Finds addresses and ports, and says what is not found. */
    static final class Resolver {
        private final Names names;
        private final Problems problems;

        Resolver(Names names, Problems problems) {
            this.names = names;
            this.problems = problems;
        }

        Optional<InetAddress> host(String host, Family family, Directive directive) {
            boolean brackets = host.startsWith("[") && host.endsWith("]");
            String bare = brackets ? host.substring(1, host.length() - 1) : host;
            String six = family == Family.IPV6 ? "6" : "";
            String base = directive.name().replace("6", "");
            if (brackets && family == Family.IPV4) {
                problems.error(
                        directive.valuePlace(),
                        directive.name(),
                        host + " is an IPv6 address",
                        "write " + base + "6, and virtual6 for the service");
                return Optional.empty();
            }
            Optional<InetAddress> address = bare.isEmpty() ? Optional.empty() : names.address(bare, family);
            if (address.isEmpty()) {
                problems.error(
                        directive.valuePlace(),
                        directive.name() + " " + bare,
                        "has no IPv" + (six.isEmpty() ? "4" : "6") + " address that this host can find",
                        "write the address, or enter the name in /etc/hosts");
            }
            return address;
        }

        /** @return 0 when no port is written */
        OptionalInt port(String port, Protocol protocol, Directive directive) {
            if (port.isEmpty()) {
                return OptionalInt.of(0);
            }
            OptionalInt number = Numbers.isDigits(port) ? Numbers.parse(port, 0, 65_535) : names.port(port, protocol);
            if (number.isEmpty()) {
                problems.error(
                        directive.valuePlace(),
                        directive.name(),
                        "'" + port + "' is neither a port nor a service that /etc/services has for " + protocol.word(),
                        "write a number from 1 to 65535");
            }
            return number;
        }
    }
}
