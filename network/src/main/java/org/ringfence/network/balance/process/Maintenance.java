package org.ringfence.network.balance.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ringfence.network.balance.check.Answer;
import org.ringfence.network.balance.check.Attempt;
import org.ringfence.network.balance.check.Prober;
import org.ringfence.network.balance.check.Subject;
import org.ringfence.network.balance.service.Endpoint;

/** A server after which a file in a folder is named is down without being asked (ldirectord(8), "maintenancedir"). */
final class Maintenance implements Prober {
    private final Prober prober;
    private final Map<Endpoint, List<String>> names = new ConcurrentHashMap<>();
    private volatile Optional<Path> folder;

    Maintenance(Prober prober, Optional<String> folder) {
        this.prober = prober;
        this.folder = folder.map(Path::of);
    }

    void folder(Optional<String> other) {
        folder = other.map(Path::of);
    }

    @Override
    public Answer probe(Subject subject, Attempt attempt) throws InterruptedException {
        if (folder.isPresent()) {
            for (String name : names.computeIfAbsent(subject.server().endpoint(), Maintenance::names)) {
                if (Files.exists(folder.get().resolve(name))) {
                    return new Answer(
                            false,
                            "in maintenance: there is a file " + folder.get().resolve(name),
                            0);
                }
            }
        }
        return prober.probe(subject, attempt);
    }

    /** By address and, where the resolver knows it, by name, whole and short; each with the port and without. */
    private static List<String> names(Endpoint endpoint) {
        String withPort = endpoint.toString();
        String address = withPort.substring(0, withPort.lastIndexOf(':'));
        List<String> hosts = new ArrayList<>(List.of(address));
        String name = endpoint.address().getCanonicalHostName();
        if (!name.equals(endpoint.address().getHostAddress())) {
            hosts.add(name);
            hosts.add(name.split("\\.", 2)[0]);
        }
        return hosts.stream()
                .flatMap(host -> List.of(host + ":" + endpoint.port(), host).stream())
                .toList();
    }
}
