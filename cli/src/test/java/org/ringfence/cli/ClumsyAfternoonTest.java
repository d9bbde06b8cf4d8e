package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.testing.CommandRun;
import org.ringfence.cli.testing.FakeNode;
import org.ringfence.model.cib.CibVersion;

/** Typos, wrong types, unknown names, half a file and 50 MB of it: one line each, status 2, nothing changed. */
class ClumsyAfternoonTest {
    private static final String CIB = """
        <cib epoch="7"><configuration><crm_config/>
        <nodes><node id="1" uname="alpha"/><node id="2" uname="beta"/></nodes>
        <resources><primitive id="power" class="stonith" type="fence_x"/>
        <primitive id="db" class="ocf" provider="heartbeat" type="Dummy"/></resources>
        <constraints><rsc_location id="db-alpha" rsc="db" node="alpha" score="5"/></constraints></configuration>
        <status/></cib>
        """;

    @TempDir
    static Path folder;

    private static FakeNode node;

    /** Whatever is asked is answered as by a cluster at rest; what would change it is remembered. */
    @BeforeAll
    static void node() throws IOException {
        node = new FakeNode(
                folder.resolve("node"),
                request -> List.of(
                        switch (request) {
                            case Request.ConfigureShow _, Request.Snapshot _ ->
                                new Reply.Configuration(
                                        new CibVersion(0, 7, 0), CIB, new Reply.ChangeNote("", Instant.EPOCH, ""));
                            default -> new Reply.Done("done", List.of());
                        }));
        write("half.xml", CIB.substring(0, 200));
        write("half.crm", "primitive web Dummy \\\n");
        write("typo.crm", "primitve web Dummy\n");
        write("twice.crm", "primitive web Dummy\nprimitive web Dummy\n");
        write("type.crm", "primitive web Dummy op monitor interval=soon\nlocation l web much: alpha\n");
        write("quote.crm", "primitive web Dummy params a=\"open\n");
        write("dangling.crm", "primitive web Dummy\nlocation web-here wbe 5: alpha\n");
        write("order.crm", "primitive web Dummy\n\n  order late Mandatory: db wbe\n");
        write("tag.crm", "tag all: db nothing-there\n");
        write("empty.xml", "");
        write("other.xml", "<html><body/></html>");
        write("dtd.xml", "<!DOCTYPE cib [<!ENTITY a \"b\">]><cib><configuration/></cib>");
        write("good.xml", CIB);
        write("time.crm", "primitive web Dummy\nproperty stonith-enabled=true cluster-delay=long\n");
        write("choice.crm", "property no-quorum-policy=stopp\n");
        write(
                "truth.xml",
                CIB.replace(
                        "<crm_config/>",
                        "<crm_config><cluster_property_set id='o'><nvpair id='e' name='stonith-enabled'"
                                + " value='maybe'/></cluster_property_set></crm_config>"));
        write(
                "dangling.xml",
                CIB.replace(
                        "</constraints>", "\n <rsc_location id='l' rsc='dbb' node='alpha' score='1'/></constraints>"));
        Files.write(folder.resolve("bytes.crm"), new byte[] {(byte) 0xff, 0, 1});
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @AfterAll
    static void close() throws IOException {
        node.close();
    }

    private static String complaint(String... typed) {
        String[] arguments = new String[typed.length];
        for (int index = 0; index < typed.length; index++) {
            arguments[index] = typed[index].replace("@", folder + "/");
        }
        var run = new CommandRun().with("RINGFENCE_SOCKET", node.socket().toString());
        int status = new CommandLines(run.context()).run(arguments);
        assertThat(status).as("%s said: %s", String.join(" ", typed), run.err()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.out()).isEmpty();
        assertThat(node.requests()).noneMatch(Request::changes);
        return run.err();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '"', textBlock = """
        sttus                                           => did you mean 'status'?
        wy db                                           => did you mean 'why'?
        status --verbose                                => unknown option '--verbose'
        why                                             => RESOURCE is missing
        why dbb                                         => did you mean 'db'?
        why db --not gamma                              => node gamma: is not configured
        why db --not a/b                                => 'a/b' cannot be the name of a node
        why db --cib @nowhere.xml                       => does not exist
        why db --cib @half.xml                          => half.xml:
        why db --cib @good.xml --at someday             => 'someday' is not a time
        why db --at someday                             => 'someday' is not a point in time
        why-fenced                                      => NODE is missing
        why-fenced bta                                  => did you mean 'beta'?
        whatif                                          => one of --node-down NODE and --every-single-failure is needed
        whatif --node-down bta                          => did you mean 'beta'?
        whatif --every-single-failure --cib @other.xml  => is not a cluster configuration
        doctor fencing-missin                           => did you mean 'fencing-missing'?
        doctor everything                               => is not in the catalogue
        doctor --cib @empty.xml                         => empty.xml
        configure shwo                                  => did you mean 'show'?
        configure set                                   => NAME=VALUE is missing
        configure set maintenance                       => is not NAME=VALUE
        configure set --resource dbb target-role=Stopped => resource dbb: is not configured
        configure set --resource db target-role         => is not NAME=VALUE
        configure delete                                => ID is missing
        configure delete db-alhpa                       => did you mean 'db-alpha'?
        configure delete db                             => delete it in the same command
        configure load                                  => FILE
        configure load @nowhere.crm                     => does not exist
        configure load @                                => is a folder
        configure load @typo.crm                        => typo.crm:1:1: expected a statement
        configure load @half.xml                        => half.xml:
        configure load @bytes.crm                       => is not text in UTF-8
        configure load @other.xml                       => is not a cluster configuration
        configure load @dangling.xml                    => dangling.xml:
        configure load @dangling.xml                    => did you mean 'db'?
        configure load @time.crm                        => time.crm:2:31: property cluster-delay: cannot be 'long'
        configure load @truth.xml                       => truth.xml:1:
        configure load @truth.xml                       => property stonith-enabled: cannot be 'maybe'; set it to true or false
        apply @choice.crm                               => choice.crm:1:10: property no-quorum-policy: cannot be 'stopp'
        configure load updaet @typo.crm                 => did you mean 'update'?
        apply @quote.crm                                => quote.crm:1:
        apply @twice.crm                                => twice.crm:2:
        apply @dangling.crm                             => there is no resource 'wbe'; did you mean 'web'?
        apply @dangling.crm --plan                      => did you mean 'web'?
        apply @order.crm                                => order.crm:3:3:
        apply @tag.crm                                  => tag.crm:1:13:
        diff @dangling.crm                              => dangling.crm:2:1:
        configure load update @dangling.crm             => dangling.crm:2:1:
        configure load @dangling.crm --cib @good.xml    => dangling.crm:2:1:
        ban db al:pha                                   => 'al:pha' cannot be the name of a node
        move db al/pha                                  => 'al/pha' cannot be the name of a node
        standby al,pha                                  => 'al,pha' cannot be the name of a node
        fence al:pha                                    => 'al:pha' cannot be the name of a node
        ban                                             => RESOURCE is missing
        ban db alpha --for soon                         => is not a duration
        move db beta --for 0s                           => '0s' is not longer than nothing
        move db beta --for -5m                          => is not a duration
        wait --timeout 0s                               => '0s' is not longer than nothing
        configure set --resource db =Stopped            => is not NAME=VALUE
        configure set maintenance-mode=maybe            => cannot be 'maybe'; set it to true or false
        configure set stonith-enabled=yess              => cannot be 'yess'
        configure set no-quorum-policy=stopp            => set it to one of stop, freeze
        configure set =true                             => is not NAME=VALUE
        rollback -1                                     => there is no configuration -1
        rollback 0                                      => there is no configuration 0
        maintenance                                     => on|off is missing
        import                                          => FILE
        import @nowhere.xml                             => does not exist
        report /nowhere/at/all/report.tar.gz            => /nowhere/at/all
        history --since 10m 2026-01-01-n1-1 more        => 'more' is one word too many
        apply @empty.xml --prune=maybe                  => --prune
        diff @typo.crm                                  => did you mean 'primitive'?
        rollback yesterday                              => is not an int
        move                                            => RESOURCE is missing
        move db beta --for 10                           => is not a duration
        move db beta gamma                              => 'gamma' is one word too many
        cleanup dbb                                     => resource dbb: is not configured
        cleanup db --node gamma                         => node gamma: is not a node of this cluster
        standby                                         => NODE is missing
        maintenance of                                  => 'of' is neither on nor off
        fence                                           => NODE is missing
        fence beta --of                                 => unknown option '--of'
        fence confirm beta                              => --reason is missing
        history --since tomorrow                        => is not a point in time
        wait --timeout never                            => is not a duration
        timers --target soon                            => is no span of time
        simulate --cib @good.xml --op-inject db=1       => is not RESOURCE_OPERATION_INTERVAL@NODE=RC
        simulate --cib @dtd.xml                         => dtd.xml:1:
        completion fish                                 => 'fish' is neither bash nor zsh
        """)
    void oneLineSaysWhatIsWrong(String typed, String expected) {
        assertThat(complaint(typed.split(" +"))).contains(expected);
    }

    @Test
    void fiftyMegabytesThatAreNoConfigurationAreRefusedInOneLine() throws IOException {
        Path huge = folder.resolve("huge.crm");
        Files.writeString(huge, "x".repeat(50 << 20));
        assertThat(complaint("configure", "load", huge.toString())).contains("is longer than any configuration");
        Files.delete(huge);
    }
}
