package org.ringfence.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected output in files below {@code src/test/resources}. Each begins with a line that says what it shows.
 * {@code -Dgolden.update=true} writes them anew; look at the difference before it is committed.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources");

    private Golden() {}

    public static void compare(String name, String shows, String actual) {
        Path file = FOLDER.resolve(name);
        String whole = "# " + shows + "\n" + actual;
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, whole);
            }
            assertThat(whole).as(name).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
