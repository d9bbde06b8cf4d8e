package org.ringfence.demo.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The hosts of one run and the client beside them. Made with all hosts off. Not to be used once the run is removed.
 *
 * @param own whether every host has a network, a process table and mounts of its own
 */
public record Hosts(Run run, boolean own, List<Host> hosts) {
    /** The most hosts that fit the addresses used here. */
    public static final int MOST = 64;

    /** Why hosts of their own cannot be made by this user on this machine; empty when they can. */
    public static Optional<String> whyNotOwn() {
        if (!Run.isRoot()) {
            return Optional.of("not run as root");
        }
        Optional<String> missing = Stream.of("ip", "unshare", "nsenter", "setsid", "mount")
                .filter(tool -> Command.find(tool).isEmpty())
                .findFirst();
        if (missing.isPresent()) {
            return missing.map(tool -> "the command " + tool + " is not installed");
        }
        Command.Result trial = Command.attempt(
                "", "unshare", "--net", "--mount", "--pid", "--ipc", "--uts", "--fork", "ip", "link", "add", "type",
                "veth");
        return trial.succeeded()
                ? Optional.empty()
                : Optional.of("the kernel refuses namespaces: " + trial.output().strip());
    }

    /** Hosts of their own: names {@code n1} to {@code nN}, addresses 10.78.0.1 to 10.78.0.N, on a switch that leads nowhere else. */
    public static Hosts own(Run run, int count) {
        new NamespaceSwitch(run).build();
        return new Hosts(run, true, ownAgain(run, count));
    }

    /** Plain processes on loopback addresses, {@code 127.78.x.1} to {@code 127.78.x.N}. */
    public static Hosts loopback(Run run, int count) throws IOException {
        List<Host> hosts = new ArrayList<>();
        for (String name : names(count)) {
            hosts.add(LoopbackHost.make(run, name, hosts.size() + 1));
        }
        return new Hosts(run, false, List.copyOf(hosts));
    }

    /** The hosts of a run that is there already, for the process that takes it over. */
    public static Hosts again(Run run, boolean own, int count) throws IOException {
        return own ? new Hosts(run, true, ownAgain(run, count)) : loopback(run, count);
    }

    private static List<Host> ownAgain(Run run, int count) {
        List<Host> hosts = new ArrayList<>();
        for (String name : names(count)) {
            hosts.add(NamespaceHost.make(run, name, hosts.size() + 1));
        }
        return List.copyOf(hosts);
    }

    private static List<String> names(int count) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("between 1 and " + MOST + " hosts, not " + count);
        }
        return IntStream.rangeClosed(1, count).mapToObj(number -> "n" + number).toList();
    }

    public Host host(String name) {
        return hosts.stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no host " + name));
    }

    /** The network of the client, which is none of the hosts'. */
    public Network client() {
        return own ? new NamespaceSwitch(run).client() : new Network.Machine();
    }

    /** The address that the service moves with; only hosts of their own can share one. */
    public Optional<String> serviceAddress() {
        return own ? Optional.of(NamespaceSwitch.SERVICE_ADDRESS) : Optional.empty();
    }

    /** Ends all hosts and removes everything that was made for them. */
    public void remove() {
        try {
            run.remove();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
