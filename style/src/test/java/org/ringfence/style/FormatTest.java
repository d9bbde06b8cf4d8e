package org.ringfence.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every source stands as the one formatter would write it. {@code ./format} writes it so. What was found to stand so is
 * remembered by its digest, as formatting takes much longer than reading; {@code mvn clean} forgets it.
 */
class FormatTest {
    private static final Path ROOT = Path.of(System.getProperty("ringfence.root", ".."));
    private static final Path KNOWN = Path.of("target", "formatted-" + System.getProperty("palantir.version"));
    private static final boolean WRITE = "write".equals(System.getProperty("format"));

    @Test
    void everySourceStandsAsTheFormatterWritesIt() throws IOException, FormatterException {
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        Set<String> known = Files.exists(KNOWN) ? new TreeSet<>(Files.readAllLines(KNOWN)) : new TreeSet<>();
        Set<String> stand = new TreeSet<>();
        List<String> differs = new ArrayList<>();
        for (Path source : sources()) {
            String text = Files.readString(source);
            if (known.contains(digest(text))) {
                stand.add(digest(text));
                continue;
            }
            String formatted = formatter.formatSourceAndFixImports(text);
            if (formatted.equals(text)) {
                stand.add(digest(text));
            } else if (WRITE) {
                Files.writeString(source, formatted);
                stand.add(digest(formatted));
            } else {
                differs.add(ROOT.relativize(source).toString());
            }
        }
        Files.write(KNOWN, stand);
        assertThat(differs).as("sources to be formatted; ./format does it").isEmpty();
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every Java platform has SHA-256", missing);
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .sorted()
                    .toList();
            assertThat(found).as("sources below %s", ROOT).isNotEmpty();
            return found;
        }
    }
}
