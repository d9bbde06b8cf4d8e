package org.ringfence.controller.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

/** Each diagnosis of a configuration is found where it is, and not in a configuration that is well. */
class DoctorTest {
    private static final String DUMMY = "class=\"ocf\" provider=\"heartbeat\" type=\"Dummy\"";
    private static final String WATCHED =
            "<operations><op id=\"%s-m\" name=\"monitor\" interval=\"10s\" timeout=\"20s\"/></operations>";
    private static final String DEVICE =
            "<primitive id=\"power\" class=\"stonith\" type=\"fence_x\"><instance_attributes"
                    + " id=\"pp\"><nvpair id=\"ph\" name=\"pcmk_host_list\" value=\"n1 n2 n3\"/></instance_attributes>"
                    + WATCHED.formatted("power") + "</primitive>";
    private static final String STICKY = "<rsc_defaults><meta_attributes id=\"d\"><nvpair id=\"ds\""
            + " name=\"resource-stickiness\" value=\"100\"/></meta_attributes></rsc_defaults>";

    private static Cib cib(String properties, String resources, String constraints, String more)
            throws UnusableInputException {
        return Cib.read(
                "<cib><configuration><crm_config><cluster_property_set id=\"p\">" + properties
                        + "<nvpair id=\"t\" name=\"recovery-target\""
                        + " value=\"60s\"/></cluster_property_set></crm_config><nodes><node id=\"1\""
                        + " uname=\"n1\"/><node"
                        + " id=\"2\""
                        + " uname=\"n2\"/><node"
                        + " id=\"3\""
                        + " uname=\"n3\"/></nodes>"
                        + "<resources>" + resources + "</resources><constraints>" + constraints + "</constraints>"
                        + more
                        + "</configuration></cib>",
                "test");
    }

    private static String property(String name, String value) {
        return "<nvpair id=\"x-" + name + "\" name=\"" + name + "\" value=\"" + value + "\"/>";
    }

    private static String meta(String id, String name, String value) {
        return "<meta_attributes id=\"" + id + "-meta\"><nvpair id=\"" + id + "-" + name + "\" name=\"" + name
                + "\" value=\"" + value + "\"/></meta_attributes>";
    }

    private static String primitive(String id, String inside) {
        return "<primitive id=\"" + id + "\" " + DUMMY + ">" + inside + WATCHED.formatted(id) + "</primitive>";
    }

    private static List<Diagnosis> found(Cib cib) {
        return Doctor.examine(cib).stream().map(Finding::diagnosis).distinct().toList();
    }

    @Test
    void nothingIsFoundInWhatIsWell() throws UnusableInputException {
        assertThat(Doctor.examine(cib("", DEVICE + primitive("db", ""), "", STICKY)))
                .isEmpty();
    }

    @Test
    void fencing() throws UnusableInputException {
        String db = primitive("db", "");
        assertThat(found(cib(property("stonith-enabled", "false"), DEVICE + db, "", STICKY)))
                .containsExactly(Diagnosis.FENCING_OFF);
        assertThat(found(cib("", db, "", STICKY))).contains(Diagnosis.FENCING_MISSING);
        assertThat(found(cib("", DEVICE.replace("n1 n2 n3", "n1 n2") + db, "", STICKY)))
                .containsExactly(Diagnosis.FENCING_UNCOVERED);
        String only = "<rsc_location id=\"a\" rsc=\"power\" node=\"n2\" score=\"-INFINITY\"/>"
                + "<rsc_location id=\"b\" rsc=\"power\" node=\"n3\" score=\"-INFINITY\"/>";
        assertThat(found(cib("", DEVICE + db, only, STICKY))).containsExactly(Diagnosis.FENCING_BY_ITSELF);
        assertThat(found(cib(property("no-quorum-policy", "ignore"), DEVICE + db, "", STICKY)))
                .containsExactly(Diagnosis.QUORUM_IGNORED);
        String topology = "<fencing-topology><fencing-level id=\"l\" target=\"n1\" index=\"1\" devices=\"gone\"/>"
                + "</fencing-topology>";
        assertThat(found(cib("", DEVICE + db, "", topology + STICKY))).contains(Diagnosis.FENCING_TOPOLOGY);
    }

    @Test
    void twoNodesNeedADelay() throws UnusableInputException {
        Cib three = cib("", DEVICE, "", STICKY);
        Cib two = Cib.read(three.write().replaceAll("<node id=\"3\"[^>]*>", ""), "test");
        assertThat(found(two)).containsExactly(Diagnosis.FENCING_NO_DELAY);
        assertThat(found(org.ringfence.model.cib.CibEdit.withProperty(two, "priority-fencing-delay", "10s")))
                .isEmpty();
    }

    @Test
    void howResourcesAreWatchedAndTimed() throws UnusableInputException {
        String unwatched = "<primitive id=\"db\" " + DUMMY + "/>";
        assertThat(found(cib("", DEVICE + unwatched, "", STICKY))).containsExactly(Diagnosis.MONITOR_MISSING);
        String promotable = "<clone id=\"dbs\">" + meta("dbs", "promotable", "true") + primitive("db", "") + "</clone>";
        assertThat(found(cib("", DEVICE + promotable, "", STICKY)))
                .containsExactly(Diagnosis.MONITOR_OF_PROMOTED_MISSING);
        assertThat(found(cib("", DEVICE + primitive("db", meta("db", "migration-threshold", "3")), "", STICKY)))
                .containsExactly(Diagnosis.THRESHOLD_WITHOUT_TIMEOUT);
        assertThat(found(cib("", DEVICE + primitive("db", meta("db", "is-managed", "false")), "", STICKY)))
                .containsExactly(Diagnosis.UNMANAGED);
        assertThat(found(cib(property("maintenance-mode", "true"), DEVICE, "", STICKY)))
                .containsExactly(Diagnosis.MAINTENANCE_LEFT_ON);
        assertThat(found(cib("", DEVICE, "", ""))).containsExactly(Diagnosis.NO_STICKINESS);
    }

    @Test
    void aTimeoutUnderWhatWasMeasured() throws UnusableInputException {
        String status =
                "<status><node_state id=\"1\" uname=\"n1\"><lrm id=\"1\"><lrm_resources><lrm_resource id=\"db\" "
                        + DUMMY
                        + "><lrm_rsc_op id=\"db_monitor_10000\" operation_key=\"db_monitor_10000\""
                        + " operation=\"monitor\" interval=\"10000\" transition-key=\"1:1:0:x\" call-id=\"1\""
                        + " rc-code=\"0\" op-status=\"0\" exec-time=\"15000\"/>"
                        + "</lrm_resource></lrm_resources></lrm></node_state></status></cib>";
        String text = cib("", DEVICE + primitive("db", ""), "", STICKY).write();
        int end = text.indexOf("<status");
        assertThat(found(Cib.read(text.substring(0, end) + status, "test"))).contains(Diagnosis.TIMEOUT_SHORT);
    }

    @Test
    void addressesAndFileSystems() throws UnusableInputException {
        String address =
                "<primitive id=\"%s\" class=\"ocf\" provider=\"heartbeat\" type=\"IPaddr2\"><instance_attributes"
                        + " id=\"%1$s-p\"><nvpair id=\"%1$s-ip\" name=\"ip\" value=\"10.0.0.1\"/></instance_attributes>"
                        + "<operations><op id=\"%1$s-o\" name=\"monitor\" interval=\"10s\"/></operations></primitive>";
        assertThat(found(cib("", DEVICE + address.formatted("a") + address.formatted("b"), "", STICKY)))
                .containsExactly(Diagnosis.ADDRESS_TWICE);
        String files = address.formatted("fs")
                .replace("IPaddr2", "Filesystem")
                .replace("\"ip\"", "\"fstype\"")
                .replace("10.0.0.1", "gfs2");
        assertThat(found(cib("", DEVICE + files, "", STICKY))).containsExactly(Diagnosis.FILE_SYSTEM_WITHOUT_LOCKS);
        String locks = address.formatted("dlm").replace("IPaddr2", "controld").replace("heartbeat", "pacemaker");
        assertThat(found(cib("", DEVICE + files + locks, "", STICKY))).isEmpty();
    }

    @Test
    void constraints() throws UnusableInputException {
        String two = DEVICE + primitive("a", "") + primitive("b", "");
        String apart = "<rsc_location id=\"l1\" rsc=\"a\" node=\"n1\" score=\"-INFINITY\"/>"
                + "<rsc_location id=\"l2\" rsc=\"b\" node=\"n2\" score=\"-INFINITY\"/>"
                + "<rsc_location id=\"l3\" rsc=\"b\" node=\"n3\" score=\"-INFINITY\"/>";
        String together = "<rsc_colocation id=\"c\" rsc=\"a\" with-rsc=\"b\" score=\"INFINITY\"/>";
        assertThat(found(cib("", two, apart + together, STICKY))).containsExactly(Diagnosis.COLOCATION_NEVER);
        assertThat(found(cib("", two, together, STICKY))).isEmpty();
        String opposite = "<rsc_colocation id=\"d\" rsc=\"b\" with-rsc=\"a\" score=\"-INFINITY\"/>";
        assertThat(found(cib("", two, together + opposite, STICKY))).containsExactly(Diagnosis.COLOCATION_NEVER);
        String left = "<rsc_location id=\"cli-ban-a-on-n1\" rsc=\"a\" node=\"n1\" score=\"-INFINITY\"/>";
        assertThat(found(cib("", two, left, STICKY))).containsExactly(Diagnosis.MOVE_LEFT_BEHIND);
        String clones = DEVICE + "<clone id=\"as\">" + primitive("a", "") + "</clone><clone id=\"bs\">"
                + primitive("b", "") + "</clone>";
        String order = "<rsc_order id=\"o\" first=\"as\" then=\"bs\"/>";
        assertThat(found(cib("", clones, order, STICKY))).containsExactly(Diagnosis.CLONE_NOT_INTERLEAVED);
    }

    private static Cib told(String... nodes) throws UnusableInputException {
        var states = new StringBuilder("<status>");
        for (int index = 0; index < nodes.length; index += 3) {
            states.append(
                    "<node_state id=\"%1$s\" uname=\"%1$s\"><transient_attributes id=\"%1$s\"><instance_attributes id=\"i%1$s\">"
                                    .formatted(nodes[index])
                            + "<nvpair id=\"r%1$s\" name=\"#release\" value=\"%2$s\"/><nvpair id=\"f%1$s\" name=\"#host-findings\" value=\"%3$s\"/>"
                                    .formatted(nodes[index], nodes[index + 1], nodes[index + 2])
                            + "</instance_attributes></transient_attributes></node_state>");
        }
        String text = cib("", DEVICE, "", STICKY).write();
        return Cib.read(text.substring(0, text.indexOf("<status")) + states + "</status></cib>", "test");
    }

    @Test
    void whatHostsToldIsKnownWhoeverIsAsked() throws UnusableInputException {
        Cib cib = told(
                "n1",
                "0.1.0",
                "clock-not-set=host of n1",
                "n2",
                "0.1.0",
                "agent-missing=primitive db; disk-nearly-full=/var/lib/x; of-a-later-release=y",
                "n3",
                "0.1.0",
                "agent-missing=primitive db");
        assertThat(HostsTold.of(cib, Optional.of(new NodeId("n1"))))
                .containsExactly(
                        new Finding(Diagnosis.AGENT_MISSING, "primitive db", "found by n2, n3"),
                        new Finding(Diagnosis.DISK_NEARLY_FULL, "/var/lib/x", "found by n2"));
        assertThat(HostsTold.of(cib, Optional.empty()))
                .contains(new Finding(Diagnosis.CLOCK_NOT_SET, "host of n1", "found by n1"));
    }

    @Test
    void nodesOfDifferentReleases() throws UnusableInputException {
        Cib cib = told("n1", "0.1.0", "", "n2", "0.2.0", "", "n3", "0.1.0", "");
        assertThat(HostsTold.of(cib, Optional.of(new NodeId("n2"))))
                .containsExactly(new Finding(Diagnosis.RELEASES_DIFFER, "cluster", "0.1.0 on n1, n3; 0.2.0 on n2"));
        assertThat(HostsTold.of(told("n1", "0.1.0", "", "n2", "0.1.0", ""), Optional.empty()))
                .isEmpty();
    }

    @Test
    void whatIsToldIsBoundedAndKeepsItsOrder() {
        List<Finding> many = IntStream.range(0, 1_000)
                .mapToObj(number -> new Finding(Diagnosis.AGENT_MISSING, "primitive r" + number, ""))
                .toList();
        assertThat(HostsTold.text(many))
                .hasSizeLessThanOrEqualTo(2_000)
                .startsWith("agent-missing=primitive r0; agent");
        assertThat(HostsTold.text(List.of())).isEmpty();
    }

    /** The page has what the catalogue has; {@code -Dgolden.update=true} writes that part of it anew. */
    @Test
    void thePageIsTheCatalogue() throws IOException {
        Path page = Path.of("..", "docs", "doctor.md");
        var table =
                new StringBuilder("| code | severity | where | what is wrong | what to do |\n|---|---|---|---|---|\n");
        for (Diagnosis diagnosis : Diagnosis.values()) {
            table.append("| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            diagnosis.code(),
                            diagnosis.severity().name().toLowerCase(Locale.ROOT),
                            diagnosis.where().name().toLowerCase(Locale.ROOT),
                            diagnosis.reason(),
                            diagnosis.remedy().replace("|", "\\|")));
        }
        String text = Files.readString(page);
        int begin = text.indexOf("| code |");
        int end = text.indexOf("\n\n", begin) + 1;
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(page, text.substring(0, begin) + table + text.substring(end));
        }
        assertThat(Files.readString(page)).contains(table);
        assertThat(new TreeSet<>(Diagnosis.codes())).hasSameSizeAs(Diagnosis.values());
    }
}
