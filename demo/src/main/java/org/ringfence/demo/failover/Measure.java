package org.ringfence.demo.failover;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.ringfence.demo.client.Attempt;
import org.ringfence.demo.client.Probe;

/** What is done to a stack and how long its service was away, in the eyes of the client. */
enum Measure {
    KILL_OTHER("node killed, not the DC") {
        @Override
        Duration once(Stack stack, Probe client, RandomGenerator random) throws IOException, InterruptedException {
            return strike(stack, client, random, false, stack::cutPower);
        }
    },
    KILL_DC("node killed, the DC") {
        @Override
        Duration once(Stack stack, Probe client, RandomGenerator random) throws IOException, InterruptedException {
            return strike(stack, client, random, true, stack::cutPower);
        }
    },
    CUT("node cut off, the DC") {
        @Override
        Duration once(Stack stack, Probe client, RandomGenerator random) throws IOException, InterruptedException {
            return strike(stack, client, random, true, stack::cutLink);
        }
    },
    KILL_SERVICE("service killed") {
        @Override
        Duration once(Stack stack, Probe client, RandomGenerator random) throws IOException, InterruptedException {
            String holder = stack.settled(SETTLING).holder();
            // Monitors every 10 s on both sides: the fault falls anywhere between two of them.
            Thread.sleep(1000 + random.nextInt(10_000));
            Instant fault = Instant.now();
            stack.killService(holder);
            Instant gone = refused(client, fault);
            Attempt back = answer(client, gone, _ -> true, "the service's return");
            return Duration.between(fault, back.ended());
        }
    },
    MOVE("planned move, outage") {
        @Override
        Duration once(Stack stack, Probe client, RandomGenerator random) throws IOException, InterruptedException {
            Stack.Situation before = stack.settled(SETTLING);
            List<String> others = stack.nodes().stream()
                    .filter(node -> !node.equals(before.holder()))
                    .toList();
            String to = others.get(random.nextInt(others.size()));
            Thread.sleep(1000 + random.nextInt(500));
            Instant asked = Instant.now();
            stack.move(to);
            Attempt there = answer(client, asked, attempt -> attempt.answer().equals(to), "the move to " + to);
            Instant last = client.since(asked.minusSeconds(1)).stream()
                    .filter(attempt -> attempt.answer().equals(before.holder()))
                    .map(Attempt::ended)
                    .reduce(asked, (earlier, later) -> later.isAfter(earlier) ? later : earlier);
            Thread.sleep(500);
            stack.forgetMove();
            return Duration.between(last, there.ended());
        }
    },
    COLD_START("cold start until the service answers") {
        @Override
        Duration once(Stack stack, Probe client, RandomGenerator random) throws IOException, InterruptedException {
            stack.settled(SETTLING);
            stack.powerOffAll();
            Thread.sleep(1000);
            Instant began = Instant.now();
            stack.startAll();
            return Duration.between(
                    began, answer(client, began, _ -> true, "the service").ended());
        }
    };

    private static final Duration SETTLING = Duration.ofMinutes(2);
    private static final Duration RECOVERING = Duration.ofMinutes(2);

    private final String title;

    Measure(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Does it once, on a cluster in which everything runs; the cluster may need a while to be so again. */
    abstract Duration once(Stack stack, Probe client, RandomGenerator random) throws IOException, InterruptedException;

    private interface Deed {
        void to(String node) throws IOException;
    }

    private static Duration strike(Stack stack, Probe client, RandomGenerator random, boolean dc, Deed deed)
            throws IOException, InterruptedException {
        Stack.Situation before = stack.settled(SETTLING);
        String victim = dc
                ? before.dc()
                : stack.nodes().stream()
                        .filter(node -> !node.equals(before.dc()))
                        .skip(random.nextInt(stack.nodes().size() - 1))
                        .findFirst()
                        .orElseThrow();
        if (!before.holder().equals(victim)) {
            Instant asked = Instant.now();
            stack.move(victim);
            answer(client, asked, attempt -> attempt.answer().equals(victim), "the move to " + victim);
            Thread.sleep(300);
            stack.forgetMove();
            stack.settled(SETTLING);
        }
        Thread.sleep(1000 + random.nextInt(1000));
        Instant fault = Instant.now();
        deed.to(victim);
        Attempt back = answer(
                client, fault, attempt -> !attempt.answer().equals(victim), "an answer by another than " + victim);
        Thread.sleep(1000);
        stack.comeBack(victim);
        return Duration.between(fault, back.ended());
    }

    private static Attempt answer(Probe client, Instant from, Predicate<Attempt> wanted, String what)
            throws IOException, InterruptedException {
        return client.await(from, wanted, RECOVERING)
                .orElseThrow(() -> new IOException(what + ": not within " + RECOVERING.toSeconds() + " s"));
    }

    /** When the first attempt after the fault that failed began; the fault when none failed, so fast was the return. */
    private static Instant refused(Probe client, Instant fault) throws InterruptedException {
        for (Instant end = fault.plusSeconds(2); Instant.now().isBefore(end); Thread.sleep(5)) {
            Optional<Attempt> refused = client.since(fault).stream()
                    .filter(attempt -> !attempt.answered())
                    .findFirst();
            if (refused.isPresent()) {
                return refused.get().began();
            }
        }
        return fault;
    }
}
