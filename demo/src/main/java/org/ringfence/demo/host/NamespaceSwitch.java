package org.ringfence.demo.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A bridge in a network namespace of its own, to which hosts and the client are plugged. No route leads out of it.
 * A port is named like its host.
 */
record NamespaceSwitch(Run run) {
    static final String SERVICE_ADDRESS = "10.78.0.100";
    private static final String CLIENT_ADDRESS = "10.78.0.250";

    private String name() {
        return run.network("switch");
    }

    Network.Own client() {
        return network("client");
    }

    Network.Own network(String host) {
        return new Network.Own(Path.of("/run/netns", run.network(host)));
    }

    void build() {
        Command.run("", "ip", "netns", "add", name());
        inside("""
            link add bridge type bridge forward_delay 0 stp_state 0
            link set bridge up
            """);
        plug("client", CLIENT_ADDRESS);
    }

    /** Gives a host a new network, empty but for one cable to this switch. */
    void plug(String host, String address) {
        String network = run.network(host);
        Command.run("", "ip", "netns", "add", network);
        inside("""
            link add %1$s type veth peer name eth0 netns %2$s
            link set %1$s master bridge up
            """.formatted(host, network));
        Command.run("""
            addr add %s/24 dev eth0
            link set eth0 up
            link set lo up
            """.formatted(address), "ip", "-n", network, "-batch", "-");
    }

    /** Takes a host's network away, with every address that was on it. */
    void unplug(String host) {
        Command.attempt("", "ip", "-n", name(), "link", "delete", host);
        Command.attempt("", "ip", "netns", "delete", run.network(host));
    }

    void portDown(String host) {
        inside("link set " + host + " down\n");
    }

    void portCut(String host) {
        inside("link set " + host + " nomaster\n");
    }

    void portHeal(String host) {
        inside("link set " + host + " master bridge\n");
    }

    boolean portSlow(String host, Duration delay) throws IOException {
        if (Command.find("tc").isEmpty()) {
            return false;
        }
        return Command.attempt(
                        "",
                        "tc",
                        "-n",
                        name(),
                        "qdisc",
                        "replace",
                        "dev",
                        host,
                        "root",
                        "netem",
                        "delay",
                        delay.toMillis() + "ms")
                .succeeded();
    }

    private void inside(String commands) {
        Command.run(commands, "ip", "-n", name(), "-batch", "-");
    }
}
