package org.ringfence.demo.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.history.HistoryKind;
import org.ringfence.demo.cluster.ClusterNode;

/**
 * A machine that is busy and nodes that hesitate, but nobody is gone: not one node may be taken for lost. Sixteen processes
 * compute without end, each in a session of its own so that the kernel gives it a fair share against the daemons; every few
 * seconds a daemon is stopped for half a second.
 */
final class FalseAlarm {
    private static final int BUSY = 16;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private FalseAlarm() {}

    /** How much of its log is shown of a node that does not answer. */
    private static final int LAST_LINES = 20;

    /**
     * What came of it.
     *
     * @param alarms what the nodes have on record that should not have happened, a line each
     */
    record Outcome(Duration lasted, int pauses, List<String> alarms) {}

    static Outcome watch(RingfenceStack stack, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        Instant began = Instant.now();
        List<Process> busy = new ArrayList<>();
        int pauses = 0;
        try {
            for (int count = 0; count < BUSY; count++) {
                busy.add(new ProcessBuilder("setsid", "sh", "-c", "while :; do :; done").start());
            }
            List<ClusterNode> nodes = stack.cluster().nodes();
            while (Instant.now().isBefore(began.plus(length))) {
                Thread.sleep(3000 + random.nextInt(4000));
                ClusterNode node = nodes.get(random.nextInt(nodes.size()));
                node.pauseDaemon();
                Thread.sleep(PAUSE);
                node.resumeDaemon();
                pauses++;
            }
            Thread.sleep(5000);
        } finally {
            busy.forEach(Process::destroyForcibly);
        }
        List<String> alarms = new ArrayList<>();
        for (ClusterNode node : stack.cluster().nodes()) {
            alarms.addAll(alarms(node, began));
        }
        return new Outcome(Duration.between(began, Instant.now()), pauses, alarms);
    }

    /** A node that is not there any more cannot say why; the others can. */
    private static List<String> alarms(ClusterNode node, Instant since) throws IOException {
        try {
            return node.history(since).stream()
                    .filter(entry -> isAlarm(entry.kind()))
                    .map(entry -> entry.at() + " " + entry.node() + " " + entry.kind() + " " + entry.subject() + ": "
                            + entry.text())
                    .toList();
        } catch (DaemonUnavailableException gone) {
            List<String> lines = Files.readAllLines(node.log());
            List<String> told = new ArrayList<>(List.of(node + " does not answer: " + gone.getMessage()));
            told.addAll(lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
            return told;
        }
    }

    private static boolean isAlarm(HistoryKind kind) {
        return switch (kind) {
            case NODE_LOST, NODE_LEFT, QUORUM_LOST, FENCE_ASKED, FENCE_BEGUN, RESOURCE_FAILED -> true;
            case DAEMON_STARTED,
                    DAEMON_STOPPED,
                    NODE_SLOW,
                    NODE_PROMPT,
                    NODE_REACHABLE,
                    NODE_JOINED,
                    VIEW_AGREED,
                    QUORUM_GAINED,
                    DC_ELECTED,
                    FENCE_CONFIRMED,
                    FENCE_FAILED,
                    FENCE_PROVEN,
                    TRANSITION_COMPUTED,
                    TRANSITION_COMPLETE,
                    TRANSITION_ABORTED,
                    ACTION_BEGUN,
                    ACTION_ENDED,
                    CONFIGURATION_CHANGED,
                    ASKED,
                    ATTRIBUTE_CHANGED,
                    INTERLOCK_ENGAGED,
                    INTERLOCK_RELEASED,
                    PROBLEM,
                    OTHER -> false;
        };
    }
}
