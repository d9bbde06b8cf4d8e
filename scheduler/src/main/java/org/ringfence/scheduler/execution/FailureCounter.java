package org.ringfence.scheduler.execution;

import java.time.Instant;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.Truth;

/**
 * Counts failures in node attributes, {@code fail-count-RESOURCE#OPERATION_INTERVAL} with {@code last-failure-...} beside it. A failed
 * stop counts as infinitely many, and so does a failed start unless {@code start-failure-is-fatal} is false.
 */
final class FailureCounter {
    private final boolean startIsFatal;
    private final Instant now;

    FailureCounter(Cib cib, Instant now) {
        this.startIsFatal =
                cib.property("start-failure-is-fatal").flatMap(Truth::parse).orElse(true);
        this.now = now;
    }

    void count(NodeDraft node, Recorder.Ended ended) {
        String suffix = ended.countsAs() + "#" + ended.operation() + "_" + ended.intervalMillis();
        int before = Score.parse(node.attributes.getOrDefault("fail-count-" + suffix, "0"), 0);
        boolean fatal = ended.operation().equals("stop") || (ended.operation().equals("start") && startIsFatal);
        node.attributes.put("fail-count-" + suffix, Score.text(fatal ? Score.INFINITY : Score.add(before, 1)));
        node.attributes.put("last-failure-" + suffix, Long.toString(now.getEpochSecond()));
    }

    static void clear(NodeDraft node, String resource) {
        node.attributes
                .keySet()
                .removeIf(name -> isAbout(name, "fail-count-" + resource) || isAbout(name, "last-failure-" + resource));
    }

    private static boolean isAbout(String attribute, String name) {
        return attribute.equals(name) || attribute.startsWith(name + "#");
    }
}
