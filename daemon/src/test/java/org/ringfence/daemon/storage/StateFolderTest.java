package org.ringfence.daemon.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.port.StableStore.StoreException;

@Timeout(60)
class StateFolderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void itIsMadeForItsOwnerAlone() throws StoreException, IOException {
        Path state = folder.resolve("var/lib/ringfence");
        try (StateFolder opened = StateFolder.open(state)) {
            opened.documents().save("cib", new byte[] {1});
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
        try (StateFolder again = StateFolder.open(state)) {
            assertThat(again.documents().load("cib")).contains(new byte[] {1});
        }
    }

    @Test
    void aSecondDaemonInTheSameProcessIsRefused() throws StoreException {
        try (StateFolder _ = StateFolder.open(folder)) {
            assertThatThrownBy(() -> StateFolder.open(folder))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("another Ringfence daemon (process "
                            + ProcessHandle.current().pid() + ") uses the state folder " + folder
                            + ": stop it first, or give this one a folder of its own");
        }
    }

    @Test
    void aSecondDaemonIsRefusedUntilTheFirstHasEndedHoweverItEnds() throws Exception {
        Process first = holder();
        assertThat(first.inputReader(UTF_8).readLine()).isEqualTo("held");
        String lock = Files.readString(folder.resolve("lock"));
        for (ThrowingCallable refused :
                List.<ThrowingCallable>of(() -> StateFolder.mustBeFree(folder), () -> StateFolder.open(folder))) {
            assertThatThrownBy(refused)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(
                            "another Ringfence daemon (process " + first.pid() + ") uses the state folder");
        }
        assertThat(folder.resolve("lock")).hasContent(lock);
        first.destroyForcibly().waitFor();
        StateFolder.open(folder).close();
    }

    @Test
    void whatACrashLeftHalfDoneIsRemoved() throws Exception {
        StateFolder.open(folder).close();
        Path half = Files.writeString(folder.resolve("documents/cib.unfinished"), "ringf");
        StateFolder.open(folder).close();
        assertThat(half).doesNotExist();
    }

    @Test
    void aFileInItsPlaceIsSaidInOneLine() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> StateFolder.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessage("cannot use the state folder " + file + ": " + file + " is not a folder");
    }

    private Process holder() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** A daemon that only holds its folder. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (StateFolder _ = StateFolder.open(Path.of(arguments[0]))) {
                System.out.println("held");
                Thread.sleep(60_000);
            }
        }
    }
}
