package org.ringfence.daemon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.port.StableStore;
import org.ringfence.controller.port.StableStore.StoreException;

/** A file system that is really full; making one takes root. */
class FullDiskTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        assumeTrue(
                "root".equals(System.getProperty("user.name"))
                        && run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", folder.toString()) == 0,
                "mounting a small file system takes root and leave to mount");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", folder.toString());
    }

    @Test
    void aFullDiskRefusesAndKeepsWhatThereWas() throws StoreException {
        try (StateFolder state = StateFolder.open(folder.resolve("state"))) {
            StableStore store = state.documents();
            byte[] former = new byte[40_000];
            store.save("cib", former);
            assertThatThrownBy(() -> store.save("cib", new byte[200_000]))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("cannot save " + folder.resolve("state/documents/cib")
                            + ": No space left on device; what was there before still is");
            assertThat(store.load("cib")).contains(former);
            store.save("cib", new byte[41_000]);
            assertThat(store.load("cib")).contains(new byte[41_000]);
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
