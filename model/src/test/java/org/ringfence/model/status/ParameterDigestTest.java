package org.ringfence.model.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** The expected digests are those of a Pacemaker 2.1.5 that ran a resource with these parameters. */
class ParameterDigestTest {

    @Test
    void noParametersHaveTheDigestThatMostHistoriesHold() {
        assertThat(ParameterDigest.of(parameters())).isEqualTo("f2317cad3d54cec5d7d7aa7d0bf35cf8");
    }

    @Test
    void theOrderOfParametersDoesNotMatter() {
        String digest = "721de094babbaa2a50415086c1f35045";
        assertThat(ParameterDigest.of(parameters("alpha", "1", "beta", "b & <c>", "passwd", "secret", "state", "/x")))
                .isEqualTo(digest);
        assertThat(ParameterDigest.of(parameters("state", "/x", "passwd", "secret", "beta", "b & <c>", "alpha", "1")))
                .isEqualTo(digest);
    }

    @Test
    void aRepeatedOperationHasItsTimeoutInTheDigest() {
        var repeated = parameters("alpha", "1", "beta", "b & <c>", "passwd", "secret", "state", "/x");
        repeated.put("OCF_CHECK_LEVEL", "10");
        repeated.put(ParameterDigest.TIMEOUT, "11000");
        assertThat(ParameterDigest.of(repeated)).isEqualTo("7d5553c25d393100fe5b906df1975dc3");
    }

    @Test
    void quotesTabsAndLineFeedsAreWrittenAsPacemakerWritesThem() {
        assertThat(ParameterDigest.of(parameters("a", "it's \"a\"\n\r\tb")))
                .isEqualTo("6edb9f403be2de804f8aa08c4d60ab59");
    }

    private static SequencedMap<String, String> parameters(String... namesAndValues) {
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            parameters.put(namesAndValues[index], namesAndValues[index + 1]);
        }
        return parameters;
    }
}
