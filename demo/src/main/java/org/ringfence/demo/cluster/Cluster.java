package org.ringfence.demo.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.StatusReply;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.demo.client.Probe;
import org.ringfence.demo.host.Hosts;
import org.ringfence.demo.host.Run;
import org.ringfence.demo.power.Plug;
import org.ringfence.demo.power.PowerSwitch;
import org.ringfence.demo.watchdog.WatchdogBoxes;
import org.ringfence.guard.disk.DiskException;
import org.ringfence.guard.disk.SbdDisk;
import org.ringfence.model.NodeId;
import org.ringfence.model.sbd.SbdHeader;

/**
 * The nodes of one run, the power switch they hang on, and what a test or a demonstration does to all of them. Made with all
 * nodes off. Closing it ends and removes everything; so does the end of this process, whichever way it ends, at the latest
 * when the next run begins.
 */
public final class Cluster implements AutoCloseable {
    private static final long SHARED_DISK_BYTES = 1 << 20;

    /** Twice the watchdogs' timeout, as administrators of {@code sbd} have it. */
    private static final String WATCHDOG_WAIT = "10s";

    private final ClusterSettings settings;
    private final Run run;
    private final Hosts hosts;
    private final List<ClusterNode> nodes;
    private final PowerSwitch power;
    private final Optional<WatchdogBoxes> watchdogs;
    private final Thread atExit;
    private boolean closed;

    private Cluster(ClusterSettings settings, Run run, Hosts hosts) throws IOException {
        this.settings = settings;
        this.run = run;
        this.hosts = hosts;
        this.nodes = hosts.hosts().stream()
                .map(host -> new ClusterNode(
                        host,
                        NodeConfiguration.file(host),
                        settings.launcher(),
                        settings.fencing().guarded()))
                .toList();
        this.power = new PowerSwitch(powerFolder(run), List.copyOf(nodes), settings.bootTime());
        this.watchdogs = settings.fencing().guarded() ? Optional.of(watchdogs()) : Optional.empty();
        this.atExit = new Thread(this::endAtExit, "end-of-run");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private WatchdogBoxes watchdogs() throws IOException {
        var files = new LinkedHashMap<Plug, Path>();
        for (ClusterNode node : nodes) {
            files.put(node, NodeConfiguration.watchdog(node.machine()));
        }
        var boxes = new WatchdogBoxes(files, settings.bootTime());
        nodes.forEach(node -> node.beforePower(() -> boxes.poweringOn(node)));
        return boxes;
    }

    /** Makes hosts, key and configurations. Removes what abandoned runs have left first. */
    public static Cluster make(ClusterSettings settings) throws IOException {
        Run run = Run.begin(settings.base());
        try {
            Hosts hosts = settings.own() ? Hosts.own(run, settings.nodes()) : Hosts.loopback(run, settings.nodes());
            KeyStore keys = KeyStore.make(run.folder());
            PowerSwitch.install(fenceAgents(run));
            NodeConfiguration.writeAll(settings, run, hosts, keys);
            DemoService.install(run, hosts);
            if (settings.fencing() == Fencing.SBD) {
                makeSharedDisk(NodeConfiguration.sharedDisk(run));
            }
            if (settings.stateBytes().isPresent()) {
                for (var host : hosts.hosts()) {
                    host.limitState(settings.stateBytes().getAsLong());
                }
            }
            return new Cluster(settings, run, hosts);
        } catch (IOException | RuntimeException failure) {
            run.remove();
            throw failure;
        }
    }

    private static void makeSharedDisk(Path disk) throws IOException {
        try (var file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(SHARED_DISK_BYTES);
        }
        try {
            SbdDisk.create(disk.toString(), SbdHeader.Timeouts.DEFAULT, Optional.empty());
        } catch (DiskException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The cluster of a run that another process made and leaves to this one. */
    public static Cluster takeOver(ClusterSettings settings, Run run) throws IOException {
        return new Cluster(settings, run, Hosts.again(run, settings.own(), settings.nodes()));
    }

    static Path fenceAgents(Run run) {
        return run.folder().resolve("fence-agents");
    }

    private static Path powerFolder(Run run) {
        return run.folder().resolve("power");
    }

    public ClusterSettings settings() {
        return settings;
    }

    public Run run() {
        return run;
    }

    public Hosts hosts() {
        return hosts;
    }

    public List<ClusterNode> nodes() {
        return nodes;
    }

    public List<String> names() {
        return nodes.stream().map(ClusterNode::name).toList();
    }

    public ClusterNode node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node " + name));
    }

    /** Every node but this one. */
    public List<ClusterNode> others(ClusterNode not) {
        return nodes.stream().filter(node -> node != not).toList();
    }

    public PowerSwitch power() {
        return power;
    }

    /** The hosts' watchdogs; empty when they have none. */
    public Optional<WatchdogBoxes> watchdogBoxes() {
        return watchdogs;
    }

    /** An empty configuration for these nodes. */
    public DemoCib cib() {
        return new DemoCib(names()).property("cluster-name", settings.name());
    }

    /** The power switch's folder, as the parameter {@code switch} of {@code fence_demo}. */
    public String switchFolder() {
        return powerFolder(run).toString();
    }

    /** One service with its address, where addresses can move, and with the power switch unless that is left out. */
    public DemoCib serviceCib(boolean fenced) {
        if (!fenced) {
            return DemoService.addTo(cib(), hosts);
        }
        return switch (settings.fencing()) {
            case SWITCH -> serviceCibWith(new LinkedHashMap<>());
            case SBD ->
                DemoService.addTo(
                        cib().sharedDisk(
                                        "shared-disk",
                                        NodeConfiguration.sharedDisk(run).toString()),
                        hosts);
            case WATCHDOG -> DemoService.addTo(cib().property("fencing-watchdog-timeout", WATCHDOG_WAIT), hosts);
        };
    }

    /** @param device more parameters of the fence device, and of the cluster's dealings with it */
    public DemoCib serviceCibWith(SequencedMap<String, String> device) {
        return DemoService.addTo(cib().fenceDevice("power", switchFolder(), device), hosts);
    }

    /** A resource that puts its starts and stops on record; see {@link #witness}. */
    public static Primitive witness(String id) {
        return Primitive.of(id, "ocf", "demo", "witness");
    }

    /** What witnesses have on record so far, in the order of their clocks, which all hosts share. */
    public List<Witness> witness() throws IOException {
        return Witness.read(DemoService.witnessLog(run));
    }

    /**
     * From now on a witness misbehaves.
     *
     * @param action {@code start}, {@code stop} or {@code monitor}; with {@code .NODE} added, on that node only
     * @param how    {@code fail}, or {@code hang}: deaf to SIGTERM, with a child that is so, too
     */
    public void misbehave(String resource, String action, String how) throws IOException {
        Files.writeString(DemoService.misbehaviour(run).resolve(resource + "." + action), how + "\n");
    }

    /** From now on it behaves again. */
    public void behave(String resource, String action) throws IOException {
        Files.deleteIfExists(DemoService.misbehaviour(run).resolve(resource + "." + action));
    }

    /** Begins to ask the service, from the client's network. */
    public Probe probe(Duration interval, Duration patience) {
        return new Probe(hosts.client(), serviceAddresses(), interval, patience);
    }

    private List<InetSocketAddress> serviceAddresses() {
        List<InetSocketAddress> addresses = new ArrayList<>();
        List<String> candidates = hosts.serviceAddress()
                .map(List::of)
                .orElseGet(
                        () -> hosts.hosts().stream().map(host -> host.address()).toList());
        for (String candidate : candidates) {
            try {
                addresses.add(new InetSocketAddress(InetAddress.ofLiteral(candidate), DemoService.PORT));
            } catch (IllegalArgumentException broken) {
                throw new IllegalStateException("not an address: " + candidate, broken);
            }
        }
        return addresses;
    }

    /** Boots all nodes at the same time. Returns when they have booted; their daemons may not answer yet. */
    public void startAll() throws IOException {
        onAll(node -> node.start());
    }

    /** Cuts the power of all nodes at the same time. */
    public void powerOffAll() throws IOException {
        onAll(node -> node.off());
    }

    private interface Deed {
        void on(ClusterNode node) throws IOException;
    }

    private void onAll(Deed deed) throws IOException {
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> deeds = new ArrayList<>();
            for (ClusterNode node : nodes) {
                deeds.add(together.submit(() -> {
                    deed.on(node);
                    return true;
                }));
            }
            for (Future<Boolean> done : deeds) {
                done.get();
            }
        } catch (java.util.concurrent.ExecutionException failure) {
            throw new IOException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Loads a configuration through the first node that answers. */
    public Reply.Outcome load(DemoCib cib) throws DaemonUnavailableException {
        return load(cib, false);
    }

    /** @param acceptUnsafe whether one with which nothing would start is taken all the same */
    public Reply.Outcome load(DemoCib cib, boolean acceptUnsafe) throws DaemonUnavailableException {
        return anyNode().call(new Request.ConfigureLoad(cib.xml(), "demo.xml", "demo", false, acceptUnsafe));
    }

    /** The first node whose daemon answers. */
    public ClusterNode anyNode() throws DaemonUnavailableException {
        DaemonUnavailableException last = new DaemonUnavailableException("every node is off");
        for (ClusterNode node : nodes) {
            if (node.isOn()) {
                try {
                    node.status();
                    return node;
                } catch (DaemonUnavailableException silent) {
                    last = silent;
                }
            }
        }
        throw last;
    }

    /** What the first node that answers says; empty while none does. */
    public Optional<StatusReply> status() {
        try {
            return Optional.of(anyNode().status());
        } catch (DaemonUnavailableException nobody) {
            return Optional.empty();
        }
    }

    /** Waits until a node sees every node online, and a DC. What each node said at the end is in the exception. */
    public StatusReply awaitMembers(Duration timeout) {
        try {
            return await("all " + nodes.size() + " nodes online", timeout, () -> status().filter(this::allOnline));
        } catch (NotInTimeException late) {
            throw new NotInTimeException(late.getMessage() + "; at the end "
                    + nodes.stream().map(Cluster::view).collect(Collectors.joining("; ")));
        }
    }

    /** What a node says of its cluster, in short. */
    private static String view(ClusterNode node) {
        if (!node.isOn()) {
            return node + " is off";
        }
        try {
            StatusReply status = node.status();
            return node + " says DC " + status.cluster().dc().map(NodeId::name).orElse("none") + ", "
                    + status.nodes().stream()
                            .map(other -> other.node().name() + " " + other.state())
                            .collect(Collectors.joining(", "));
        } catch (DaemonUnavailableException silent) {
            return node + " does not answer: " + silent.getMessage();
        }
    }

    private boolean allOnline(StatusReply status) {
        return status.cluster().dc().isPresent()
                && status.nodes().size() == nodes.size()
                && status.nodes().stream().allMatch(node -> node.state() == NodeStatus.State.ONLINE);
    }

    /** Waits until something is there, looking again and again. */
    public static <T> T await(String what, Duration timeout, Supplier<Optional<T>> look) {
        Instant end = Instant.now().plus(timeout);
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (Instant.now().isAfter(end)) {
                throw new NotInTimeException(what + ": not within " + timeout.toMillis() / 1000.0 + " s");
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + what, interrupted);
            }
        }
    }

    /** Leaves everything running when this process ends; another must own the run by then. */
    public synchronized void abandonTo(long owner) throws IOException {
        run.handOver(owner);
        closed = true;
        power.close();
        watchdogs.ifPresent(WatchdogBoxes::close);
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void endAtExit() {
        try {
            end();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private synchronized void end() throws IOException {
        if (!closed) {
            closed = true;
            power.close();
            watchdogs.ifPresent(WatchdogBoxes::close);
            run.remove();
        }
    }

    @Override
    public void close() throws IOException {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // This process is ending already, and the hook has nothing left to do.
        }
    }
}
