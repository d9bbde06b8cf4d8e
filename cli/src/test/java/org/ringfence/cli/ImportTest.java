package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.cli.testing.CommandRun;

class ImportTest {
    @TempDir
    Path folder;

    private CommandRun run = new CommandRun();

    private int run(String... arguments) {
        run = new CommandRun();
        return new CommandLines(run.context()).run(arguments);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void heartbeatsFilesBecomeAConfigurationAndAReport() throws IOException {
        String settings = file("ha.cf", "node a b\nudpport 694\nauto_failback on\n");
        String resources = file("haresources", "a 192.0.2.1/24 apache\n");
        assertThat(run("import", settings, resources)).isEqualTo(3);
        assertThat(run.out()).contains("group group-a address apache").contains("rsc_defaults");
        assertThat(run.err()).contains("note: " + settings + ":2:1: udpport").contains("fencing");
    }

    @Test
    void aSavedCibIsReadWithWhatDiffers() throws IOException {
        String cib = file("cib.xml", """
            <cib admin_epoch="0" epoch="7" num_updates="0" have-quorum="1"><configuration>
              <crm_config><cluster_property_set id="cib-bootstrap-options">
                <nvpair id="a" name="dc-deadtime" value="20s"/><nvpair id="b" name="load-threshold" value="80%"/>
              </cluster_property_set></crm_config>
              <nodes><node id="1" uname="n1"/></nodes>
              <resources>
                <primitive id="power" class="stonith" type="fence_ipmilan"/>
                <primitive id="old" class="upstart" type="x"/>
                <primitive id="far" class="ocf" provider="pacemaker" type="remote"/>
              </resources><constraints/>
            </configuration><status><node_state id="1" uname="n1"/></status></cib>
            """);
        assertThat(run("import", cib)).isEqualTo(2);
        assertThat(run.out()).contains("primitive power stonith:fence_ipmilan").doesNotContain("status");
        assertThat(run.err())
                .contains("dc-deadtime=20s: is not used")
                .contains("upstart")
                .contains("remote nodes")
                .contains("status: is not taken over");
    }

    @Test
    void crmshsTextAndXmlOutAreSupported() throws IOException {
        String text = file("old.crm", "node n1\nprimitive power stonith:fence_ipmilan\nprimitive web systemd:nginx\n");
        assertThat(run("import", text, "--xml")).isZero();
        assertThat(run.out()).startsWith("<cib ").contains("<primitive id=\"web\" class=\"systemd\" type=\"nginx\"/>");
        assertThat(run("import", text, "--json")).isZero();
        assertThat(run.out()).startsWith("{\"configuration\":\"node n1");
    }

    @Test
    void aMistakeIsOneLineWithItsPlace() throws IOException {
        String text = file("old.crm", "primitive\n");
        assertThat(run("import", text)).isEqualTo(2);
        assertThat(run.err().lines().count()).isEqualTo(1);
        assertThat(run.err()).contains(text + ":1:");
        assertThat(run("import", text, text)).isEqualTo(2);
        assertThat(run("import", folder.resolve("nowhere").toString())).isEqualTo(2);
    }
}
