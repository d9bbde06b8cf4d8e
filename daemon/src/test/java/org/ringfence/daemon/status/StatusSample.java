package org.ringfence.daemon.status;

import java.util.List;
import java.util.Optional;
import org.ringfence.controller.ClusterStatus;
import org.ringfence.controller.interlock.Interlock;
import org.ringfence.model.NodeId;

/** What a cluster of two answers. */
final class StatusSample {
    private StatusSample() {}

    /** Two nodes; {@code db} runs on the first and may run on the other. */
    static String cib(String constraints) {
        String state = "<node_state id='%d' uname='n%1$d' in_ccm='true' crmd='online' join='member' expected='member'>";
        String operation = "<lrm_rsc_op id='%1$s' operation_key='%1$s' operation='%2$s' interval='%3$d'"
                + " transition-key='1:1:0:x' call-id='3' rc-code='0' op-status='0' exec-time='10'/>";
        return "<cib have-quorum='1' dc-uuid='1'><configuration><crm_config/><nodes><node id='1' uname='n1'/>"
                + "<node id='2' uname='n2'/></nodes><resources><primitive id='power' class='stonith' type='fence_x'/>"
                + "<primitive id='db' class='ocf' provider='pacemaker' type='Dummy'><operations>"
                + "<op id='m' name='monitor' interval='10s'/></operations></primitive></resources><constraints>"
                + constraints + "</constraints></configuration><status>" + state.formatted(1)
                + "<lrm id='1'><lrm_resources><lrm_resource id='db' class='ocf' provider='pacemaker' type='Dummy'>"
                + operation.formatted("db_start_0", "start", 0)
                + operation.formatted("db_monitor_10000", "monitor", 10_000)
                + "</lrm_resource></lrm_resources></lrm></node_state>" + state.formatted(2)
                + "</node_state></status></cib>";
    }

    static ClusterStatus status(
            NodeId answeredBy, String cib, boolean ready, Optional<ClusterStatus.Progress> transition) {
        return new ClusterStatus(
                "shop",
                answeredBy,
                List.of(new NodeId("n1"), new NodeId("n2")),
                Optional.empty(),
                ready,
                "",
                "",
                cib,
                List.of(),
                new Interlock(Optional.empty(), List.of(), List.of()),
                List.of(),
                List.of(),
                transition,
                List.of(),
                List.of());
    }
}
