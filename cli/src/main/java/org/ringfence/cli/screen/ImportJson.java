package org.ringfence.cli.screen;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ringfence.api.json.RecordJson;
import org.ringfence.model.problem.Problem;

/** What was made of a foreign configuration, as one line of JSON. */
public final class ImportJson {
    private static final RecordJson<Result> JSON = RecordJson.of(Result.class).build();

    private ImportJson() {}

    /** @param report what is not in the configuration, or is otherwise here */
    record Result(String configuration, List<Problem> report) {}

    public static String write(String configuration, List<Problem> report) {
        return new String(JSON.write(new Result(configuration, report)), StandardCharsets.UTF_8);
    }
}
