package org.ringfence.controller.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Conversations go as they are written down in {@code interaction/}. {@code -Dgolden.update=true} writes them anew: commit the
 * difference only when you understand it and want it.
 */
class InteractionTest {
    private static final Path FOLDER = Path.of("src/test/resources/interaction");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    @TestFactory
    Stream<DynamicTest> conversationsGoAsWritten() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(FOLDER)) {
            files = found.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> {
                    String written = Files.readString(file);
                    assertThat(written).as("says first what it shows").startsWith("# ");
                    String played = Script.play(written);
                    if (UPDATE) {
                        Files.writeString(file, played);
                    }
                    assertThat(played).isEqualTo(UPDATE ? played : written);
                }));
    }
}
