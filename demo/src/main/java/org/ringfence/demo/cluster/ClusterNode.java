package org.ringfence.demo.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ringfence.api.Client;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.HistoryReply;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.StatusReply;
import org.ringfence.api.history.HistoryEntry;
import org.ringfence.demo.host.Host;
import org.ringfence.demo.host.Kernel;
import org.ringfence.demo.power.Plug;

/** One node: a host and the daemon that starts when it boots. */
public final class ClusterNode implements Plug {
    private final Host host;
    private final Path configuration;
    private final List<String> launcher;
    private final boolean guarded;
    private final List<Instant> boots = new CopyOnWriteArrayList<>();
    private final List<Instant> darknesses = new CopyOnWriteArrayList<>();
    private Runnable poweringOn = () -> {};

    /** @param guarded whether a guard starts before the daemon */
    ClusterNode(Host host, Path configuration, List<String> launcher, boolean guarded) {
        this.host = host;
        this.configuration = configuration;
        this.launcher = launcher;
        this.guarded = guarded;
    }

    public String name() {
        return host.name();
    }

    @Override
    public String host() {
        return host.name();
    }

    /** The host, for faults of its own. */
    public Host machine() {
        return host;
    }

    /** The folder that the daemon keeps its configuration in. */
    public Path state() {
        return state(host);
    }

    static Path state(Host host) {
        return host.folder().resolve("state");
    }

    /** The daemon's local API. */
    public Path socket() {
        return socket(host);
    }

    static Path socket(Host host) {
        return host.volatileFolder().resolve("ringfence.sock");
    }

    /** What the daemon prints. */
    public Path log() {
        return host.folder().resolve("daemon.log");
    }

    /** Boots the host and its daemon. Returns before the daemon answers. */
    public synchronized void start() throws IOException {
        start(guarded);
    }

    /** Boots the host and its daemon alone, as one on which nobody has enabled the guard. */
    public synchronized void startWithoutGuard() throws IOException {
        start(false);
    }

    private void start(boolean withGuard) throws IOException {
        if (!host.isOn()) {
            boots.add(Instant.now());
            poweringOn.run();
            host.powerOn();
            if (withGuard) {
                startGuard();
            }
            startDaemon();
        }
    }

    /** What is done before the power comes, at every boot. */
    void beforePower(Runnable what) {
        poweringOn = what;
    }

    /** Starts the guard on a host that runs without one. */
    public synchronized void startGuard() throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of("guard", "--config", configuration.toString()));
        host.start(command, guardLog());
    }

    /** What the guard prints. */
    public Path guardLog() {
        return host.folder().resolve("guard.log");
    }

    /** The guard's process, as this machine numbers it; empty when it does not run. */
    public Optional<Long> guardPid() {
        return running("org.ringfence.guard").stream().findFirst();
    }

    /** Starts the daemon on a host that runs without one. */
    public synchronized void startDaemon() throws IOException {
        Files.deleteIfExists(socket());
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of("node", "run", "--config", configuration.toString()));
        host.start(command, log());
    }

    @Override
    public void on() throws IOException {
        start();
    }

    /** Cuts the host's power; not through the fence device. */
    @Override
    public void off() throws IOException {
        boolean on = host.isOn();
        host.powerOff();
        if (on) {
            darknesses.add(Instant.now());
        }
    }

    /** When it began to boot. */
    public List<Instant> boots() {
        return List.copyOf(boots);
    }

    /** When its power was cut, by whomever: from each of these moments on nothing of what ran before runs. */
    public List<Instant> darknesses() {
        return List.copyOf(darknesses);
    }

    @Override
    public boolean isOn() {
        return host.isOn();
    }

    /** Kills the daemon and leaves everything else on the host running. */
    public void killDaemon() throws IOException {
        for (long pid : daemon()) {
            Kernel.signal(pid, Kernel.Signal.KILL);
        }
    }

    public void pauseDaemon() throws IOException {
        for (long pid : daemon()) {
            Kernel.signal(pid, Kernel.Signal.STOP);
        }
    }

    public void resumeDaemon() throws IOException {
        for (long pid : daemon()) {
            Kernel.signal(pid, Kernel.Signal.CONTINUE);
        }
    }

    /** Kills the demo's service, as a crash would. */
    public void killService() throws IOException {
        List<Long> pids = running("responder");
        if (pids.isEmpty()) {
            throw new IOException("the service does not run on " + name());
        }
        for (long pid : pids) {
            Kernel.signal(pid, Kernel.Signal.KILL);
        }
    }

    /** The daemon's process, as this machine numbers it; empty when it does not run. */
    public Optional<Long> daemonPid() {
        return daemon().stream().findFirst();
    }

    /**
     * The daemon without what it is just starting: a child has the daemon's command line until it becomes another program. One
     * that were paused in that moment would not be found again to go on.
     */
    private List<Long> daemon() {
        List<Long> guards = running("org.ringfence.guard");
        List<Long> found = running(configuration.toString()).stream()
                .filter(pid -> !guards.contains(pid))
                .toList();
        return found.stream()
                .filter(pid -> ProcessHandle.of(pid)
                        .flatMap(ProcessHandle::parent)
                        .filter(parent -> found.contains(parent.pid()))
                        .isEmpty())
                .toList();
    }

    /** Every process on the host that has this in its command line. */
    public List<Long> running(String words) {
        return host.processes().stream()
                .filter(pid -> ProcessHandle.of(pid)
                        .flatMap(process -> process.info().commandLine())
                        .filter(line -> line.contains(words))
                        .isPresent())
                .toList();
    }

    public StatusReply status() throws DaemonUnavailableException {
        return expect(new Request.Status(), StatusReply.class);
    }

    /** What this node has on record from {@code since} on, by its own clock, which all hosts share here. */
    public List<HistoryEntry> history(Instant since) throws DaemonUnavailableException {
        return expect(new Request.History(Optional.of(since), Optional.empty()), HistoryReply.class)
                .entries();
    }

    /** Asks the daemon for anything. */
    public Reply.Outcome call(Request request) throws DaemonUnavailableException {
        try (Client client = Client.connect(socket())) {
            return client.call(request);
        }
    }

    private <T extends Reply.Outcome> T expect(Request request, Class<T> kind) throws DaemonUnavailableException {
        Reply.Outcome outcome = call(request);
        if (!kind.isInstance(outcome)) {
            throw new DaemonUnavailableException(name() + " answers " + request + " with " + outcome);
        }
        return kind.cast(outcome);
    }

    @Override
    public String toString() {
        return name();
    }
}
