import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ringfence.language.ConfigurationText;
import org.ringfence.language.Loading;
import org.ringfence.language.Reading;
import org.ringfence.model.cib.Cib;

/**
 * Reads every text of a folder: {@code Examples FOLDER}. One line for each: name, whether it loads alone, and what is wrong with it.
 * An example may name resources that it leaves to the reader's imagination; then it reads and does not load alone.
 */
public final class Examples {
    private Examples() {}

    public static void main(String[] arguments) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
            files = found.filter(file -> file.toString().endsWith(".crm")).sorted().toList();
        }
        for (Path file : files) {
            Reading reading = ConfigurationText.read(Files.readString(file), "", Optional.empty());
            boolean loads = reading.problems().isEmpty()
                    && Loading.into(Cib.EMPTY.configurationElement(), reading.definitions(), Loading.Mode.REPLACE)
                            .problems()
                            .isEmpty();
            System.out.println(file.getFileName() + "\t" + (loads ? "loads" : "") + "\t"
                    + String.join(
                            " | ", reading.problems().stream().map(Object::toString).toList()));
        }
    }
}
