import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ringfence.language.ConfigurationText;
import org.ringfence.language.Definitions;
import org.ringfence.language.Loading;
import org.ringfence.language.Reading;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;

/**
 * Every CIB of a folder written as text, the text read again, and what it gives written as a CIB with the status of the first:
 * {@code Texts CASES TEXTS CIBS}. One line for each case: name, statements, how many of them are raw XML, and what is wrong.
 */
public final class Texts {
    private Texts() {}

    public static void main(String[] arguments) throws IOException, UnusableInputException {
        Path cases = Path.of(arguments[0]);
        Path texts = Files.createDirectories(Path.of(arguments[1]));
        Path cibs = Files.createDirectories(Path.of(arguments[2]));
        List<Path> files;
        try (Stream<Path> found = Files.list(cases)) {
            files = found.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString().replace(".xml", "");
            Cib cib = Cib.read(Files.readString(file), file.toString());
            List<ConfigurationText.Written> statements = ConfigurationText.statements(cib.configurationElement());
            String text = ConfigurationText.write(cib.configurationElement());
            Files.writeString(texts.resolve(name + ".crm"), text);
            long raw = statements.stream()
                    .filter(one -> one.text().startsWith("xml ") || one.text().contains("\nxml "))
                    .count();
            System.out.println(name + "\t" + statements.size() + "\t" + raw + "\t" + String.join("; ", back(cib, text, cibs.resolve(name + ".xml"))));
        }
    }

    private static List<String> back(Cib cib, String text, Path target) throws IOException {
        var wrong = new ArrayList<String>();
        Reading reading = ConfigurationText.read(text, "text", Optional.empty());
        reading.problems().forEach(problem -> wrong.add("not read: " + problem));
        Loading.Loaded fresh = Loading.into(
                Cib.EMPTY.configurationElement(), reading.definitions(), Loading.Mode.REPLACE);
        fresh.problems().forEach(problem -> wrong.add("does not fit together: " + problem));
        if (wrong.isEmpty() && !ConfigurationText.write(fresh.configuration()).equals(text)) {
            wrong.add("the text of what was read is another");
        }
        Element same = Loading.into(cib.configurationElement(), reading.definitions(), Loading.Mode.REPLACE)
                .configuration();
        if (wrong.isEmpty() && !Definitions.of(same).equals(Definitions.of(cib.configurationElement()))) {
            wrong.add("loading what was shown changes something");
        }
        Files.writeString(target, cib.withConfiguration(_ -> fresh.configuration()).write());
        return wrong;
    }
}
