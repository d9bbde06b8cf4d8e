package org.ringfence.network.balance.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ringfence.model.problem.Problem;
import org.ringfence.network.balance.configuration.ConfigurationReader;
import org.ringfence.network.balance.configuration.FixedNames;
import org.ringfence.network.balance.configuration.Reading;

/** Each example beside what is made of it: problems, text, the kernel's table, JSON. {@code -Dgolden.update=true} rewrites them. */
class ExamplesTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("ringfence.root"), "network/src/test/resources/balance/examples");

    @TestFactory
    List<DynamicTest> examplesMeanWhatTheyMeant() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".cf"))
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
                    .toList();
        }
    }

    private static void check(Path file) throws IOException {
        String source = Files.readString(file);
        Reading reading = ConfigurationReader.read(file.getFileName().toString(), source, new FixedNames());
        assertThat(reading.configuration()).as("%s", reading.problems()).isPresent();
        var configuration = reading.configuration().orElseThrow();
        String problems = reading.problems().stream()
                .map(Problem::toString)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        String result = source.lines().findFirst().orElseThrow() + "\n\n== problems\n" + problems + "\n== text\n"
                + ConfigurationText.of(configuration) + "\n== ipvs\n" + ConfigurationText.ipvs(configuration)
                + "\n== json\n"
                + ConfigurationJson.of(configuration)
                        .replace("\"services\":[", "\n\"services\":[\n")
                        .replace("{\"id\"", "\n{\"id\"")
                + "\n";
        Path golden = Path.of(file.toString().replace(".cf", ".txt"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, result);
        }
        assertThat(result).isEqualTo(Files.readString(golden));
    }
}
