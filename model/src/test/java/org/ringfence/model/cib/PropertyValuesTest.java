package org.ringfence.model.cib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

class PropertyValuesTest {
    private static List<String> problems(String name, String value) throws UnusableInputException {
        String text = "<cib><configuration><crm_config><cluster_property_set id='o'>\n"
                + "<nvpair id='p' name='%s' value='%s'/></cluster_property_set></crm_config></configuration></cib>"
                        .formatted(name, value);
        return PropertyValues.problems(Cib.read(text, "c.xml").configurationElement()).stream()
                .map(Problem::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "stonith-enabled, yes",
        "fencing-enabled, 0",
        "no-quorum-policy, demote",
        "stonith-timeout, 90",
        "cluster-recheck-interval, PT15M",
        "dc-deadtime, 2min",
        "node-health-strategy, only-green",
        "batch-limit, anything",
        "my-own-note, anything"
    })
    void whatCanBeUsedAndWhatIsSomebodysOwnIsNoProblem(String name, String value) throws UnusableInputException {
        assertThat(problems(name, value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", textBlock = """
        stonith-enabled => maybe   => c.xml:2:1: property stonith-enabled: cannot be 'maybe'; set it to true or false
        stonith-timeout => a while => c.xml:2:1: property stonith-timeout: cannot be 'a while'; set it to a time with its unit, such as 60s
        placement-strategy => best => set it to one of default, utilization, minimal, balanced
        """)
    void whatCannotBeUsedIsAnErrorWhereItStands(String name, String value, String expected)
            throws UnusableInputException {
        assertThat(problems(name, value)).singleElement().asString().contains(expected);
    }

    @Test
    void aNameThatIsNearlyOneOfThoseThatAreKnownIsAWarning() throws UnusableInputException {
        assertThat(problems("stonith-timeuot", "20s"))
                .singleElement()
                .asString()
                .contains("property stonith-timeuot", "did you mean 'stonith-timeout'?");
    }
}
