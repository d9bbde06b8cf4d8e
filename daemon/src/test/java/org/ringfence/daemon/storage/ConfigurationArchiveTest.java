package org.ringfence.daemon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.port.StableStore.StoreException;
import org.ringfence.daemon.storage.ConfigurationArchive.Entry;
import org.ringfence.model.cib.CibVersion;

class ConfigurationArchiveTest {
    private static final Instant WHEN = Instant.parse("2026-11-23T07:00:00.123456Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private StateFolder state;

    @BeforeEach
    void open() throws StoreException {
        state = StateFolder.open(folder);
    }

    @AfterEach
    void close() throws StoreException {
        state.close();
    }

    @Test
    void itKeepsWhoWhenAndWhyWithTheText() throws StoreException {
        Entry first = add(1);
        var second = state.configurations().add(new CibVersion(0, 2, 0), "root", WHEN, "a\nb", "<cib>\n</cib>\nü");
        assertThat(state.configurations().entries().newestFirst()).containsExactly(second, first);
        assertThat(second).isEqualTo(new Entry(2, new CibVersion(0, 2, 0), "root", WHEN, "a\nb"));
        assertThat(state.configurations().cib(2)).contains("<cib>\n</cib>\nü");
        assertThat(state.configurations().cib(1)).contains("<cib epoch='1'/>");
        assertThat(state.configurations().cib(3)).isEmpty();
    }

    @Test
    void itForgetsTheOldestBeyondAHundred() throws StoreException, IOException {
        for (int epoch = 1; epoch <= ConfigurationArchive.KEPT + 5; epoch++) {
            add(epoch);
        }
        var entries = state.configurations().entries().newestFirst();
        assertThat(entries).hasSize(ConfigurationArchive.KEPT);
        assertThat(entries.getFirst().number()).isEqualTo(ConfigurationArchive.KEPT + 5);
        assertThat(entries.getLast().number()).isEqualTo(6);
        assertThat(state.configurations().cib(5)).isEmpty();
        try (var files = Files.list(folder.resolve("configurations"))) {
            assertThat(files).hasSize(ConfigurationArchive.KEPT);
        }
    }

    @Test
    void itGoesOnCountingAfterARestart() throws StoreException {
        add(1);
        add(2);
        state.close();
        state = StateFolder.open(folder);
        assertThat(add(3).number()).isEqualTo(3);
    }

    @Test
    void oneThatIsDamagedIsNamedAndTheOthersAreThere() throws StoreException, IOException {
        add(1);
        add(2);
        add(3);
        Files.writeString(folder.resolve("configurations/000000002"), "x", StandardOpenOption.APPEND);
        var entries = state.configurations().entries();
        assertThat(entries.newestFirst()).extracting(Entry::number).containsExactly(3, 1);
        assertThat(entries.damaged()).singleElement().asString().contains("000000002 is damaged", "damaged-1");
        assertThat(state.configurations().entries().damaged()).isEmpty();
        assertThat(add(4).number()).isEqualTo(4);
    }

    @Test
    void oneThatCannotBeSavedForgetsNothing() throws StoreException {
        for (int epoch = 1; epoch <= ConfigurationArchive.KEPT; epoch++) {
            add(epoch);
        }
        var disk = new FailingDisk();
        var path = folder.resolve("configurations");
        var failing = new ConfigurationArchive(new FileStore(path, disk), path, disk);
        disk.failAt(0);
        assertThatThrownBy(() -> failing.add(new CibVersion(0, 9, 9), "root", WHEN, "", "<cib/>"))
                .isInstanceOf(StoreException.class);
        assertThat(state.configurations().entries().newestFirst()).hasSize(ConfigurationArchive.KEPT);
    }

    private Entry add(int epoch) throws StoreException {
        return state.configurations()
                .add(new CibVersion(0, epoch, 0), "root", WHEN, "change " + epoch, "<cib epoch='" + epoch + "'/>");
    }
}
