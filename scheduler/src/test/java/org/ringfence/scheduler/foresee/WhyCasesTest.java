package org.ringfence.scheduler.foresee;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.BatchTime;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.scheduler.execution.Execution;
import org.ringfence.scheduler.explain.Explainer;
import org.ringfence.scheduler.reason.Explanation;

/**
 * On a folder of CIBs: whatever is suggested for a resource that stays stopped starts it when it is done. This looks by itself, with
 * the scheduler and the explainer, and asks nothing of what is tested. {@code RINGFENCE_CONFORMANCE} names the folder with {@code cases} in it,
 * {@code -Dwhy.cases=N} how many cases with a suggestion are enough.
 */
class WhyCasesTest {
    private static final int ENOUGH = Integer.getInteger("why.cases", 100);
    private static final int RESOURCES_PER_CASE = 2;
    private static final long LARGEST = 120_000;

    private record Count(List<String> helped, List<String> nothingFound, List<String> wrong) {}

    @Test
    void whatIsSuggestedStartsTheResource() throws IOException, UnusableInputException {
        Path folder = Optional.ofNullable(System.getenv("RINGFENCE_CONFORMANCE"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("ringfence.root", ".."), "..", "shared", "conformance"));
        Assumptions.assumeTrue(
                Files.isDirectory(folder), "there are no cases at " + folder + "; set RINGFENCE_CONFORMANCE");
        var count = new Count(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        var cases = new TreeSet<String>();
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder.resolve("cases"))) {
            files = listed.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            if (cases.size() < ENOUGH && Files.size(file) <= LARGEST) {
                int before = count.helped.size();
                look(file, count);
                if (count.helped.size() > before) {
                    cases.add(file.getFileName().toString());
                }
            }
        }
        System.out.println(cases.size() + " cases with a suggestion, " + count.helped.size() + " resources, "
                + count.nothingFound.size() + " without one: " + count.nothingFound);
        assertThat(count.wrong).isEmpty();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(Math.min(ENOUGH, 100));
    }

    private static void look(Path file, Count count) throws IOException, UnusableInputException {
        String name = file.getFileName().toString();
        Cib cib = Cib.read(Files.readString(file), name);
        Instant now = BatchTime.of(cib, null, Instant.ofEpochSecond(1_780_000_000));
        for (String resource :
                stopped(cib, now).stream().limit(RESOURCES_PER_CASE).toList()) {
            String label = name.replace(".xml", "") + " " + resource;
            Why why = Why.of(cib, now, resource).orElseThrow();
            if (why.wanted()) {
                continue;
            }
            if (why.remedies().isEmpty()) {
                count.nothingFound.add(label);
            } else {
                count.helped.add(label);
            }
            for (Remedy remedy : why.remedies()) {
                Cib changed = cib;
                for (Change change : remedy.changes()) {
                    changed = change.edit().apply(changed, now);
                }
                if (stopped(settled(changed, now), now).contains(resource)) {
                    count.wrong.add(label + ": " + remedy.changes());
                }
            }
        }
    }

    private static Cib settled(Cib cib, Instant now) {
        Cib at = cib;
        for (int round = 0; round < 4; round++) {
            TransitionGraph graph = Scheduler.schedule(at, now).graph();
            if (graph.synapses().isEmpty()) {
                return at;
            }
            at = Execution.of(at, graph, List.of(), now).cib();
        }
        return at;
    }

    /** Primitives of which no instance is active, nor about to be. */
    private static List<String> stopped(Cib cib, Instant now) {
        var names = new TreeSet<>(cib.configuration().resources().keySet());
        var explainer = new Explainer(names);
        Scheduler.schedule(cib, now, explainer);
        var active = new TreeSet<String>();
        var all = new TreeSet<String>();
        for (Explanation explanation : explainer.explanations()) {
            String id = explanation.resource().split(":", 2)[0];
            all.add(id);
            boolean stays = explanation.decision() == Explanation.Decision.STAYS_STOPPED;
            if (!stays && explanation.decision() != Explanation.Decision.STOPS) {
                active.add(id);
            }
        }
        all.removeAll(active);
        all.removeIf(id -> isMadeForABundle(cib, id));
        return List.copyOf(all);
    }

    private static boolean isMadeForABundle(Cib cib, String id) {
        return cib.configuration().resources().values().stream()
                .anyMatch(
                        top -> top instanceof org.ringfence.model.cib.Resource.Bundle && id.startsWith(top.id() + "-"));
    }
}
