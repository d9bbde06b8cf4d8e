package org.ringfence.daemon.process;

import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.ringfence.linux.Descriptors;
import org.ringfence.linux.Pidfd;
import org.ringfence.linux.PollSet;

/**
 * Runs programs and watches processes, all on one thread that sleeps in {@code poll(2)} until something happens: at rest it
 * costs nothing, and an end is noticed when the kernel knows of it.
 *
 * <p>Programs are started on the caller's thread, so that a start takes no turn in a queue. Safe from any thread.
 */
public final class Processes implements AutoCloseable {
    /** The name of the mark in the environment of everything that is run here. */
    public static final String MARK = "RINGFENCE_RUN";

    private static final int READ_BYTES = 64 * 1024;
    /** Far more than can be under way at once; beyond it, a fault of this program is better seen than served. */
    private static final int TASKS = 100_000;
    /** How often a child is asked whether it has ended, on kernels without pidfd. */
    private static final int ASK_EVERY_MILLIS = 10;

    private final Unfinished unfinished;
    private final String life = UUID.randomUUID().toString();
    private final AtomicLong runs = new AtomicLong();
    private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(TASKS);
    private final int wake;
    private final Thread thread;
    /** Held for reading by whoever starts something, for writing to say that nothing is started any more. */
    private final ReadWriteLock gate = new ReentrantReadWriteLock();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(READ_BYTES);

    // Of the thread alone.
    private final PollSet set = new PollSet();
    private final List<Run> running = new ArrayList<>();
    private final Map<Integer, Runnable> watched = new LinkedHashMap<>();
    private boolean closing;

    /** Guarded by {@link #gate}. */
    private boolean closed;

    /**
     * @param unfinished where runs are recorded while they last
     * @param broken     is told when the one thread that starts, hears and ends programs has failed
     */
    public Processes(Unfinished unfinished, UncaughtExceptionHandler broken) throws IOException {
        this.unfinished = unfinished;
        wake = Descriptors.event();
        thread = Thread.ofPlatform()
                .name("processes")
                .daemon(true)
                .uncaughtExceptionHandler(broken)
                .unstarted(this::serve);
        thread.start();
    }

    /** Starts a program. One that cannot be started has {@link Ended.How#NOT_STARTED} as its end, at once. */
    public Running start(Program program) {
        String mark = MARK + "=" + life + "." + runs.incrementAndGet();
        var tree = new ProcessTree(program.group(), mark);
        gate.readLock().lock();
        try {
            return closed ? new NotStarted(tree, "this daemon ends") : start(program, tree);
        } finally {
            gate.readLock().unlock();
        }
    }

    private Running start(Program program, ProcessTree tree) {
        unfinished.begin(tree);
        try {
            Run run = Launch.of(program, tree);
            submit(() -> running.add(run));
            return new Handle(run);
        } catch (IOException e) {
            unfinished.over(tree);
            return new NotStarted(tree, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Calls back once, on the thread that serves all programs, when a process has ended that need not be a child.
     *
     * @return what ends the watch; empty when the process has ended already, or this kernel has no pidfd
     */
    public Optional<Watch> watch(int pid, Runnable whenEnded) {
        int pidfd = Pidfd.open(pid);
        if (pidfd < 0) {
            return Optional.empty();
        }
        var over = new AtomicBoolean();
        submit(() -> watched.put(pidfd, () -> {
            if (!over.get()) {
                whenEnded.run();
            }
        }));
        return Optional.of(() -> {
            over.set(true);
            submit(() -> {
                if (watched.remove(pidfd) != null) {
                    Descriptors.close(pidfd);
                }
            });
        });
    }

    /** A process that is watched. */
    @FunctionalInterface
    public interface Watch {
        /** Stops watching. A call back that is under way may still come. */
        void end();
    }

    private void submit(Runnable task) {
        tasks.add(task);
        try {
            Descriptors.raise(wake);
        } catch (IOException e) {
            throw new IllegalStateException("an event of this process cannot be raised", e);
        }
    }

    private void serve() {
        try {
            while (!closing || !running.isEmpty()) {
                awaitSomething();
                takeTasks();
                long now = System.nanoTime();
                for (Run run : running) {
                    if (run.nanosLeft(now) <= 0) {
                        end(run, Ended.How.TIMED_OUT);
                    }
                    if (run.isDue()) {
                        unfinished.over(run.tree);
                        run.complete();
                    }
                }
                running.removeIf(run -> run.isOver() && run.ended.isDone());
            }
        } catch (IOException e) {
            throw new IllegalStateException("processes cannot be waited for", e);
        } finally {
            watched.keySet().forEach(Descriptors::close);
        }
    }

    private void awaitSomething() throws IOException {
        set.clear();
        int woken = set.add(wake);
        running.forEach(run -> run.addTo(set));
        Map<Integer, Integer> positions = new LinkedHashMap<>();
        watched.keySet().forEach(pidfd -> positions.put(pidfd, set.add(pidfd)));
        set.await(patience());
        if (set.ready(woken)) {
            Descriptors.lower(wake);
        }
        running.forEach(run -> run.advance(set, buffer));
        positions.forEach((pidfd, position) -> {
            if (set.ready(position)) {
                Runnable whenEnded = watched.remove(pidfd);
                Descriptors.close(pidfd);
                if (whenEnded != null) {
                    whenEnded.run();
                }
            }
        });
    }

    private int patience() {
        long now = System.nanoTime();
        long nanos = Long.MAX_VALUE;
        for (Run run : running) {
            nanos = Math.min(nanos, run.nanosLeft(now));
            if (run.mustBeAsked()) {
                nanos = Math.min(nanos, Duration.ofMillis(ASK_EVERY_MILLIS).toNanos());
            }
        }
        if (nanos == Long.MAX_VALUE) {
            return -1;
        }
        return Math.clamp(nanos / 1_000_000 + 1, 0, Integer.MAX_VALUE);
    }

    private void takeTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Ends a run's tree, elsewhere: that takes its grace, and this thread serves others. */
    private void end(Run run, Ended.How why) {
        if (run.isOver() || run.isEnding()) {
            return;
        }
        run.beginEnding(why);
        Thread.ofVirtual().name("end " + run.pid).start(() -> {
            try {
                String how = run.tree.end(run.program().grace());
                submit(() -> run.treeIsGone(how));
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts this thread", e);
            }
        });
    }

    /** Ends every run with its tree, and waits until they are gone; nothing is started after that. Watched processes go on. */
    @Override
    public void close() {
        gate.writeLock().lock();
        try {
            closed = true;
        } finally {
            gate.writeLock().unlock();
        }
        submit(() -> {
            closing = true;
            running.forEach(run -> end(run, Ended.How.CANCELLED));
        });
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Handle implements Running {
        private final Run run;

        Handle(Run run) {
            this.run = run;
        }

        @Override
        public CompletableFuture<Ended> ended() {
            return run.ended;
        }

        @Override
        public void cancel() {
            submit(() -> end(run, Ended.How.CANCELLED));
        }

        @Override
        public ProcessTree tree() {
            return run.tree;
        }
    }

    private record NotStarted(ProcessTree tree, CompletableFuture<Ended> ended) implements Running {
        NotStarted(ProcessTree tree, String problem) {
            this(
                    tree,
                    CompletableFuture.completedFuture(
                            new Ended(Ended.How.NOT_STARTED, -1, "", "", problem, Instant.now(), Duration.ZERO)));
        }

        @Override
        public void cancel() {
            // It never ran.
        }
    }
}
