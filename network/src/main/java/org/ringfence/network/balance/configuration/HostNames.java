package org.ringfence.network.balance.configuration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ringfence.network.balance.service.Family;
import org.ringfence.network.balance.service.Protocol;

/** Names as this host's resolver and its services(5) have them. Safe from any thread. */
public final class HostNames implements Names {
    private static final Path SERVICES = Path.of("/etc/services");

    @Override
    public Optional<InetAddress> address(String host, Family family) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .filter(address -> Family.of(address) == family)
                    .findFirst();
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public OptionalInt port(String service, Protocol protocol) {
        List<String> lines;
        try {
            lines = Files.readAllLines(SERVICES);
        } catch (IOException unreadable) {
            return OptionalInt.empty();
        }
        for (String line : lines) {
            String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
            if (words.length < 2) {
                continue;
            }
            String[] port = words[1].split("/");
            boolean named = words[0].equals(service)
                    || Arrays.asList(words).subList(2, words.length).contains(service);
            if (named && port.length == 2 && (protocol == Protocol.MARK || port[1].equals(protocol.word()))) {
                return OptionalInt.of(Integer.parseInt(port[0]));
            }
        }
        return OptionalInt.empty();
    }
}
