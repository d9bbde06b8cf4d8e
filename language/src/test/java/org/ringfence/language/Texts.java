package org.ringfence.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.xml.Element;

/** Short ways to read and write in tests. */
final class Texts {
    private Texts() {}

    /** The configuration that a text without mistakes makes. */
    static Element read(String text) {
        Reading reading = ConfigurationText.read(text, "test.crm", Optional.empty());
        assertThat(reading.problems()).isEmpty();
        var problems = new ArrayList<Problem>();
        Element configuration = reading.definitions().configuration(problems);
        assertThat(problems).isEmpty();
        return configuration;
    }

    static List<String> problems(String text) {
        Reading reading = ConfigurationText.read(text, "test.crm", Optional.empty());
        var problems = new ArrayList<>(reading.problems());
        if (problems.isEmpty()) {
            problems.addAll(Loading.into(Cib.EMPTY.configurationElement(), reading.definitions(), Loading.Mode.REPLACE)
                    .problems());
        }
        return problems.stream().map(Problem::toString).toList();
    }

    /** What is written again after reading. */
    static String again(String text) {
        return ConfigurationText.write(read(text));
    }
}
