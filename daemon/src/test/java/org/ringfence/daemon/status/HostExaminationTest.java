package org.ringfence.daemon.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.doctor.Diagnosis;
import org.ringfence.controller.doctor.Finding;
import org.ringfence.controller.doctor.HostsTold;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

/** A host whose files are in a folder; what it finds there. */
class HostExaminationTest {
    private static final NodeId N1 = new NodeId("n1");

    @TempDir
    Path root;

    private final TreeMap<NodeId, Duration> clocks = new TreeMap<>();

    /** A host on which nothing is wrong. */
    @BeforeEach
    void host() throws IOException {
        write("proc/swaps", "Filename Type Size Used Priority\n");
        write("proc/self/status", "Name: java\nVmLck:\t       0 kB\n");
        write("proc/sys/kernel/hostname", "n1\n");
        write("run/chrony/chronyd.pid", "1\n");
        clocks.put(N1, Duration.ZERO);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private HostExamination host(Path state) {
        return new HostExamination(N1, state, agent -> !agent.type().equals("missing"), () -> clocks, root);
    }

    private static Cib cib(String resources) throws UnusableInputException {
        return Cib.read(
                "<cib><configuration><crm_config/><nodes/><resources>" + resources
                        + "</resources><constraints/></configuration></cib>",
                "test");
    }

    private static String primitive(String id, String provider, String type, String inside) {
        return "<primitive id='%s' class='ocf' provider='%s' type='%s'>%s</primitive>"
                .formatted(id, provider, type, inside);
    }

    private List<Finding> findings(String resources) throws UnusableInputException {
        return host(root).findings(cib(resources));
    }

    private List<Diagnosis> found() throws UnusableInputException {
        return findings("").stream().map(Finding::diagnosis).toList();
    }

    @Test
    void nothingIsFoundOnAHostThatIsWell() throws UnusableInputException {
        assertThat(findings(primitive("db", "heartbeat", "Dummy", ""))).isEmpty();
        assertThat(host(root).examine(cib("")).checked()).contains("clock-not-set", "drbd-without-fencing");
    }

    @Test
    void anAgentThatIsMissingWhereverItsResourceIs() throws UnusableInputException {
        String resources = primitive("a", "x", "missing", "") + "<group id='g'>" + primitive("b", "x", "Dummy", "")
                + "<clone id='no'/></group><clone id='c'>" + primitive("d", "x", "missing", "") + "</clone>";
        assertThat(findings(resources.replace("<clone id='no'/>", "")))
                .extracting(Finding::diagnosis, Finding::element)
                .containsExactly(
                        tuple(Diagnosis.AGENT_MISSING, "primitive a"), tuple(Diagnosis.AGENT_MISSING, "primitive d"));
    }

    @Test
    void swapMattersUnlessMemoryIsLocked() throws IOException, UnusableInputException {
        write("proc/swaps", "Filename Type Size Used Priority\n/swap file 1 0 -2\n");
        assertThat(found()).containsExactly(Diagnosis.MEMORY_CAN_BE_SWAPPED);
        write("proc/self/status", "Name: java\nVmLck:\t   81920 kB\n");
        assertThat(found()).isEmpty();
    }

    @Test
    void theHostsNameIsItsNodesWithOrWithoutADomain() throws IOException, UnusableInputException {
        write("proc/sys/kernel/hostname", "n1.example.org\n");
        assertThat(found()).isEmpty();
        write("proc/sys/kernel/hostname", "n11\n");
        assertThat(findings(""))
                .containsExactly(new Finding(Diagnosis.HOST_NAME_DIFFERS, "host of n1", "it is called n11"));
    }

    @Test
    void somethingKeepsTheClock() throws IOException, UnusableInputException {
        Files.delete(root.resolve("run/chrony/chronyd.pid"));
        assertThat(found()).containsExactly(Diagnosis.CLOCK_NOT_SET);
        write("run/systemd/timesync/synchronized", "");
        assertThat(found()).isEmpty();
    }

    @Test
    void aFileSystemThatCannotBeAskedIsAFinding() throws UnusableInputException {
        assertThat(host(root.resolve("nowhere")).findings(cib("")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.diagnosis()).isEqualTo(Diagnosis.DISK_NEARLY_FULL);
                    assertThat(finding.detail()).startsWith("cannot be asked");
                });
    }

    @Test
    void clocksThatAreASecondApart() throws UnusableInputException {
        clocks.put(new NodeId("n2"), Duration.ofMillis(999));
        assertThat(findings("")).isEmpty();
        clocks.put(new NodeId("n3"), Duration.ofMillis(-1_500));
        assertThat(findings("")).containsExactly(new Finding(Diagnosis.CLOCKS_DIFFER, "host of n3", "1500 ms behind"));
    }

    @Test
    void aReplicatedDiskThatGoesOnAlone() throws IOException, UnusableInputException {
        String drbd = "<clone id='disks'>"
                + primitive(
                        "disk",
                        "linbit",
                        "drbd",
                        "<instance_attributes id='p'><nvpair id='r' name='drbd_resource'"
                                + " value='r0'/></instance_attributes>")
                + "</clone>";
        assertThat(findings(drbd)).as("no files to judge by").isEmpty();

        write("etc/drbd.conf", "include \"drbd.d/global_common.conf\";\ninclude \"drbd.d/*.res\";\n");
        write("etc/drbd.d/global_common.conf", "global { usage-count no; }\ncommon {\n  net { protocol C; }\n}\n");
        write(
                "etc/drbd.d/r0.res",
                "resource r0 {\n  # net { fencing resource-only; }\n  on n1 { device /dev/drbd0; }\n}\n");
        assertThat(findings(drbd))
                .containsExactly(new Finding(
                        Diagnosis.DRBD_WITHOUT_FENCING, "primitive disk", "resource r0 on n1 has fencing dont-care"));

        write(
                "etc/drbd.d/r0.res",
                "resource \"r0\" { net { fencing resource-and-stonith; } on n1 { device /dev/drbd0; } }");
        assertThat(findings(drbd)).isEmpty();

        write("etc/drbd.d/r0.res", "resource r0 { on n1 { device /dev/drbd0; } }");
        write("etc/drbd.d/global_common.conf", "common { disk { fencing resource-only; } }");
        assertThat(findings(drbd)).as("as before DRBD 9, for all").isEmpty();
    }

    @Test
    void whatIsToldOfTheHostIsWhatWasFoundAndTheRelease() throws IOException, UnusableInputException {
        write("proc/sys/kernel/hostname", "n11\n");
        Cib cib = cib(primitive("a", "x", "missing", ""));
        assertThat(new HostReport(host(root), cib::write).values())
                .containsEntry(HostsTold.FINDINGS, "agent-missing=primitive a; host-name-differs=host of n1")
                .containsKey(HostsTold.RELEASE);
        assertThat(new HostReport(host(root), () -> "").values()).isEmpty();
    }
}
