package org.ringfence.demo.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A host for users who may make no namespaces: a loopback address, and the processes that carry its name in their environment
 * or are in its control group, or descend from one that is. It has no cable, and its power cut is one kill after another until nobody is left.
 */
final class LoopbackHost implements Host {
    private final Run run;
    private final String name;
    private final String address;
    private final Path folder;

    private LoopbackHost(Run run, String name, int number) {
        this.run = run;
        this.name = name;
        // The third octet keeps runs apart that are there at the same time; 127.0.0.0/8 needs no set-up on Linux.
        this.address = "127.78." + (run.id().hashCode() & 0xff) + "." + number;
        this.folder = run.folder().resolve(name);
    }

    static LoopbackHost make(Run run, String name, int number) throws IOException {
        var host = new LoopbackHost(run, name, number);
        Files.createDirectories(host.folder.resolve("state"));
        return host;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public String mark() {
        return Environment.mark(run, name);
    }

    @Override
    public Network network() {
        return new Network.Machine();
    }

    @Override
    public synchronized void powerOn() throws IOException {
        if (!isOn()) {
            Environment.emptyVolatile(this);
            Files.writeString(onFile(), "");
        }
    }

    @Override
    public synchronized void powerOff() throws IOException {
        Files.deleteIfExists(onFile());
        for (int round = 0; round < 50; round++) {
            List<Long> pids = processes();
            if (pids.isEmpty()) {
                return;
            }
            for (long pid : pids) {
                Kernel.signal(pid, Kernel.Signal.KILL);
            }
            for (long pid : pids) {
                Kernel.killAndAwait(pid, Duration.ofMillis(500));
            }
        }
        throw new IOException("processes of " + name + " cannot be ended");
    }

    @Override
    public boolean isOn() {
        return Files.exists(onFile());
    }

    @Override
    public synchronized void start(List<String> command, Path log) throws IOException {
        if (!isOn()) {
            throw new IOException("host " + name + " is off");
        }
        List<String> detached = new ArrayList<>();
        HostGroup.of(run, name).map(HostGroup::enter).ifPresent(detached::addAll);
        Command.find("setsid").map(Path::toString).ifPresent(detached::add);
        detached.addAll(command);
        var builder = new ProcessBuilder(detached)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(Environment.of(run, name));
        builder.start();
    }

    @Override
    public List<Long> processes() {
        Set<Long> found =
                new LinkedHashSet<>(Processes.withEnvironment(Environment.HOST + "=" + run.id() + "-" + name));
        HostGroup.of(run, name).map(HostGroup::processes).ifPresent(found::addAll);
        for (long pid : List.copyOf(found)) {
            ProcessHandle.of(pid)
                    .ifPresent(process -> process.descendants().forEach(descendant -> found.add(descendant.pid())));
        }
        return List.copyOf(found);
    }

    @Override
    public void cutLink() throws IOException {
        throw noCable();
    }

    @Override
    public void healLink() throws IOException {
        throw noCable();
    }

    @Override
    public boolean slowLink(Duration delay) {
        return false;
    }

    @Override
    public void limitState(long bytes) throws IOException {
        throw noCable();
    }

    private static IOException noCable() {
        return new IOException(
                "a host on a loopback address has no cable and no disk of its own; run as root for those");
    }

    private Path onFile() {
        return folder.resolve("on");
    }
}
