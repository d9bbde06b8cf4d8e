package org.ringfence.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.ringfence.api.Reply;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.cib.CibVersion;

/**
 * Does once what commands usually do, against a node of its own making and with nobody looking, so that the virtual machine can
 * keep what it loaded (JEP 514). The launcher runs it after a build; commands start in a fraction of the time then.
 */
final class CommandRehearsal {
    private CommandRehearsal() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (var node = RehearsedNode.start()) {
            node.answer(RehearsedNode.status(), () -> run(node, "status", "--socket=" + node.socket(), "--json"));
            node.answer(new Reply.Done("done", List.of()), () -> run(node, "move", "web", "n2", "--for", "1h"));
            node.answer(new Reply.Plan(List.of(), List.of(), List.of()), () -> run(node, "standby", "n1", "--plan"));
            node.answer(configuration(), () -> run(node, "whatif", "--every-single-failure"));
            run(node, "--help");
        }
    }

    private static void run(RehearsedNode node, String... arguments) {
        var context = new Context(
                Terminal.onto(new ByteArrayOutputStream()),
                Map.of("RINGFENCE_SOCKET", node.socket().toString()),
                InstantSource.system(),
                TimeZone.getDefault());
        int status = Main.run(context, arguments);
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", arguments) + " ended with status " + status);
        }
    }

    /** Of a cluster that deals with every single failure. */
    private static Reply configuration() {
        String state = "<node_state id='%s' uname='n%1$s' in_ccm='true' crmd='online' join='member' expected='member'>";
        String operation = "<lrm_rsc_op id='web_%1$s_%2$d' operation_key='web_%1$s_%2$d' operation='%1$s'"
                + " interval='%2$d' transition-key='1:1:0:x' call-id='3' rc-code='0' op-status='0' exec-time='10'/>";
        String cib = "<cib have-quorum='1' dc-uuid='1'><configuration><crm_config/><nodes><node id='1' uname='n1'/>"
                + "<node id='2' uname='n2'/></nodes><resources>"
                + "<primitive id='a' class='stonith' type='fence_x'/><primitive id='b' class='stonith' type='fence_x'/>"
                + "<primitive id='web' class='ocf' provider='x' type='y'><operations>"
                + "<op id='m' name='monitor' interval='10s'/></operations></primitive></resources><constraints>"
                + "<rsc_location id='l' rsc='web' node='n1' score='5'/></constraints></configuration><status>"
                + state.formatted("1")
                + "<lrm id='1'><lrm_resources><lrm_resource id='web' class='ocf' provider='x' type='y'>"
                + operation.formatted("start", 0) + operation.formatted("monitor", 10_000)
                + "</lrm_resource></lrm_resources></lrm></node_state>" + state.formatted("2")
                + "</node_state></status></cib>";
        return new Reply.Configuration(new CibVersion(0, 1, 0), cib, new Reply.ChangeNote("", Instant.EPOCH, ""));
    }
}
