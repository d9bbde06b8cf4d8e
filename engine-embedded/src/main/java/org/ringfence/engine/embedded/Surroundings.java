package org.ringfence.engine.embedded;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ringfence.engine.embedded.detector.Patience;

/**
 * What a peer's machine needs of its engine.
 *
 * @param key         this node's {@link HeartbeatCodec#key}
 * @param incarnation this process; never 0
 * @param random      unpredictable, for the numbers of associations
 * @param onPulse     carries out a task on the pulse's thread, soon
 */
record Surroundings(
        EngineSettings settings,
        Patience patience,
        long key,
        long incarnation,
        RandomGenerator random,
        Inbox inbox,
        ClusterServer server,
        HeartbeatSocket heartbeats,
        Journal journal,
        Consumer<PulseTask> onPulse) {}
