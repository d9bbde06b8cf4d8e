package org.ringfence.cli.screen;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ringfence.api.json.RecordJson;
import org.ringfence.model.problem.Problem;

/** What is wrong with a configuration, as one line of JSON. */
public final class VerdictJson {
    private static final RecordJson<Verdict> JSON = RecordJson.of(Verdict.class).build();

    private VerdictJson() {}

    /**
     * @param problems what cannot be used, or is not understood
     * @param unsafe   why it would be refused as unsafe; empty when it would not
     */
    record Verdict(List<Problem> problems, List<Problem> unsafe) {}

    public static String write(List<Problem> problems, List<Problem> unsafe) {
        return new String(JSON.write(new Verdict(problems, unsafe)), StandardCharsets.UTF_8);
    }
}
