package org.ringfence.demo.failover;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code bench/failover/run} was asked for.
 *
 * @param runs       of every fault, for each stack
 * @param peer       the peer's laboratory
 * @param results    the folder to write to
 * @param only       names of {@link Measure}s, and {@code REST} for memory and processor; empty for all
 * @param rest       how long the processor's use at rest is watched
 * @param falseAlarm when positive, only this is done: see {@link FalseAlarm}
 */
record BenchOptions(
        int runs,
        Optional<Path> peer,
        Path results,
        Set<String> only,
        boolean ours,
        Duration rest,
        Duration falseAlarm) {

    static final String USAGE = """
        bench/failover/run [--runs N] [--peer FOLDER] [--results FOLDER] [--only NAME,...] [--peer-only] [--rest SECONDS]
        bench/failover/run --no-false-alarm MINUTES
          --runs N               how often every fault is done to each stack (5)
          --peer FOLDER          where the peer's laboratory is (RINGFENCE_PEER_LAB); without one the peer is left out
          --results FOLDER       where the table and the figures are written (bench/failover/results)
          --only NAME,...        KILL_OTHER KILL_DC CUT KILL_SERVICE MOVE COLD_START TWO_NODES REST
          --rest SECONDS         how long processor use at rest is watched (60)
          --no-false-alarm M     a busy machine and daemons that are paused, for M minutes: nobody may be suspected
        Example, beside the peer, in some ten minutes:
          bench/failover/run --runs 3 --peer FOLDER
        """;

    /** @throws IllegalArgumentException with one line when they cannot be used */
    static BenchOptions parse(List<String> arguments, Optional<String> peerFromEnvironment) {
        int runs = 5;
        Optional<Path> peer = peerFromEnvironment.map(Path::of);
        Path results = Path.of("bench/failover/results");
        Set<String> only = new TreeSet<>();
        boolean ours = true;
        Duration rest = Duration.ofSeconds(60);
        Duration falseAlarm = Duration.ZERO;
        var words = arguments.iterator();
        while (words.hasNext()) {
            String option = words.next();
            if (option.equals("--peer-only")) {
                ours = false;
                continue;
            }
            if (!words.hasNext()) {
                throw new IllegalArgumentException(option + " is not understood, or needs a value");
            }
            String value = words.next();
            switch (option) {
                case "--runs" -> runs = Integer.parseInt(value);
                case "--peer" -> peer = Optional.of(Path.of(value));
                case "--results" -> results = Path.of(value);
                case "--only" -> only.addAll(List.of(value.split(",")));
                case "--rest" -> rest = Duration.ofSeconds(Long.parseLong(value));
                case "--no-false-alarm" -> falseAlarm = Duration.ofSeconds(Math.round(Double.parseDouble(value) * 60));
                default -> throw new IllegalArgumentException(option + " is not understood");
            }
        }
        return new BenchOptions(runs, peer, results, only, ours, rest, falseAlarm);
    }

    boolean wants(String name) {
        return only.isEmpty() || only.contains(name);
    }
}
