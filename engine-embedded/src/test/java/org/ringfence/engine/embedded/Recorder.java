package org.ringfence.engine.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.ringfence.controller.port.Engine.Listener;
import org.ringfence.controller.port.Engine.Silence;
import org.ringfence.model.NodeId;

/** Remembers what an engine reported, as words, and when; messages as text. */
final class Recorder implements Listener {

    /** @param nanos {@link System#nanoTime} of the report */
    record Report(String what, long nanos) {}

    private final List<Report> reports = new ArrayList<>();
    private volatile Runnable onMessage = () -> {};

    /** Runs at each message, on the engine's thread, before it is recorded. */
    void onMessage(Runnable action) {
        onMessage = action;
    }

    @Override
    public void reachable(NodeId peer) {
        record("reachable " + peer);
    }

    @Override
    public void unreachable(NodeId peer, Silence why) {
        record("unreachable " + peer + " " + why);
    }

    @Override
    public void slow(NodeId peer, boolean slow) {
        record((slow ? "slow " : "not slow ") + peer);
    }

    @Override
    public void message(NodeId peer, byte[] payload) {
        onMessage.run();
        record("message " + peer + " " + (payload.length > 100 ? payload.length + " bytes" : Bytes.text(payload)));
    }

    private void record(String what) {
        record(what, System.nanoTime());
    }

    synchronized void record(String what, long nanos) {
        reports.add(new Report(what, nanos));
        notifyAll();
    }

    /** All so far, without times. */
    synchronized List<String> all() {
        return reports.stream().map(Report::what).toList();
    }

    /** All so far that begin with {@code prefix}. */
    List<String> all(String prefix) {
        return all().stream().filter(what -> what.startsWith(prefix)).toList();
    }

    /** Waits for a report that begins with {@code prefix} at index {@code from} or later. */
    Report await(String prefix, int from, Duration atMost) {
        return await(report -> report.what().startsWith(prefix), prefix, from, atMost);
    }

    Report await(String prefix, Duration atMost) {
        return await(prefix, 0, atMost);
    }

    synchronized int size() {
        return reports.size();
    }

    private synchronized Report await(Predicate<Report> wanted, String name, int from, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            for (Report report : reports.subList(Math.min(from, reports.size()), reports.size())) {
                if (wanted.test(report)) {
                    return report;
                }
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no '" + name + "' within " + atMost + ", but " + all());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
