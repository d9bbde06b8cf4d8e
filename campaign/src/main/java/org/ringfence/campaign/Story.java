package org.ringfence.campaign;

import java.util.List;
import org.ringfence.simulator.Outcome;
import org.ringfence.simulator.world.Journal;

/** What led to a violation, for a person: in order of time, each node's lines marked with its name. */
final class Story {
    private static final int LINES = 120;

    private Story() {}

    static String of(CampaignOptions options, Outcome failed, Outcome shortest) {
        Outcome.Violation violation = shortest.violation().orElseThrow();
        var text = new StringBuilder();
        text.append("%nseed %d, %d nodes, commit %s: %s does not hold%n"
                .formatted(failed.seed(), failed.nodes(), options.commit(), violation.invariant()));
        options.planted()
                .ifPresent(plant -> text.append("planted: %s (%s)%n".formatted(plant.label(), plant.description())));
        text.append("  %s%n".formatted(violation.what()));
        int drawn =
                failed.faults().values().stream().mapToInt(Integer::intValue).sum();
        int kept =
                shortest.faults().values().stream().mapToInt(Integer::intValue).sum();
        text.append("%nWhat led there, with %d of its %d faults (the others are not needed): %s%n%n"
                .formatted(kept, drawn, shortest.faults()));
        List<Journal.Line> lines = shortest.story();
        int left = Math.max(0, lines.size() - LINES);
        if (left > 0) {
            text.append("   ... %d earlier lines%n".formatted(left));
        }
        for (Journal.Line line : lines.subList(left, lines.size())) {
            text.append("%10.3f  %-4s %s%n".formatted(line.when().toMillis() / 1_000.0, line.who(), line.what()));
        }
        return text.append("%nAgain: ringfence sim --seed %d%s%s%n%n"
                        .formatted(
                                failed.seed(),
                                options.nodes()
                                        .map(nodes -> " --nodes " + nodes)
                                        .orElse(""),
                                options.plant()
                                        .map(plant -> " --plant " + plant)
                                        .orElse("")))
                .toString();
    }
}
