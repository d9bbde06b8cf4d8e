package org.ringfence.network.balance.configuration;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import org.ringfence.network.balance.service.Family;
import org.ringfence.network.balance.service.Protocol;

/** What the host knows of names. An answer may take as long as its resolver takes. */
public interface Names {
    /** @return the first address of that family which a host's name has; an address in digits is its own */
    Optional<InetAddress> address(String host, Family family);

    /** @return the port of a service of services(5); a service by mark may be of either protocol */
    OptionalInt port(String service, Protocol protocol);
}
