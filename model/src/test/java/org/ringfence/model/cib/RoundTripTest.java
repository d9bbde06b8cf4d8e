package org.ringfence.model.cib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.ringfence.model.graph.GraphXml;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.UnusableInputException;

/** Reading, writing and reading again is the identity: on files of our own, and on the conformance cases when they are there. */
class RoundTripTest {
    private static final Path OWN = Path.of("src/test/resources/cib");

    @Test
    void ownFilesComeBackAsTheyWere() throws IOException, UnusableInputException {
        List<Path> files = files(OWN, ".xml");
        assertThat(files).hasSizeGreaterThanOrEqualTo(2);
        for (Path file : files) {
            comesBack(file);
        }
    }

    @Test
    void conformanceCasesComeBackAsTheyWere() throws IOException, UnusableInputException {
        List<Path> files = files(cases(), ".xml");
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            comesBack(file);
        }
    }

    @Test
    void graphsOfTheConformanceCasesComeBackAsTheyWere() throws IOException, UnusableInputException {
        List<Path> files = files(cases(), ".exp");
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            TransitionGraph graph = GraphXml.read(Files.readString(file), file.toString());
            assertThat(GraphXml.read(GraphXml.write(graph), "again"))
                    .as(file.toString())
                    .isEqualTo(graph);
        }
    }

    private static void comesBack(Path file) throws IOException, UnusableInputException {
        Cib cib = Cib.read(Files.readString(file), file.toString());
        String written = cib.write();
        Cib again = Cib.read(written, "again");
        assertThat(again).as(file.toString()).isEqualTo(cib);
        assertThat(again.configuration().resources().keySet())
                .as(file.toString())
                .isEqualTo(cib.configuration().resources().keySet());
        assertThat(again.write()).as(file.toString()).isEqualTo(written);
    }

    private static Path cases() {
        Path folder = Optional.ofNullable(System.getenv("RINGFENCE_CONFORMANCE"))
                .or(() -> Optional.ofNullable(System.getProperty("RINGFENCE_CONFORMANCE")))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("ringfence.root", ".."), "..", "shared", "conformance"))
                .resolve("cases");
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                "the conformance cases are not at " + folder + "; set RINGFENCE_CONFORMANCE");
        return folder;
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
