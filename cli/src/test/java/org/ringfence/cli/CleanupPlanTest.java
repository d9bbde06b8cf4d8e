package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.api.Reply;
import org.ringfence.cli.testing.CommandRun;
import org.ringfence.cli.testing.FakeNode;
import org.ringfence.model.cib.CibVersion;

/** What a clean-up would cause is told before it is asked for. */
class CleanupPlanTest {
    private static final String AGENT = "class='ocf' provider='pacemaker' type='Dummy'";
    private static final String STATE =
            "<node_state id='%1$s' uname='n%1$s' in_ccm='true' crmd='online' join='member' expected='member'>%2$s<lrm"
                    + " id='%1$s'><lrm_resources><lrm_resource id='web' " + AGENT
                    + ">%3$s</lrm_resource></lrm_resources></lrm></node_state>";
    private static final String OPERATION =
            "<lrm_rsc_op id='web_%1$s' operation_key='web_%2$s_0' operation='%2$s' interval='0'"
                    + " transition-key='1:1:%3$d:x' call-id='%4$d' rc-code='%3$d' op-status='0' exec-time='%5$d'/>";

    /** It likes n1 best, failed there for good, and runs on n2. */
    private static String cib() {
        String failCount = "<transient_attributes id='1'><instance_attributes id='t'><nvpair id='f'"
                + " name='fail-count-web#start_0' value='INFINITY'/></instance_attributes></transient_attributes>";
        String failed = OPERATION.formatted("last_failure_0", "start", 1, 3, 400)
                + OPERATION.formatted("last_0", "stop", 0, 4, 250);
        return "<cib have-quorum='1' dc-uuid='1' admin_epoch='0' epoch='1'"
                + " num_updates='0'><configuration><crm_config/><nodes><node id='1' uname='n1'/><node id='2'"
                + " uname='n2'/></nodes><resources><primitive id='power' class='stonith' type='fence_x'/><primitive"
                + " id='web' " + AGENT
                + "/></resources><constraints><rsc_location id='l' rsc='web' node='n1'"
                + " score='100'/></constraints></configuration><status>"
                + STATE.formatted("1", failCount, failed)
                + STATE.formatted("2", "", OPERATION.formatted("last_0", "start", 0, 5, 1_500))
                + "</status></cib>";
    }

    @Test
    void whatMovesBackIsAwayForAsLongAsItsOperationsTook(@TempDir Path folder) throws Exception {
        var run = new CommandRun().with("RINGFENCE_SOCKET", folder.resolve("n").toString());
        var answer =
                new Reply.Configuration(new CibVersion(0, 1, 0), cib(), new Reply.ChangeNote("", Instant.EPOCH, ""));
        try (FakeNode _ = FakeNode.answering(folder.resolve("n"), answer)) {
            assertThat(new CommandLines(run.context()).run("cleanup", "web", "--plan"))
                    .isZero();
        }
        assertThat(run.out())
                .contains("stop")
                .contains("Away meanwhile, by what operations took before:\n  web  1.8 s\n");
    }
}
