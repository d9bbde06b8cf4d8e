package org.ringfence.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.explain.Explainer;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Explanation;
import org.ringfence.scheduler.reason.Explanation.Decision;
import org.ringfence.scheduler.reason.Explanation.Fate;
import org.ringfence.scheduler.reason.Explanation.NodeScore;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.reason.Term;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resources;

/** Every score can be taken apart, every action and every rest has a cause, and asking changes nothing. */
class ExplanationTest {
    private static final String AGENT = "class='ocf' provider='pacemaker' type='Dummy'";

    private static List<Explanation> explain(Cib cib, String... resources) {
        var explainer = new Explainer(Set.of(resources));
        Scheduler.schedule(cib, Instant.EPOCH, explainer);
        return explainer.explanations();
    }

    private static Explanation explain(String resources, String constraints) throws UnusableInputException {
        return explain(Inputs.cib(2, resources, constraints), "r1").getFirst();
    }

    private static NodeScore on(Explanation explanation, String node) {
        return explanation.scores().stream()
                .filter(score -> score.node().equals(node))
                .findFirst()
                .orElseThrow();
    }

    private static List<Kind> kinds(List<Cause> causes) {
        return causes.stream().map(Cause::kind).toList();
    }

    private static String single(String meta) {
        return "<primitive id='r1' " + AGENT + "><meta_attributes id='m'>" + meta + "</meta_attributes></primitive>";
    }

    private static String pair(String name, String value) {
        return "<nvpair id='m-%s' name='%1$s' value='%s'/>".formatted(name, value);
    }

    @Test
    void theTermsOfEveryScoreAddUpToIt() throws IOException, UnusableInputException {
        for (Path scenario : Scenario.all(Scenario.FOLDER)) {
            Cib cib = Cib.read(Files.readString(scenario.resolve("input.xml")), scenario.toString());
            Set<String> all = Set.copyOf(cib.configuration().resources().keySet());
            var explainer = new Explainer(all);
            var placed = new Scores();
            Instant now = BatchTime.of(cib, null, Instant.EPOCH);
            Scheduler.Schedule schedule = Scheduler.schedule(cib, now, placed.and(explainer));
            assertThat(schedule).as("%s", scenario).isEqualTo(Scheduler.schedule(cib, now));
            assertThat(explainer.missing()).isEmpty();
            for (Explanation explanation : explainer.explanations()) {
                for (NodeScore score : explanation.scores()) {
                    int sum = 0;
                    for (Term term : score.terms()) {
                        assertThat(term.before()).isEqualTo(sum);
                        assertThat(term.cause().isSaid())
                                .as("%s: %s", scenario, term)
                                .isTrue();
                        sum = term.after();
                    }
                    assertThat(sum)
                            .as("%s: %s on %s", scenario, explanation.resource(), score)
                            .isEqualTo(score.score());
                    assertThat(placed.of(explanation.resource(), score.node())).isEqualTo(score.score());
                }
                for (Explanation.Step step : explanation.actions()) {
                    assertThat(step.because()).as("%s: %s", scenario, step).isNotEmpty();
                }
                assertThat(explanation.because())
                        .as("%s: %s", scenario, explanation)
                        .isNotEmpty();
            }
        }
    }

    /** Looks at scores by itself. */
    private static final class Scores implements Observer {
        private Nodes nodes = new Nodes();
        private List<Primitive> primitives = List.of();

        @Override
        public void placed(Nodes foundNodes, Resources resources) {
            nodes = foundNodes;
            primitives = List.copyOf(resources.primitives());
        }

        int of(String resource, String node) {
            var known = nodes.byName(node);
            return primitives.stream()
                    .filter(primitive -> primitive.id.equals(resource) && known != null)
                    .mapToInt(primitive -> known == null ? 0 : primitive.scores[known.index])
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aLocationIsNamedWithItsRule() throws UnusableInputException {
        Explanation explanation = explain(
                Inputs.singles(1),
                "<rsc_location id='l' rsc='r1' node='n1' score='5'/><rsc_location id='k' rsc='r1'><rule id='u'"
                        + " score='7'><expression id='e' attribute='#uname' operation='eq'"
                        + " value='n2'/></rule></rsc_location>");
        assertThat(explanation.decision()).isEqualTo(Decision.STARTS);
        assertThat(explanation.to()).contains("n2");
        assertThat(on(explanation, "n1").terms())
                .singleElement()
                .satisfies(term -> assertThat(term.cause().source()).isEqualTo(Source.of("rsc_location", "l")));
        assertThat(on(explanation, "n2").terms()).singleElement().satisfies(term -> {
            assertThat(term.amount()).isEqualTo(7);
            assertThat(term.cause().source()).isEqualTo(new Source("rsc_location", "k", "u"));
        });
    }

    @Test
    void stickinessKeepsAndFailuresDriveAway() throws UnusableInputException {
        String sticky = single(pair("resource-stickiness", "10") + pair("migration-threshold", "2"));
        Explanation stays = explain(Inputs.running(1, sticky, "", ""), "r1").getFirst();
        assertThat(stays.decision()).isEqualTo(Decision.STAYS);
        assertThat(kinds(stays.because())).contains(Kind.STICKINESS);
        Explanation moves = explain(
                        Inputs.running(1, sticky, "", "<nvpair id='f' name='fail-count-r1#monitor_10000' value='2'/>"),
                        "r1")
                .getFirst();
        assertThat(moves.decision()).isEqualTo(Decision.MOVES);
        assertThat(kinds(moves.because())).contains(Kind.FAILURES);
        assertThat(on(moves, "n1").terms()).extracting(Term::amount).containsExactly(10, -1_000_000);
        assertThat(on(moves, "n1").terms().getLast().cause().source()).isEqualTo(new Source("fail-count", "r1", "n1"));
    }

    @Test
    void colocationsSayWithWhomAndWhoWouldLike() throws UnusableInputException {
        String together = "<rsc_colocation id='c' rsc='r1' with-rsc='r2' score='INFINITY'/>"
                + "<rsc_location id='l' rsc='r1' node='n2' score='3'/>";
        List<Explanation> both = explain(Inputs.cib(2, Inputs.singles(2), together), "r1", "r2");
        assertThat(on(both.getFirst(), "n1").terms().getLast().cause()).satisfies(cause -> {
            assertThat(cause.kind()).isEqualTo(Kind.COLOCATION);
            assertThat(cause.other()).isEqualTo("r2");
            assertThat(cause.source()).isEqualTo(Source.of("rsc_colocation", "c"));
        });
        assertThat(on(both.getLast(), "n2").terms().getLast().cause()).satisfies(cause -> {
            assertThat(cause.kind()).isEqualTo(Kind.WISH);
            assertThat(cause.other()).isEqualTo("r1");
        });
    }

    @Test
    void whatStaysStoppedSaysWhy() throws UnusableInputException {
        Explanation stopped = explain(single(pair("target-role", "Stopped")), "");
        assertThat(stopped.decision()).isEqualTo(Decision.STAYS_STOPPED);
        assertThat(stopped.because())
                .singleElement()
                .satisfies(cause -> assertThat(cause.source()).isEqualTo(Source.meta("r1", "target-role")));
        Explanation nowhere = explain(
                Inputs.singles(1),
                "<rsc_location id='l' rsc='r1' node='n1' score='-INFINITY'/><rsc_location id='k' rsc='r1' node='n2'"
                        + " score='-1'/>");
        assertThat(nowhere.decision()).isEqualTo(Decision.STAYS_STOPPED);
        assertThat(kinds(nowhere.because())).containsExactly(Kind.NO_NODE, Kind.LOCATION, Kind.LOCATION);
    }

    @Test
    void whatCannotBeDoneIsFollowedToWhatCannotBeDoneFirst() throws UnusableInputException {
        String resources = "<primitive id='r2' " + AGENT + "><meta_attributes id='m'>" + pair("target-role", "Stopped")
                + "</meta_attributes></primitive><primitive id='r1' " + AGENT + "/>";
        Explanation explanation = explain(resources, "<rsc_order id='o' first='r2' then='r1'/>");
        assertThat(explanation.decision()).isEqualTo(Decision.STAYS_STOPPED);
        assertThat(explanation.because().getFirst().source()).isEqualTo(Source.of("rsc_order", "o"));
        assertThat(explanation.actions()).anySatisfy(step -> {
            assertThat(step.key()).isEqualTo("r1_start_0");
            assertThat(step.fate()).isEqualTo(Fate.IMPOSSIBLE);
        });
    }

    @Test
    void aRestartIsFollowedToWhoCausedIt() throws UnusableInputException {
        String resources = "<primitive id='r2' " + AGENT + "/><primitive id='r1' " + AGENT + "/>";
        String constraints = "<rsc_order id='o' first='r2' then='r1'/>"
                + "<rsc_location id='l' rsc='r2' node='n1' score='-INFINITY'/>";
        Explanation explanation =
                explain(Inputs.running(2, resources, constraints, ""), "r1").getFirst();
        assertThat(explanation.decision()).isEqualTo(Decision.RESTARTS);
        assertThat(explanation.because())
                .anySatisfy(cause -> assertThat(cause.source()).isEqualTo(Source.of("rsc_order", "o")));
        assertThat(kinds(explanation.because())).contains(Kind.PLACE);
    }

    @Test
    void nothingIsKeptOfWhatNobodyAskedAbout() throws UnusableInputException {
        var seen = new Scores();
        Scheduler.schedule(Inputs.cib(2, Inputs.singles(2), ""), Instant.EPOCH, seen.and(new Explainer(Set.of("r1"))));
        assertThat(seen.primitives)
                .extracting(primitive -> primitive.account != null)
                .containsExactly(true, false);
    }

    @Test
    void whatDoesNotExistIsSaid() throws UnusableInputException {
        var explainer = new Explainer(Set.of("r1", "nobody"));
        Scheduler.schedule(Inputs.cib(1, Inputs.singles(1), ""), Instant.EPOCH, explainer);
        assertThat(explainer.missing()).containsExactly("nobody");
    }
}
