package org.ringfence.daemon.node;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ringfence.controller.Controller;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Document;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Now;
import org.ringfence.controller.Settings;
import org.ringfence.controller.Step;
import org.ringfence.controller.Timer;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.port.Engine;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.controller.port.StableStore.StoreException;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Caller;
import org.ringfence.controller.request.Request;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.daemon.codec.CodecException;
import org.ringfence.daemon.codec.MessageCodec;
import org.ringfence.daemon.guard.GuardLink;
import org.ringfence.daemon.history.HistoryFile;
import org.ringfence.daemon.storage.ConfigurationArchive;
import org.ringfence.daemon.storage.StateFolder;
import org.ringfence.guard.note.Note;
import org.ringfence.model.NodeId;

/**
 * The loop: one thread takes one event after the other, has the controller decide, and carries out what it wants. Nothing
 * in it waits for a disk, a network or an agent; those answer with events.
 *
 * <p>A failure of the loop itself ends the process at once: a node that no longer decides must not go on as if it did, and
 * its peers fence it.
 */
public final class Node {
    private static final System.Logger LOG = System.getLogger("ringfence.node");
    private static final int EVENTS_MAX = 200_000;
    private static final int MESSAGE_BYTES = 16 << 20;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int BROKEN = 70;
    private static final Duration GUARD_LOOK = Duration.ofMillis(200);

    private final Settings settings;
    private final Engine engine;
    private final ResourceAgents agents;
    private final FenceAgents fenceAgents;
    private final Optional<GuardLink> guard;
    private final SideChannel side;
    private final Store store;
    private final MessageCodec<Message> codec = new MessageCodec<>(Message.class, MESSAGE_BYTES);
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(EVENTS_MAX);
    private final Timers timers = new Timers();
    private final Timeline timeline;
    private final Map<Long, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();
    /** Begins elsewhere in each life of the daemon, as an answer may come that was meant for a former one. */
    private final AtomicLong nextRequest =
            new AtomicLong(1 + (ThreadLocalRandom.current().nextLong() >>> 2));

    private final CountDownLatch left = new CountDownLatch(1);
    private volatile String configuration = "";

    /**
     * @param history where what happens is kept
     * @param guard   empty when this node is to have none
     */
    public Node(
            Settings settings,
            Engine engine,
            ResourceAgents agents,
            FenceAgents fenceAgents,
            StateFolder folder,
            HistoryFile history,
            Optional<GuardLink> guard,
            SideChannel side) {
        this.settings = settings;
        this.engine = engine;
        this.agents = agents;
        this.fenceAgents = fenceAgents;
        this.guard = guard;
        this.timeline = new Timeline(settings.self(), history);
        this.side = side;
        this.store = new Store(folder, this::happened);
    }

    /** @throws StoreException when this node cannot know what it has promised */
    public void start() throws StoreException, Engine.EngineException {
        Event.Started started = store.load();
        started.configuration().ifPresent(kept -> configuration = kept.text());
        agents.whenProcessesEnd(resource -> happened(new Event.ProcessesEnded(resource)));
        happened(started);
        guard.ifPresent(this::follow);
        engine.start(new FromEngine());
        // Last, so that a node that cannot be reached has promised nothing.
        Thread.ofPlatform().name("controller").start(this::run);
    }

    /** Tells the controller what the guard can promise, and what it did before this host's boot. */
    private void follow(GuardLink link) {
        link.lastReset().filter(_ -> link.resetIsNew()).ifPresent(this::tell);
        Optional<GuardPromise> first = link.promise();
        happened(new Event.GuardReported(first, link.boundBefore()));
        Thread.ofVirtual().name("guard").start(() -> {
            Optional<GuardPromise> last = first;
            try {
                while (true) {
                    Thread.sleep(GUARD_LOOK);
                    Optional<GuardPromise> now = link.promise();
                    if (!now.equals(last)) {
                        last = now;
                        happened(new Event.GuardReported(now, false));
                    }
                }
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void tell(Note note) {
        var details = new LinkedHashMap<String, String>();
        details.put("how", note.how());
        details.put("seen", note.seen());
        timeline.add(
                new HistoryEntry(
                        note.at(),
                        settings.self(),
                        HistoryEntry.Kind.PROBLEM,
                        settings.self().name(),
                        "the guard ended this host (" + note.how() + "): " + note.why(),
                        details),
                Instant.now());
    }

    public Optional<GuardLink> guard() {
        return guard;
    }

    public Timeline timeline() {
        return timeline;
    }

    public Settings settings() {
        return settings;
    }

    /** The text of the configuration that this node has, or is about to have, on its disk; empty before the first. */
    public String configuration() {
        return configuration;
    }

    /** Puts something that is wrong into this node's history. */
    public void problem(String subject, String text) {
        Instant now = Instant.now();
        timeline.add(
                new HistoryEntry(now, settings.self(), HistoryEntry.Kind.PROBLEM, subject, text, new LinkedHashMap<>()),
                now);
    }

    /** A question to the history of configurations. */
    @FunctionalInterface
    public interface Lookup<T> {
        T in(ConfigurationArchive archive) throws StoreException;
    }

    /** Looks something up in this node's history of configurations; the answer comes from the disk's thread. */
    public <T> Future<T> lookUp(Lookup<T> lookup) {
        return store.lookUp(lookup);
    }

    /** Asks something of the cluster through this node; the answer comes from the loop's thread. */
    public CompletableFuture<Answer> ask(Caller who, Request request) {
        long number = nextRequest.getAndIncrement();
        var answer = new CompletableFuture<Answer>();
        asked.put(number, answer);
        happened(new Event.Requested(number, who, request));
        return answer.whenComplete((done, failed) -> asked.remove(number));
    }

    /** Stops this node's resources and leaves; false when it takes longer than {@code atMost}. */
    public boolean leave(Duration atMost) throws InterruptedException {
        happened(new Event.LeaveRequested());
        return left.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    public void close() throws InterruptedException {
        engine.close(left.getCount() == 0);
        store.close();
    }

    private void happened(Event event) {
        if (!events.offer(event)) {
            end("more than " + EVENTS_MAX + " events wait to be handled", null);
        }
    }

    private void run() {
        try {
            var state = ControllerState.initial(settings);
            while (true) {
                long now = System.nanoTime();
                Optional<Timer> due = timers.due(now);
                Event event = due.isPresent()
                        ? new Event.TimerFired(due.get())
                        : events.poll(Math.max(0, timers.untilNext(now, IDLE_NANOS)), TimeUnit.NANOSECONDS);
                if (event != null) {
                    Step<ControllerState> step = Controller.step(state, now(), event);
                    state = step.state();
                    step.effects().forEach(this::carryOut);
                }
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
            end("the controller's thread was interrupted", nobodyDoes);
        } catch (RuntimeException | Error broken) {
            end("the controller broke an invariant of its own", broken);
        }
    }

    /** Two nodes that draw a delay must not draw the same: each seeds its source by itself. */
    private static Now now() {
        return new Now(
                Instant.now(), System.nanoTime(), ThreadLocalRandom.current().nextLong());
    }

    /** At once and without a word to anybody else: what this process holds in its memory cannot be relied on any more. */
    public static void end(String why, @org.jspecify.annotations.Nullable Throwable cause) {
        LOG.log(System.Logger.Level.ERROR, why + "; this node ends and is fenced", cause);
        Runtime.getRuntime().halt(BROKEN);
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Send send -> send(send);
            case Effect.Save save -> {
                if (save.document() instanceof Document.Configuration changed) {
                    configuration = changed.configuration().text();
                }
                store.save(save.document());
            }
            case Effect.StartTimer start -> timers.start(start.timer(), start.after(), System.nanoTime());
            case Effect.StopTimer stop -> timers.stop(stop.timer());
            case Effect.RunAgent run ->
                agents.execute(run.request(), result -> happened(new Event.AgentFinished(result)));
            case Effect.CancelAgent cancel -> agents.cancel(cancel.token());
            case Effect.Beat beat -> guard.ifPresent(link -> link.beat(beat.bound(), beat.lease()));
            case Effect.StopSelf stop -> {
                LOG.log(System.Logger.Level.ERROR, "asks the guard to end this host: {0}", stop.why());
                guard.ifPresent(GuardLink::stop);
            }
            case Effect.RunFenceAgent run ->
                fenceAgents.execute(run.request(), result -> happened(new Event.FenceAgentFinished(result)));
            case Effect.Reply reply -> {
                CompletableFuture<Answer> waiting = asked.get(reply.request());
                if (waiting != null) {
                    waiting.complete(reply.answer());
                }
            }
            case Effect.Tell tell -> timeline.add(tell.entry(), Instant.now());
            case Effect.Installed installed -> {}
            case Effect.Left gone -> left.countDown();
            case Effect.Within within -> throw new IllegalStateException("not for the driver: " + within);
        }
    }

    private void send(Effect.Send send) {
        try {
            engine.send(send.to(), codec.encode(send.message()));
        } catch (CodecException tooLong) {
            LOG.log(System.Logger.Level.ERROR, "not sent to {0}: {1}", send.to(), tooLong.getMessage());
        }
    }

    /** What the engine reports becomes events. */
    private final class FromEngine implements Engine.Listener {
        @Override
        public void reachable(NodeId peer) {
            happened(new Event.PeerReachable(peer));
            side.reachable(peer);
        }

        @Override
        public void unreachable(NodeId peer, Engine.Silence why) {
            happened(new Event.PeerUnreachable(peer, why));
            side.unreachable(peer, why);
        }

        @Override
        public void slow(NodeId peer, boolean slow) {
            happened(new Event.PeerSlow(peer, slow));
        }

        @Override
        public void message(NodeId peer, byte[] payload) {
            if (side.message(peer, payload)) {
                return;
            }
            try {
                happened(new Event.Received(peer, codec.decode(payload)));
            } catch (CodecException malformed) {
                LOG.log(System.Logger.Level.WARNING, "a message of {0} is dropped: {1}", peer, malformed.getMessage());
            }
        }
    }
}
