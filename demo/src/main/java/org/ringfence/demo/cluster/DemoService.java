package org.ringfence.demo.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.ringfence.demo.host.Host;
import org.ringfence.demo.host.Hosts;
import org.ringfence.demo.host.Run;

/**
 * What the demo's cluster runs: a TCP service that says its node's name, and the address that it is reached at, as resources;
 * and the agents for them. The service is a few lines of Perl, which starts in milliseconds and is part of most systems;
 * without Perl it is Python, and without that Java.
 */
final class DemoService {
    static final int PORT = 7000;
    static final String GROUP = "web";
    private static final String ADDRESS = "web-address";
    private static final String SERVICE = "web-service";
    private static final String MONITOR = "10s";
    private static final String TIMEOUT = "20s";
    private static final Path IPADDR2 = Path.of("/usr/lib/ocf/resource.d/heartbeat/IPaddr2");

    private DemoService() {}

    /** Where this host's daemon looks for resource agents first: a folder with one folder for each provider. */
    static Path agents(Host host) {
        return host.folder().resolve("agents");
    }

    /** What agents append their deeds to. */
    static Path witnessLog(Run run) {
        return run.folder().resolve("witness.log");
    }

    /** Where agents look whether they are to misbehave. */
    static Path misbehaviour(Run run) {
        return run.folder().resolve("misbehave");
    }

    static void install(Run run, Hosts hosts) throws IOException {
        Files.createDirectories(misbehaviour(run));
        Files.createFile(witnessLog(run));
        String responder = responder(run);
        for (Host host : hosts.hosts()) {
            Path provider = agents(host).resolve("demo");
            Files.createDirectories(provider);
            write("service.sh", provider.resolve("service"));
            write("witness.sh", provider.resolve("witness"));
            // Agents start with an environment of their own; in it, too, processes say whose they are.
            Files.writeString(host.folder().resolve("host.env"), """
                node='%s'
                address='%s'
                volatile='%s'
                run_folder='%s'
                witness_log='%s'
                responder='%s'
                %s
                """.formatted(
                            host.name(),
                            hosts.own() ? "0.0.0.0" : host.address(),
                            host.volatileFolder(),
                            run.folder(),
                            witnessLog(run),
                            responder,
                            host.mark()));
        }
    }

    /** The shell command that starts the service and returns when it listens. */
    private static String responder(Run run) throws IOException {
        String arguments = " \"$address\" \"$port\" \"$node\" \"$pid_file\"";
        Path perl = Path.of("/usr/bin/perl");
        if (Files.isExecutable(perl)) {
            Path script = run.folder().resolve("responder.pl");
            write("responder.pl", script);
            return perl + " " + script + arguments;
        }
        Path python = Path.of("/usr/bin/python3");
        if (Files.isExecutable(python)) {
            Path script = run.folder().resolve("responder.py");
            write("responder.py", script);
            return python + " -ISE " + script + arguments;
        }
        try {
            Path classes = Path.of(DemoService.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return "rm -f \"$pid_file\"; " + Path.of(System.getProperty("java.home"), "bin", "java")
                    + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx16m -cp " + classes + " "
                    + Responder.class.getName() + arguments
                    + " </dev/null >/dev/null 2>&1 & while [ ! -f \"$pid_file\" ]; do kill -0 $! || exit 1; sleep"
                    + " 0.01; done";
        } catch (URISyntaxException broken) {
            throw new IOException(broken);
        }
    }

    private static void write(String resource, Path file) throws IOException {
        try (InputStream source = DemoService.class.getResourceAsStream(resource)) {
            Files.write(file, source.readAllBytes());
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The group: the address where one can move, then the service. */
    static DemoCib addTo(DemoCib cib, Hosts hosts) {
        Primitive service = Primitive.of(SERVICE, "ocf", "demo", "service")
                .with("port", Integer.toString(PORT))
                .operation("monitor", MONITOR, TIMEOUT);
        if (hosts.serviceAddress().isEmpty()) {
            return cib.group(GROUP, service);
        }
        // Debian's agent where it is installed, else Ringfence's own.
        String provider = Files.isExecutable(IPADDR2) ? "heartbeat" : "ringfence";
        String type = Files.isExecutable(IPADDR2) ? "IPaddr2" : "address";
        Primitive address = Primitive.of(ADDRESS, "ocf", provider, type)
                .with("ip", hosts.serviceAddress().get())
                .with("cidr_netmask", "24")
                .with("nic", "eth0")
                .operation("monitor", MONITOR, TIMEOUT);
        return cib.group(GROUP, address, service);
    }
}
