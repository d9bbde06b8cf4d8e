package org.ringfence.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ringfence.controller.Settings;
import org.ringfence.controller.port.Engine.EngineException;
import org.ringfence.controller.port.StableStore.StoreException;
import org.ringfence.daemon.agents.AgentSettings;
import org.ringfence.daemon.agents.AnnouncingAgents;
import org.ringfence.daemon.agents.LocalResourceAgents;
import org.ringfence.daemon.local.Limits;
import org.ringfence.daemon.local.LocalServer;
import org.ringfence.daemon.node.Node;
import org.ringfence.daemon.process.Processes;
import org.ringfence.daemon.process.Unfinished;
import org.ringfence.daemon.settings.NodeSettings;
import org.ringfence.daemon.settings.SettingsFile;
import org.ringfence.daemon.status.Handler;
import org.ringfence.daemon.storage.StateFolder;
import org.ringfence.engine.embedded.EmbeddedEngine;
import org.ringfence.engine.embedded.EngineSettings;
import org.ringfence.engine.embedded.Security;
import org.ringfence.engine.embedded.Timings;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.ThreadScheduling;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.network.address.Announcer;

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
            throws UnusableInputException, EngineException, StoreException, IOException, InterruptedException {
        var engine = new EmbeddedEngine(engineSettings(settings), Main::raisePriority);
        // What can be refused is refused before anything is written.
        StateFolder.mustBeFree(settings.state());
        engine.mustBeAbleToStart();
        var stop = new CountDownLatch(1);
        AgentSettings agentSettings = agentSettings(settings);
        try (StateFolder folder = StateFolder.open(settings.state());
                var processes = new Processes(afterLeftovers(folder));
                var agents = new LocalResourceAgents(agentSettings, processes)) {
            var cluster = new Settings(
                    settings.cluster(),
                    settings.node(),
                    List.copyOf(settings.peers().keySet()),
                    settings.startupGrace());
            var announcing = new AnnouncingAgents(agents, new Announcer()::announce);
            var node = new Node(cluster, engine, announcing, agents.fenceAgents(), folder);
            var handler = new Handler(node, agents.catalog()::exists, stop::countDown);
            node.start();
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
                .withFirst(settings.agents(), settings.fenceAgents());
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

    /** Heartbeats must go out on a busy host too. Where it is not allowed, the ordinary class has to do. */
    private static void raisePriority() {
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
