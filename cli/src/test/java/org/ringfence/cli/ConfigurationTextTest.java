package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.testing.CommandRun;
import org.ringfence.cli.testing.FakeNode;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.CibVersion;

/** The configuration as text, offline on files and towards a node. */
class ConfigurationTextTest {
    private static final String CIB = """
        <cib admin_epoch="0" epoch="7" num_updates="0"><configuration>
          <crm_config/>
          <nodes><node id="1" uname="n1"/></nodes>
          <resources>
            <primitive id="power" class="stonith" type="fence_x"/>
            <group id="shop"><primitive id="web" class="ocf" provider="heartbeat" type="Dummy"/></group>
          </resources>
          <constraints/>
        </configuration></cib>
        """;
    private static final String TEXT = """
        node 1: n1
        primitive power stonith:fence_x
        primitive web Dummy
        group shop web
        """;
    private static final NodeId N1 = new NodeId("n1");

    @TempDir
    Path folder;

    private CommandRun run = new CommandRun();

    private int run(String... arguments) {
        run = new CommandRun().with("RINGFENCE_SOCKET", folder.resolve("n").toString());
        return new CommandLines(run.context()).run(arguments);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private FakeNode node(Reply.Plan plan) throws IOException {
        var note = new Reply.ChangeNote("root@n1", Instant.EPOCH, "first");
        return new FakeNode(
                folder.resolve("n"),
                request -> List.of(
                        switch (request) {
                            case Request.ConfigureShow _ -> new Reply.Configuration(new CibVersion(0, 7, 0), CIB, note);
                            case Request.ConfigureLoad load when load.planOnly() -> plan;
                            case Request.ConfigureHistory _ ->
                                new Reply.KeptConfigurations(
                                        List.of(
                                                new Reply.KeptConfiguration(5, new CibVersion(0, 7, 0), note),
                                                new Reply.KeptConfiguration(4, new CibVersion(0, 6, 0), note)),
                                        List.of());
                            case Request.ConfigureShowKept kept ->
                                new Reply.Configuration(
                                        new CibVersion(0, kept.number() + 2, 0),
                                        kept.number() == 5 ? CIB : CIB.replace("fence_x", "fence_y"),
                                        note);
                            default -> new Reply.Done("done", List.of());
                        }));
    }

    private static Reply.Plan stops(String... resources) {
        return new Reply.Plan(
                List.of(resources).stream()
                        .map(resource -> new Reply.PlannedStep("stop", resource, N1, Optional.empty()))
                        .toList(),
                List.of(),
                List.of());
    }

    @Test
    void aFileIsShownAsTextWholeOrInPart() throws IOException {
        String cib = file("a.xml", CIB);
        assertThat(run("configure", "show", "--cib", cib)).isZero();
        assertThat(run.out()).isEqualTo(TEXT);
        assertThat(run("configure", "show", "--cib", cib, "type:group", "power"))
                .isZero();
        assertThat(run.out()).isEqualTo("primitive power stonith:fence_x\ngroup shop web\n");
        assertThat(run("configure", "show", "--cib", cib, "shpo")).isEqualTo(2);
        assertThat(run.err()).isEqualTo("ringfence: 'shpo': is not in the configuration; did you mean 'shop'?\n");
    }

    @Test
    void aTextIsLoadedIntoAFile() throws IOException {
        String cib = file("a.xml", CIB);
        String text = file("b.crm", "primitive db Dummy\n");
        assertThat(run("configure", "load", "--cib", cib, "update", text))
                .as(run.err())
                .isZero();
        assertThat(run("configure", "show", "--cib", cib)).isZero();
        assertThat(run.out()).isEqualTo(TEXT + "primitive db Dummy\n");
        String mistakes = file("c.crm", "primitive db\nprimitve x Dummy\n");
        assertThat(run("configure", "load", "--cib", cib, mistakes)).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(2).allMatch(line -> line.startsWith("ringfence: " + mistakes + ":"));
        assertThat(run("configure", "show", "--cib", cib)).isZero();
        assertThat(run.out()).isEqualTo(TEXT + "primitive db Dummy\n");
    }

    @Test
    void verifyTellsWhatIsUnsafeAndWhatRefersToNothing() throws IOException {
        assertThat(run("configure", "verify", file("good.crm", TEXT))).isZero();
        assertThat(run("configure", "verify", file("unsafe.crm", "primitive web Dummy\n")))
                .isEqualTo(3);
        assertThat(run.out()).contains("NO RESOURCE WILL START");
        assertThat(run("configure", "verify", file("bad.crm", TEXT + "location l wbe 1: n1\n")))
                .isEqualTo(2);
        assertThat(run.out()).contains("did you mean 'web'?").endsWith(": 1 errors\n");
    }

    @Test
    void diffShowsStatementsThatDiffer() throws IOException {
        String cib = file("a.xml", CIB);
        String text = file("b.crm", "primitive web Dummy params a=1\nlocation l shop 5: n1\n");
        assertThat(run("diff", "--cib", cib, text)).isZero();
        assertThat(run.out()).isEqualTo("""
            - primitive web Dummy
            + primitive web Dummy \\
            + 	params a=1
            + location l shop 5: n1
            """);
        assertThat(run("diff", "--cib", cib, file("same.crm", TEXT))).isZero();
        assertThat(run.out()).isEqualTo("There is no difference.\n");
    }

    @Test
    void applyIsMadeFromTheVersionThatWasRead() throws IOException {
        try (FakeNode node = node(stops())) {
            assertThat(run("apply", file("b.crm", "primitive db Dummy\n"), "--reason", "more"))
                    .as(run.err())
                    .isZero();
            assertThat(node.requests().getLast()).isInstanceOfSatisfying(Request.ConfigureLoad.class, load -> {
                assertThat(load.onlyIf()).contains(new CibVersion(0, 7, 0));
                assertThat(load.cib()).contains("\"db\"", "\"web\"");
                assertThat(load.planOnly()).isFalse();
            });
            assertThat(run("apply", file("same.crm", TEXT))).isZero();
            assertThat(run.out()).isEqualTo("it is so already\n");
        }
    }

    @Test
    void applyDoesNotStopWhatNobodyAskedToStop() throws IOException {
        try (FakeNode node = node(stops("web"))) {
            String text = file("b.crm", "primitive web Dummy params a=1\n");
            assertThat(run("apply", text)).isEqualTo(3);
            assertThat(run.err())
                    .contains("resource \"web\": would be stopped on n1")
                    .contains("--accept-stops web");
            assertThat(node.requests()).noneMatch(ConfigurationTextTest::changes);
            assertThat(run("apply", text, "--plan")).isZero();
            assertThat(run.out()).contains("+ \tparams a=1", "This would be refused as unsafe:", "stop  web");
            assertThat(node.requests()).noneMatch(ConfigurationTextTest::changes);
            assertThat(run("apply", text, "--accept-stops", "shop"))
                    .as(run.err())
                    .isZero();
            assertThat(run("apply", file("c.crm", "primitive web Dummy meta target-role=Stopped\n")))
                    .isZero();
            assertThat(run("apply", "--prune", file("d.crm", "primitive power stonith:fence_x\n")))
                    .isZero();
        }
    }

    private static boolean changes(Request request) {
        return request.changes();
    }

    @Test
    void rollbackGoesToTheOneBefore() throws IOException {
        try (FakeNode node = node(stops())) {
            assertThat(run("rollback")).as(run.err()).isZero();
            assertThat(node.requests().getLast()).isInstanceOfSatisfying(Request.ConfigureLoad.class, load -> {
                assertThat(load.cib()).contains("fence_y");
                assertThat(load.reason()).isEqualTo("back to configuration 4");
            });
            assertThat(run("configure", "history")).isZero();
            assertThat(run.out().lines())
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("5")
                    .contains("root@n1");
            assertThat(run("configure", "history", "5")).isZero();
            assertThat(run.out()).isEqualTo("- primitive power stonith:fence_y\n+ primitive power stonith:fence_x\n");
        }
    }

    @Test
    void anEditThatChangesNothingAsksForNothing() throws IOException {
        try (FakeNode node = node(stops())) {
            run = new CommandRun()
                    .with("RINGFENCE_SOCKET", folder.resolve("n").toString())
                    .with("EDITOR", "true");
            assertThat(new CommandLines(run.context()).run("configure", "edit"))
                    .as(run.err())
                    .isZero();
            assertThat(node.requests()).containsExactly(new Request.ConfigureShow());
            run = new CommandRun()
                    .with("RINGFENCE_SOCKET", folder.resolve("n").toString())
                    .with("EDITOR", "sed -i s/fence_x/fence_z/");
            assertThat(new CommandLines(run.context()).run("configure", "edit"))
                    .as(run.err())
                    .isZero();
            assertThat(node.requests().getLast())
                    .isInstanceOfSatisfying(
                            Request.ConfigureLoad.class,
                            load -> assertThat(load.cib()).contains("fence_z"));
        }
    }
}
