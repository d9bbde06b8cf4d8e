package org.ringfence.daemon.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringfence.controller.port.StableStore.StoreException;

class FileStoreTest {
    private static final byte[] OLD = "<cib epoch='1'/>\n\0binary".getBytes(UTF_8);
    private static final byte[] NEW = "<cib epoch='2'/>".repeat(1000).getBytes(UTF_8);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FileStore store;

    @BeforeEach
    void open() {
        store = new FileStore(folder, new HostDisk());
    }

    @Test
    void whatWasSavedIsReadBackAndWhatWasNotIsEmpty() throws StoreException {
        assertThat(store.load("cib")).isEmpty();
        store.save("cib", OLD);
        assertThat(store.load("cib")).contains(OLD);
        store.save("cib", NEW);
        assertThat(store.load("cib")).contains(NEW);
        store.save("empty", new byte[0]);
        assertThat(store.load("empty")).contains(new byte[0]);
        assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
    }

    @Test
    void onlyTheOwnerMayReadADocument() throws StoreException, IOException {
        store.save("cib", OLD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("cib"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theHeaderIsWhatTheDocumentationSays() throws StoreException, IOException {
        store.save("x", "hello\n".getBytes(UTF_8));
        assertThat(folder.resolve("x")).hasContent("""
            ringfence-document 1 6 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03
            hello
            """);
    }

    @Test
    void everySingleFlippedByteIsNoticed() throws StoreException, IOException {
        store.save("x", OLD);
        byte[] sealed = Files.readAllBytes(folder.resolve("x"));
        for (int index = 0; index < sealed.length; index++) {
            byte[] flipped = sealed.clone();
            flipped[index] ^= 1;
            Files.write(folder.resolve("x"), flipped);
            assertThatThrownBy(() -> store.load("x"))
                    .as("byte %s", index)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is damaged");
        }
    }

    @Test
    void everyCutIsNoticed() throws StoreException, IOException {
        store.save("x", OLD);
        byte[] sealed = Files.readAllBytes(folder.resolve("x"));
        for (int length = 0; length < sealed.length; length++) {
            Files.write(folder.resolve("x"), Arrays.copyOf(sealed, length));
            assertThatThrownBy(() -> store.load("x")).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void aDamagedDocumentIsSetAsideAndMissedUntilSomebodyDecides() throws StoreException, IOException {
        Files.writeString(folder.resolve("cib"), "<cib/>");
        assertThatThrownBy(() -> store.load("cib"))
                .hasMessage(folder.resolve("cib")
                        + " is damaged: it does not begin as a document of Ringfence does; it was renamed to"
                        + " cib.damaged-1 to be looked at");
        assertThatThrownBy(() -> store.load("cib"))
                .hasMessageContaining("is set aside as cib.damaged-1")
                .hasMessageContaining("to go on without it, remove that");
        assertThat(folder.resolve("cib.damaged-1")).hasContent("<cib/>");
        Files.writeString(folder.resolve("cib"), "again");
        assertThatThrownBy(() -> store.load("cib")).hasMessageContaining("cib.damaged-2");
        store.save("cib", NEW);
        assertThat(store.load("cib")).contains(NEW);
        assertThat(store.load("cib-2")).as("another document").isEmpty();
    }

    @Test
    void aDocumentOfALaterFormatIsNotMistakenForOurs() throws IOException {
        Files.writeString(folder.resolve("cib"), "ringfence-document 2 0 x\n");
        assertThatThrownBy(() -> store.load("cib")).hasMessageContaining("in version 2 of the format");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFullDiskLeavesTheFormerDocument(int step) throws StoreException {
        var disk = new FailingDisk();
        var failing = new FileStore(folder, disk);
        failing.save("cib", OLD);
        disk.failAt(step);
        assertThatThrownBy(() -> failing.save("cib", NEW))
                .isInstanceOf(StoreException.class)
                .hasMessage("cannot save " + folder.resolve("cib")
                        + ": No space left on device; what was there before still is");
        assertThat(failing.load("cib")).contains(OLD);
        assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
        disk.failAt(Integer.MAX_VALUE);
        failing.save("cib", NEW);
        assertThat(failing.load("cib")).contains(NEW);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aCrashAtAnyStepLeavesTheOldDocumentOrTheNewWhole(int step) throws StoreException {
        var disk = new FailingDisk();
        var crashing = new FileStore(folder, disk);
        crashing.save("cib", OLD);
        disk.stopAt(step);
        assertThatThrownBy(() -> crashing.save("cib", NEW)).isInstanceOf(StoreException.class);
        var reopened = new FileStore(folder, new HostDisk());
        reopened.tidy();
        assertThat(reopened.load("cib")).contains(step < 2 ? OLD : NEW);
        assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
    }

    @Test
    void savingForcesTheFolderAfterTheRename() throws StoreException {
        var disk = new FailingDisk();
        new FileStore(folder, disk).save("cib", NEW);
        assertThat(disk.steps()).containsExactly("write", "rename", "forceFolder");
    }

    @Test
    void aFolderThatCannotBeForcedIsReported() {
        var disk = new FailingDisk();
        disk.failAt(2);
        assertThatThrownBy(() -> new FileStore(folder, disk).save("cib", NEW))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a crash may bring back the former cib");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", ".x", "x.unfinished", "x.damaged-1", "a\nb"})
    void aNameThatCouldBeAnotherFilesIsOurOwnMistake(String name) {
        assertThatThrownBy(() -> store.save(name, OLD)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.load(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDocumentThatCannotBeReadIsNotTakenForMissing() throws IOException {
        Files.createDirectory(folder.resolve("cib"));
        assertThatThrownBy(() -> store.load("cib"))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("cannot read " + folder.resolve("cib") + ": ");
    }
}
