package org.ringfence.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.Settings;
import org.ringfence.controller.port.Engine.EngineException;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.controller.port.StableStore.StoreException;
import org.ringfence.controller.request.Caller;
import org.ringfence.daemon.addresses.AddressAgents;
import org.ringfence.daemon.addresses.AddressCare;
import org.ringfence.daemon.agents.AgentSettings;
import org.ringfence.daemon.agents.LocalResourceAgents;
import org.ringfence.daemon.guard.Clockwork;
import org.ringfence.daemon.guard.ClockworkReport;
import org.ringfence.daemon.guard.GuardLink;
import org.ringfence.daemon.guard.GuardedAgents;
import org.ringfence.daemon.history.HistoryFile;
import org.ringfence.daemon.local.Limits;
import org.ringfence.daemon.local.LocalServer;
import org.ringfence.daemon.node.Node;
import org.ringfence.daemon.process.Processes;
import org.ringfence.daemon.process.Unfinished;
import org.ringfence.daemon.sbd.SbdFenceAgents;
import org.ringfence.daemon.settings.NodeSettings;
import org.ringfence.daemon.settings.SettingsFile;
import org.ringfence.daemon.status.Asking;
import org.ringfence.daemon.status.GapWatch;
import org.ringfence.daemon.status.Handler;
import org.ringfence.daemon.status.HostExamination;
import org.ringfence.daemon.status.HostReport;
import org.ringfence.daemon.status.Rehearsal;
import org.ringfence.daemon.storage.StateFolder;
import org.ringfence.engine.embedded.EmbeddedEngine;
import org.ringfence.engine.embedded.EngineSettings;
import org.ringfence.engine.embedded.Security;
import org.ringfence.engine.embedded.Timings;
import org.ringfence.guard.settings.GuardSettings;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.ThreadScheduling;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.network.address.LinkWatch;

/**
 * The daemon of a node: {@code ringfence node run --config FILE}. What keeps it from starting is one line on standard error
 * and nothing has changed: status 2 for a configuration that cannot be used, 1 for what this host refuses.
 */
public final class Main {
    private static final System.Logger LOG = System.getLogger("ringfence");
    private static final Path DEFAULT_CONFIG = Path.of("/etc/ringfence/ringfence.conf");
    private static final String CONFIG = "--config";
    private static final int UNUSABLE = 2;
    private static final int NOT_DONE = 1;
    private static final int UNSAFE = 3;

    /** For a guard that is started together with this daemon; while it says that it is at it, it is waited for. */
    private static final Duration GUARD_STARTING = Duration.ofSeconds(30);

    private static final Duration GUARD_LOOK = Duration.ofMillis(50);

    /** Above ordinary work, below the kernel's own threads. */
    private static final int REAL_TIME_PRIORITY = 10;

    private Main() {}

    @SuppressWarnings("SystemOut") // one line for whoever starts it by hand; the log may go elsewhere
    public static void main(String[] arguments) throws InterruptedException {
        LogLines.set();
        try {
            run(SettingsFile.read(config(arguments)));
        } catch (UnusableInputException unusable) {
            System.err.println("ringfence node: " + unusable.getMessage());
            System.exit(UNUSABLE);
        } catch (EngineException | StoreException | IOException refused) {
            System.err.println("ringfence node: " + refused.getMessage());
            System.exit(NOT_DONE);
        } catch (UnguardedException unsafe) {
            System.err.println("ringfence node: refused: " + unsafe.getMessage());
            System.exit(UNSAFE);
        }
    }

    /** A word that is not understood must not start a node with settings that nobody meant. */
    private static Path config(String[] arguments) throws UnusableInputException {
        List<String> words = List.of(arguments);
        if (words.isEmpty()) {
            return DEFAULT_CONFIG;
        }
        String first = words.getFirst();
        if (words.size() == 1 && first.startsWith(CONFIG + "=")) {
            return Path.of(first.substring(CONFIG.length() + 1));
        }
        if (words.size() == 2 && first.equals(CONFIG)) {
            return Path.of(words.getLast());
        }
        throw new UnusableInputException(Problem.error(
                Place.NONE,
                String.join(" ", words),
                "is not understood",
                "the command is: ringfence node run [" + CONFIG + " FILE]"));
    }

    private static void run(NodeSettings settings)
            throws UnusableInputException, EngineException, StoreException, IOException, InterruptedException,
                    UnguardedException {
        var engine = new EmbeddedEngine(engineSettings(settings), Main::preparePulse, Main::broken);
        // What can be refused is refused before anything is written.
        StateFolder.mustBeFree(settings.state());
        engine.mustBeAbleToStart();
        Optional<GuardLink> guard = guard(settings);
        var stop = new CountDownLatch(1);
        AgentSettings agentSettings = agentSettings(settings);
        try (StateFolder folder = StateFolder.open(settings.state());
                var history = new HistoryFile(settings.state().resolve("history"));
                var processes = new Processes(afterLeftovers(folder), Main::broken);
                var agents = new LocalResourceAgents(
                        agentSettings, processes, programs -> fenceAgents(programs, agentSettings, settings))) {
            var cluster = new Settings(
                    settings.cluster(),
                    settings.node(),
                    List.copyOf(settings.peers().keySet()),
                    settings.startupGrace());
            var running = new AtomicReference<@Nullable Node>();
            var care = new AddressCare(
                    engine,
                    settings.peers().keySet(),
                    () -> Optional.ofNullable(running.get())
                            .map(Node::configuration)
                            .orElse(""),
                    (address, text) -> Optional.ofNullable(running.get()).ifPresent(it -> it.problem(address, text)));
            var caring = new AddressAgents(agents, care);
            ResourceAgents guarded = guard.<ResourceAgents>map(link -> new GuardedAgents(caring, link::isArmed))
                    .orElse(caring);
            var node = new Node(cluster, engine, guarded, agents.fenceAgents(), folder, history, guard, care);
            running.set(node);
            var host = new HostExamination(
                    settings.node(),
                    settings.state(),
                    agents.catalog()::exists,
                    () -> node.timeline().kept().clocks(),
                    Path.of("/"));
            var handler = new Handler(node, agents.catalog()::exists, host, stop::countDown, care::status);
            LinkWatch.start();
            care.start();
            node.start();
            var itself =
                    new Caller("ringfence", 0, (int) ProcessHandle.current().pid());
            Clockwork clockwork = new Clockwork(settings.state(), guard).start();
            var report = new HostReport(host, node::configuration);
            new ClockworkReport(
                            () -> {
                                SortedMap<String, String> all = new TreeMap<>(report.values());
                                all.putAll(clockwork.values());
                                return all;
                            },
                            settings.node().name(),
                            request -> node.ask(itself, request))
                    .start();
            Asking asking = request -> node.ask(itself, request);
            new GapWatch(settings.node(), () -> node.timeline().kept().lines(), asking).start();
            new Rehearsal(settings.node(), asking).start();
            try (LocalServer _ = LocalServer.open(settings.socket(), settings.adminGroup(), handler, Limits.DEFAULT)) {
                var over = new CountDownLatch(1);
                var asked = new AtomicBoolean();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    if (!asked.getAndSet(true)) {
                        stop.countDown();
                        awaitQuietly(over);
                    }
                }));
                LOG.log(
                        System.Logger.Level.INFO,
                        "node {0} of cluster {1} is running",
                        settings.node(),
                        settings.cluster());
                stop.await();
                boolean orderly = node.leave(settings.stopTimeout());
                LOG.log(
                        orderly ? System.Logger.Level.INFO : System.Logger.Level.ERROR,
                        orderly
                                ? "left the cluster"
                                : "could not leave within stop-timeout; this node will be fenced by the others");
                node.close();
                asked.set(true);
                over.countDown();
            }
        }
        System.exit(0);
    }

    /** This node must not join, and by that be given resources, while nothing could stop its host. */
    private static final class UnguardedException extends Exception {
        private static final long serialVersionUID = 1;

        UnguardedException(String message) {
            super(message);
        }
    }

    private static Optional<GuardLink> guard(NodeSettings settings)
            throws IOException, InterruptedException, UnguardedException {
        if (settings.guard().isEmpty()) {
            return Optional.empty();
        }
        GuardLink link = GuardLink.open(settings.guard().get());
        long end = System.nanoTime() + GUARD_STARTING.toNanos();
        while (!link.isArmed()) {
            if (System.nanoTime() - end > 0 && !link.isStarting()) {
                throw new UnguardedException("the guard of this node is " + link.text()
                        + ", and its configuration asks for one (sbd-devices, watchdog or sbd-config): start it first,"
                        + " with 'ringfence guard'; what keeps it from starting is in its journal");
            }
            Thread.sleep(GUARD_LOOK);
        }
        LOG.log(System.Logger.Level.INFO, "guard: {0}", link.text());
        return Optional.of(link);
    }

    /** Disks are a fence device that the daemon itself is. */
    private static FenceAgents fenceAgents(FenceAgents programs, AgentSettings agents, NodeSettings settings) {
        return new SbdFenceAgents(
                programs,
                name -> agents.fenceAgents().find(name).isPresent(),
                settings.guard().map(GuardSettings::devices).orElse(List.of()),
                settings.node().name());
    }

    /** Nothing may be asked of a resource while an agent of a killed predecessor is still at work on it. */
    private static Unfinished afterLeftovers(StateFolder folder) throws IOException, InterruptedException {
        var unfinished = new Unfinished(folder.runs());
        for (String how : unfinished.end()) {
            LOG.log(System.Logger.Level.WARNING, "was being run when the last daemon ended without notice: {0}", how);
        }
        return unfinished;
    }

    private static void awaitQuietly(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** The configuration's folders come first, then Ringfence's own and the system's. */
    private static AgentSettings agentSettings(NodeSettings settings) {
        return AgentSettings.ofThisHost("ringfence-" + settings.cluster() + "-" + settings.node())
                .withFirst(settings.agents(), settings.fenceAgents())
                .withVariable("RINGFENCE_SOCKET", settings.socket().toString());
    }

    private static EngineSettings engineSettings(NodeSettings settings) throws UnusableInputException, IOException {
        Security security = new Security.Plain();
        if (settings.keyStore().isPresent()) {
            NodeSettings.KeyStore keys = settings.keyStore().get();
            String password = Files.readString(keys.passwordFile()).strip();
            security = new Security.Tls(keys.file(), password);
        }
        return EngineSettings.of(settings.node(), settings.cluster(), settings.listen(), settings.peers(), security)
                .withTimings(Timings.DEFAULT.withHungAfter(settings.hungAfter()));
    }

    /** A node whose pulse has broken, that misses messages or runs no agents, must not look like one that could do its work. */
    private static void broken(Thread thread, Throwable failure) {
        Node.end("the thread '" + thread.getName() + "' has broken", failure);
    }

    /** Heartbeats must go out on a busy host too; where that class is not allowed, the ordinary one has to do. */
    private static void preparePulse() {
        try {
            ThreadScheduling.realTime(REAL_TIME_PRIORITY);
        } catch (ErrnoException refused) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "heartbeats run in the ordinary scheduling class: {0}",
                    refused.getMessage());
        }
    }
}
