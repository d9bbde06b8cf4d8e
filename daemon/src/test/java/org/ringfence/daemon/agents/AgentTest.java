package org.ringfence.daemon.agents;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What runs agents as the daemon runs them, each test with a bench and a folder of its own. */
abstract class AgentTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    AgentBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new AgentBench(folder, true);
    }

    @AfterEach
    void close() {
        bench.close();
    }
}
