package org.ringfence.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every source stands as the one formatter would write it. {@code ./format} writes it so. */
class FormatTest {
    private static final Path ROOT = Path.of(System.getProperty("ringfence.root", ".."));
    private static final boolean WRITE = "write".equals(System.getProperty("format"));

    @Test
    void everySourceStandsAsTheFormatterWritesIt() throws IOException, FormatterException {
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        List<String> differs = new ArrayList<>();
        for (Path source : sources()) {
            String text = Files.readString(source);
            String formatted = formatter.formatSourceAndFixImports(text);
            if (!formatted.equals(text)) {
                if (WRITE) {
                    Files.writeString(source, formatted);
                } else {
                    differs.add(ROOT.relativize(source).toString());
                }
            }
        }
        assertThat(differs).as("sources to be formatted; ./format does it").isEmpty();
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
