package org.ringfence.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.xml.Element;

/** The examples of {@code docs/configuration-text.md}, together, are a configuration without mistakes. */
class DocumentedTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration-text.md");

    private static String examples() throws IOException {
        var text = new StringBuilder();
        var blocks = Pattern.compile("```crm\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        while (blocks.find()) {
            text.append(blocks.group(1));
        }
        return text.toString();
    }

    @Test
    void theExamplesAreReadAndUnderstood() throws IOException {
        Element read = Texts.read(examples());
        assertThat(References.dangling(read)).isEmpty();
        assertThat(Cib.EMPTY.withConfiguration(_ -> read).problems()).isEmpty();
    }

    @Test
    void everyKindOfStatementHasAnExample() throws IOException {
        List<Kind> shown = Definitions.of(Texts.read(examples())).all().stream()
                .map(Definition::kind)
                .distinct()
                .toList();
        // The older forms of a promotable clone and of a user are told in words; raw XML becomes what it says.
        assertThat(Kind.values())
                .filteredOn(kind -> kind != Kind.MASTER && kind != Kind.USER && kind != Kind.OTHER)
                .allMatch(shown::contains);
    }

    @Test
    void whatIsWrittenFromThemReadsAsTheSame() throws IOException {
        String written = Texts.again(examples());
        assertThat(Texts.again(written)).isEqualTo(written);
    }
}
