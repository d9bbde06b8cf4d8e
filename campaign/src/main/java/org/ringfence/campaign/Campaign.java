package org.ringfence.campaign;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.ringfence.api.ExitStatus;
import org.ringfence.simulator.Outcome;
import org.ringfence.simulator.Shrinking;
import org.ringfence.simulator.Simulation;
import org.ringfence.simulator.plant.Plant;

/** {@code ringfence sim}: runs seeds on every core, each seed on one thread, until all are done or one violates an invariant. */
public final class Campaign {
    private static final Duration PROGRESS = Duration.ofSeconds(10);

    private final CampaignOptions options;
    private final PrintStream out;
    private final Tally tally = new Tally();
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
    private final long began = System.nanoTime();
    private long reported = began;
    private volatile boolean failed;

    private Campaign(CampaignOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** @return not done when an invariant was violated */
    public static ExitStatus run(CampaignOptions options, PrintStream out) {
        return new Campaign(options, out).run();
    }

    /** Prints what can be planted, a line each. */
    public static ExitStatus listPlants(PrintStream out) {
        for (Plant plant : Plant.values()) {
            out.printf("%-24s %-34s %s%n", plant.label(), plant.invariant(), plant.description());
        }
        return ExitStatus.DONE;
    }

    private ExitStatus run() {
        List<Thread> threads = new ArrayList<>();
        int count = Math.min(Runtime.getRuntime().availableProcessors(), options.seeds());
        for (int number = 1; number <= count; number++) {
            threads.add(Thread.ofPlatform().name("seeds-" + number).start(this::runSeeds));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            failed = true;
            Thread.currentThread().interrupt();
            return ExitStatus.NOT_DONE;
        }
        if (!broken.isEmpty()) {
            throw new IllegalStateException("a simulation broke off", broken.peek());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        tally.first().ifPresent(outcome -> {
            Outcome shortest = Shrinking.shrink(options.setup(outcome.seed()), outcome);
            out.print(options.json() ? "" : Story.of(options, outcome, shortest));
        });
        out.println(options.json() ? Report.json(options, tally, took) : Report.text(tally, took));
        return tally.violations() == 0 ? ExitStatus.DONE : ExitStatus.NOT_DONE;
    }

    private void runSeeds() {
        try {
            for (int number = next.getAndIncrement();
                    number < options.seeds() && !failed;
                    number = next.getAndIncrement()) {
                done(Simulation.run(options.setup(options.from() + number)));
            }
        } catch (RuntimeException | Error fault) {
            // Whatever is wrong with the simulator itself ends the campaign; the thread that waits says so.
            broken.add(fault);
            failed = true;
        }
    }

    private synchronized void done(Outcome outcome) {
        tally.add(outcome);
        failed |= outcome.violation().isPresent();
        long now = System.nanoTime();
        if (!options.json() && now - reported > PROGRESS.toNanos()) {
            reported = now;
            out.printf("%d of %d seeds%n", tally.runs(), options.seeds());
            out.flush();
        }
    }
}
