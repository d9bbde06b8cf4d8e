package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.cli.testing.CommandRun;
import org.ringfence.model.graph.GraphXml;

/** The scheduler from the command line: on one file, and on a folder of them. */
class SimulateTest {
    /** Two nodes up, a fence device and a service to start. */
    private static final String CASE = """
        <cib crm_feature_set="3.20.1" validate-with="pacemaker-4.0" admin_epoch="0" epoch="1" num_updates="0"
             have-quorum="1" dc-uuid="1">
          <configuration>
            <crm_config/>
            <nodes><node id="1" uname="n1"/><node id="2" uname="n2"/></nodes>
            <resources>
              <primitive id="fence" class="stonith" type="fence_dummy"/>
              <primitive id="web" class="ocf" provider="heartbeat" type="Dummy"/>
            </resources>
            <constraints/>
          </configuration>
          <status>
            <node_state id="1" uname="n1" in_ccm="true" crmd="online" join="member" expected="member"/>
            <node_state id="2" uname="n2" in_ccm="true" crmd="online" join="member" expected="member"/>
          </status>
        </cib>
        """;

    @TempDir
    Path folder;

    private Path file;
    private CommandRun run = new CommandRun();

    @BeforeEach
    void writeCase() throws IOException {
        file = Files.writeString(folder.resolve("case.xml"), CASE);
    }

    private int run(String... arguments) {
        run = new CommandRun();
        return new CommandLines(run.context()).run(arguments);
    }

    @Test
    void showsWhatWouldBeDoneAndSavesIt() throws Exception {
        Path graph = folder.resolve("graph.xml");
        Path dot = folder.resolve("graph.dot");
        Path cib = folder.resolve("cib.xml");
        int status = run(
                "simulate",
                "--cib",
                file.toString(),
                "--save-graph",
                graph.toString(),
                "--save-dot",
                dot.toString(),
                "--save-cib",
                cib.toString());
        assertThat(status).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("(?m)^  start +web +n[12]$");
        assertThat(GraphXml.read(Files.readString(graph), "graph").synapses()).isNotEmpty();
        assertThat(Files.readString(dot)).startsWith("digraph").contains("web_start_0");
        assertThat(Files.readString(cib)).contains("<primitive id=\"web\"").contains("operation=\"start\"");
    }

    @Test
    void jsonHasActionsAndProblems() {
        assertThat(run("simulate", "--cib", file.toString(), "--json")).isZero();
        assertThat(run.out())
                .contains("{\"operation\":\"start\",\"subject\":\"web\"")
                .contains("\"problems\":[");
    }

    /** A service that would rather be on n2, and has to wait for one that is not to run. */
    private void writeCaseWithReasons() throws IOException {
        Files.writeString(file, CASE.replace("<constraints/>", """
            <constraints><rsc_location id="likes" rsc="web" node="n2" score="50"/>
            <rsc_order id="db-then-web" first="db" then="web"/></constraints>
            """).replace("<resources>", """
                <resources><primitive id="db" class="ocf" provider="heartbeat" type="Dummy"><meta_attributes id="m">
                <nvpair id="m-role" name="target-role" value="Stopped"/></meta_attributes></primitive>
                """));
    }

    @Test
    void explainsWhereSomethingIsToBeAndWhyItDoesNotStart() throws IOException {
        writeCaseWithReasons();
        assertThat(run("simulate", "--cib", file.toString(), "--explain", "web"))
                .as(run.err())
                .isZero();
        assertThat(run.out())
                .contains("web stays stopped\n  - db cannot start (ordering constraint db-then-web)\n")
                .contains("  n2  50 *\n      +50  location constraint likes\n")
                .containsPattern("web_start_0 +n2 +cannot be done +db cannot start .*target-role")
                .doesNotContain("db_start_0");
        assertThat(run("simulate", "--cib", file.toString(), "--explain", "web", "--explain", "db", "--json"))
                .isZero();
        assertThat(run.out())
                .contains("\"explanations\":[", "\"decision\":\"STAYS_STOPPED\"", "\"fate\":\"IMPOSSIBLE\"")
                .contains("\"resource\":\"db\"");
    }

    @Test
    void whatIsNotThereCannotBeExplained() {
        assertThat(run("simulate", "--cib", file.toString(), "--explain", "nobody"))
                .isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("ringfence: --explain nobody: there is no such resource; '--scores' names all there are\n");
    }

    @Test
    void aBatchWritesScoresBesideEachGraph() throws Exception {
        writeCaseWithReasons();
        Path graphs = folder.resolve("graphs");
        assertThat(run("simulate", "--batch", folder.toString(), "--save-graphs", graphs.toString(), "--scores"))
                .as(run.err())
                .isZero();
        assertThat(Files.readString(graphs.resolve("case.scores"))).isEqualTo("""
            score\tdb\tn1\t-INFINITY\topen
            score\tdb\tn2\t-INFINITY\topen
            score\tfence\tn1\t0\topen
            score\tfence\tn2\t0\topen
            score\tweb\tn1\t0\topen
            score\tweb\tn2\t50\topen
            """);
    }

    @Test
    void aBatchGivesEveryCaseAGraphAlsoTheBrokenOne() throws Exception {
        Path cases = Files.createDirectory(folder.resolve("cases"));
        Path graphs = folder.resolve("graphs");
        Files.writeString(cases.resolve("good.xml"), CASE);
        Files.writeString(cases.resolve("bad.xml"), "<cib>");
        Path times = Files.writeString(folder.resolve("times.tsv"), "good\t2005-020T11:30\n");
        int status = run(
                "simulate",
                "--batch",
                cases.toString(),
                "--times",
                times.toString(),
                "--save-graphs",
                graphs.toString());
        assertThat(status).isEqualTo(1);
        assertThat(run.out()).isEqualTo("2 cases, 2 graphs, 1 of them empty because of a failure\n");
        assertThat(run.err()).contains("bad.xml:1:1");
        try (Stream<Path> files = Files.list(graphs)) {
            assertThat(files.map(one -> one.getFileName().toString()).sorted())
                    .isEqualTo(List.of("bad.xml", "good.xml"));
        }
        assertThat(GraphXml.read(Files.readString(graphs.resolve("bad.xml")), "bad")
                        .synapses())
                .isEmpty();
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        assertThat(run("simulate")).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("ringfence: simulate: one of --cib FILE and --batch FOLDER is needed;"
                        + " see 'ringfence simulate --help'\n");
        assertThat(run("simulate", "--batch", folder.toString())).isEqualTo(2);
        assertThat(run.err()).contains("--batch needs --save-graphs FOLDER");
        assertThat(run("simulate", "--cib", file.toString(), "--at", "teatime")).isEqualTo(2);
        assertThat(run.err()).contains("'teatime' is not a time");
        Path times = Files.writeString(folder.resolve("times"), "one\ttwo\n");
        assertThat(run(
                        "simulate",
                        "--batch",
                        folder.toString(),
                        "--save-graphs",
                        folder.resolve("g").toString(),
                        "--times",
                        times.toString()))
                .isEqualTo(2);
        assertThat(run.err()).contains(times + ":1:1: 'one\ttwo' is not NAME<tab>TIME");
        assertThat(folder.resolve("g")).doesNotExist();
    }

    @Test
    void configurationsAreShownAndReplacedInFiles() throws IOException {
        Path target = folder.resolve("target.xml");
        assertThat(run("configure", "load", "--cib", target.toString(), file.toString()))
                .as(run.err())
                .isZero();
        assertThat(run("configure", "show", "--xml", "--cib", target.toString()))
                .isZero();
        assertThat(run.out()).contains("<primitive id=\"web\"").doesNotContain("<node_state");
        Path other = Files.writeString(
                folder.resolve("other.xml"), "<cib><configuration><resources/></configuration></cib>");
        assertThat(run("configure", "load", "--plan", "--cib", target.toString(), other.toString()))
                .isZero();
        assertThat(Files.readString(target)).contains("<primitive id=\"web\"");
        assertThat(run("configure", "load", "--cib", target.toString(), other.toString()))
                .isZero();
        assertThat(Files.readString(target)).doesNotContain("<primitive").contains("<node_state id=\"1\"");
    }
}
