package org.ringfence.demo.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A host in namespaces of its own. Its first process, {@code host-init.sh}, keeps the process namespace; all others die with it. */
final class NamespaceHost implements Host {
    private static final Duration DYING = Duration.ofSeconds(10);

    private final Run run;
    private final String name;
    private final String address;
    private final Path folder;
    private final NamespaceSwitch wiring;

    private NamespaceHost(Run run, String name, int number) {
        this.run = run;
        this.name = name;
        this.address = "10.78.0." + number;
        this.folder = run.folder().resolve(name);
        this.wiring = new NamespaceSwitch(run);
    }

    static NamespaceHost make(Run run, String name, int number) {
        var host = new NamespaceHost(run, name, number);
        try {
            Files.createDirectories(host.folder.resolve("state"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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
        return wiring.network(name);
    }

    @Override
    public synchronized void powerOn() throws IOException {
        if (isOn()) {
            return;
        }
        wiring.unplug(name);
        wiring.plug(name, address);
        Environment.emptyVolatile(this);
        Path script = run.folder().resolve("host-init.sh");
        if (Files.notExists(script)) {
            try (InputStream source = Host.class.getResourceAsStream("host-init.sh")) {
                Files.write(script, source.readAllBytes());
            }
        }
        List<String> boot = new ArrayList<>();
        HostGroup.of(run, name).map(HostGroup::enter).ifPresent(boot::addAll);
        boot.addAll(List.of(
                "setsid",
                "nsenter",
                "--net=" + wiring.network(name).namespace(),
                "unshare",
                "--mount",
                "--pid",
                "--ipc",
                "--uts",
                "--fork",
                "sh",
                script.toString(),
                name,
                folder.toString(),
                run.folder().resolve("hosts").toString()));
        var builder = new ProcessBuilder(boot);
        builder.environment().clear();
        builder.environment().putAll(Environment.of(run, name));
        builder.redirectError(
                ProcessBuilder.Redirect.appendTo(folder.resolve("host.log").toFile()));
        Process process = builder.start();
        process.getOutputStream().close();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String ready = output.readLine();
            if (ready == null) {
                throw new IOException("host " + name + " did not boot, see " + folder.resolve("host.log"));
            }
            long pid = Long.parseLong(ready);
            long start = Processes.startTicks(pid).orElseThrow(() -> new IOException("host " + name + " died at once"));
            Files.writeString(initFile(), pid + " " + start);
        }
    }

    @Override
    public synchronized void powerOff() throws IOException {
        Optional<Long> init = init();
        if (init.isEmpty()) {
            return;
        }
        // The kernel of a killed process still says goodbye to its peers and answers for its addresses: silence first.
        wiring.portDown(name);
        if (!Kernel.killAndAwait(init.get(), DYING)) {
            throw new IOException("processes of " + name + " are still there after " + DYING.toSeconds() + " s");
        }
        Files.deleteIfExists(initFile());
    }

    @Override
    public boolean isOn() {
        return init().isPresent();
    }

    @Override
    public void start(List<String> command, Path log) throws IOException {
        List<String> inside = new ArrayList<>();
        HostGroup.of(run, name).map(HostGroup::enter).ifPresent(inside::addAll);
        inside.addAll(enter());
        inside.addAll(
                List.of("sh", "-c", "log=$1; shift; setsid \"$@\" </dev/null >>\"$log\" 2>&1 &", "sh", log.toString()));
        inside.addAll(command);
        var builder = new ProcessBuilder(inside).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Environment.of(run, name));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command.getFirst() + " on " + name + ": " + said.strip());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** What to put before a command so that it runs on this host. */
    private List<String> enter() throws IOException {
        long pid = init().orElseThrow(() -> new IOException("host " + name + " is off"));
        return List.of(
                "nsenter", "--target=" + pid, "--mount", "--uts", "--ipc", "--net", "--pid", "--wd=" + folder, "--");
    }

    @Override
    public List<Long> processes() {
        return init().flatMap(pid -> Processes.link(pid, "ns/pid"))
                .map(space -> Processes.linkedTo("ns/pid", space))
                .orElse(List.of());
    }

    @Override
    public synchronized void cutLink() {
        wiring.portCut(name);
    }

    @Override
    public synchronized void healLink() {
        wiring.portHeal(name);
    }

    @Override
    public synchronized boolean slowLink(Duration delay) throws IOException {
        return wiring.portSlow(name, delay);
    }

    @Override
    public synchronized void limitState(long bytes) {
        if (isOn()) {
            throw new IllegalStateException(name + " is on");
        }
        Command.run(
                "",
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + bytes + ",mode=700",
                "ringfence-demo",
                folder.resolve("state").toString());
    }

    private Path initFile() {
        return folder.resolve("init.pid");
    }

    private Optional<Long> init() {
        try {
            String[] words = Files.readString(initFile()).split(" ");
            long pid = Long.parseLong(words[0]);
            long start = Long.parseLong(words[1]);
            return Processes.startTicks(pid).filter(found -> found == start).map(found -> pid);
        } catch (NoSuchFileException off) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
