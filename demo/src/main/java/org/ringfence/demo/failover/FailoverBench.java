package org.ringfence.demo.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ringfence.demo.client.Probe;
import org.ringfence.demo.host.Hosts;

/** {@code bench/failover/run}: each stack in turn, the same faults, the same client, one table. */
final class FailoverBench {
    private static final String TWO_NODES = "two nodes, node killed";
    private static final Duration ASKING = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final BenchOptions options;
    private final Results results = new Results();
    private final List<String> notes = new ArrayList<>();
    private final RandomGenerator random = new SplittableRandom(20260101);

    private FailoverBench(BenchOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.print(BenchOptions.USAGE);
            return;
        }
        BenchOptions options;
        try {
            options = BenchOptions.parse(List.of(arguments), Optional.ofNullable(System.getenv("RINGFENCE_PEER_LAB")));
        } catch (IllegalArgumentException unusable) {
            System.err.println("bench/failover/run: " + unusable.getMessage() + "\n" + BenchOptions.USAGE);
            System.exit(2);
            return;
        }
        Optional<String> whyNot = Hosts.whyNotOwn();
        if (whyNot.isPresent()) {
            System.err.println("bench/failover/run: needs hosts of their own: " + whyNot.get());
            System.exit(2);
        }
        System.exit(new FailoverBench(options).run());
    }

    private int run() throws Exception {
        if (options.falseAlarm().isPositive()) {
            return noFalseAlarm();
        }
        declare();
        Optional<String> noPeer = PeerStack.whyNot(options.peer());
        noPeer.ifPresent(why -> note("The peer was left out: " + why + "."));
        for (int nodes : List.of(3, 2)) {
            if (options.ours()) {
                measure(nodes, () -> RingfenceStack.start(nodes));
            }
            if (noPeer.isEmpty()) {
                measure(nodes, () -> PeerStack.start(options.peer().orElseThrow(), nodes));
            }
        }
        write();
        return 0;
    }

    private void declare() {
        for (Measure measure : Measure.values()) {
            results.declare(
                    measure.title(),
                    "s",
                    switch (measure) {
                        case KILL_OTHER, CUT -> "ratio 0.25";
                        case KILL_DC -> "ratio 0.25, no slower than another node";
                        case KILL_SERVICE, MOVE -> "0.3 s";
                        case COLD_START -> "5 s";
                    });
        }
        results.declare(TWO_NODES, "s", "ratio 0.25");
        results.declare("resident memory per node", "MiB", "150 MiB");
        results.declare("the same, shared pages counted once", "MiB", "");
        results.declare("processor at rest per node, of one core", "%", "1 %");
    }

    private interface Start {
        Stack stack() throws IOException;
    }

    private void measure(int nodes, Start start) throws InterruptedException {
        boolean wanted = nodes == 2 ? options.wants("TWO_NODES") : wantsThree();
        if (!wanted) {
            return;
        }
        try (Stack stack = start.stack()) {
            say(stack.name() + ", " + nodes + " nodes");
            try (Probe client = new Probe(stack.client(), List.of(stack.service()), ASKING, PATIENCE)) {
                if (nodes == 2) {
                    repeat(stack, client, Measure.KILL_OTHER, TWO_NODES);
                    return;
                }
                if (options.wants("REST")) {
                    rest(stack);
                }
                for (Measure measure : Measure.values()) {
                    if (options.wants(measure.name())) {
                        repeat(stack, client, measure, measure.title());
                    }
                }
            }
        } catch (IOException failure) {
            note("A measurement with " + nodes + " nodes ended early: " + failure.getMessage());
        }
    }

    private boolean wantsThree() {
        return options.wants("REST")
                || List.of(Measure.values()).stream().anyMatch(measure -> options.wants(measure.name()));
    }

    private void repeat(Stack stack, Probe client, Measure measure, String title) throws InterruptedException {
        for (int run = 1; run <= options.runs(); run++) {
            try {
                Duration away = measure.once(stack, client, random);
                results.add(title, stack.name(), away.toMillis() / 1000.0);
                say("  %s, %d of %d: %d ms".formatted(title, run, options.runs(), away.toMillis()));
            } catch (IOException failure) {
                note(stack.name() + ", " + title + ", run " + run + " failed: " + failure.getMessage());
                return;
            }
        }
    }

    private void rest(Stack stack) throws IOException, InterruptedException {
        stack.settled(Duration.ofMinutes(2));
        Thread.sleep(Duration.ofSeconds(10));
        List<Double> before = new ArrayList<>();
        for (String node : stack.nodes()) {
            before.add(Usage.processorSeconds(stack.processes(node)));
        }
        Instant began = Instant.now();
        Thread.sleep(options.rest());
        double seconds = Duration.between(began, Instant.now()).toMillis() / 1000.0;
        for (int index = 0; index < stack.nodes().size(); index++) {
            String node = stack.nodes().get(index);
            double used = Usage.processorSeconds(stack.processes(node)) - before.get(index);
            results.add("processor at rest per node, of one core", stack.name(), used / seconds * 100);
            Usage.Memory memory = Usage.memory(stack.daemons(node));
            results.add("resident memory per node", stack.name(), memory.resident());
            results.add("the same, shared pages counted once", stack.name(), memory.proportional());
        }
        say("  at rest: memory and processor taken");
    }

    private int noFalseAlarm() throws Exception {
        try (RingfenceStack stack = RingfenceStack.start(3)) {
            say("Sixteen busy processes, a daemon paused for 500 ms now and then, for "
                    + options.falseAlarm().toSeconds() + " s");
            FalseAlarm.Outcome outcome = FalseAlarm.watch(stack, options.falseAlarm(), random);
            say("%d pauses in %d s on %d processors: %s"
                    .formatted(
                            outcome.pauses(),
                            outcome.lasted().toSeconds(),
                            Runtime.getRuntime().availableProcessors(),
                            outcome.alarms().isEmpty()
                                    ? "not one node suspected"
                                    : outcome.alarms().size() + " false alarms"));
            outcome.alarms().forEach(FailoverBench::say);
            return outcome.alarms().isEmpty() ? 0 : 1;
        }
    }

    private void write() throws IOException {
        String name = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        Files.createDirectories(options.results());
        Path table = options.results().resolve(name + ".md");
        var text = new StringBuilder("# Fail-over, " + name + "\n\n");
        text.append(
                "%d processors, Linux %s, Java %s. Medians; downtime is from the fault to the client's first answer,%n"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                System.getProperty("os.version"),
                                Runtime.version()));
        text.append(
                "which asks every 10 ms. Default settings and monitors every 10 s on both sides, state in memory.\n\n");
        text.append(results.markdown());
        notes.forEach(line -> text.append("\n").append(line).append("\n"));
        Files.writeString(table, text);
        Files.writeString(options.results().resolve(name + ".json"), results.json());
        say("\n" + text + "\nwritten to " + table);
    }

    private void note(String line) {
        notes.add(line);
        say(line);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
