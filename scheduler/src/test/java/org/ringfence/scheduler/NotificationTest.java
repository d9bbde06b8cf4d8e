package org.ringfence.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.problem.UnusableInputException;

/** What agents are told in scenario {@code clone/notified}: one instance is to be promoted, the other one stops. */
class NotificationTest {
    private static Map<String, String> attributes(String key) throws IOException, UnusableInputException {
        String input = Files.readString(Scenario.FOLDER.resolve("clone/notified/input.xml"));
        Cib cib = Cib.read(input, "input.xml");
        return Scheduler.schedule(cib, Instant.EPOCH).graph().synapses().stream()
                .map(Synapse::action)
                .filter(GraphAction.ResourceAction.class::isInstance)
                .map(GraphAction.ResourceAction.class::cast)
                .filter(action -> action.operationKey().equals(key))
                .findFirst()
                .orElseThrow()
                .attributes();
    }

    @Test
    void anInstanceHearsWhoIsWhereAndWhatChanges() throws IOException, UnusableInputException {
        assertThat(attributes("a_post_notify_stop_0"))
                .containsEntry("CRM_meta_notify_type", "post")
                .containsEntry("CRM_meta_notify_operation", "stop")
                .containsEntry("CRM_meta_notify_active_resource", "a:0 a:1")
                .containsEntry("CRM_meta_notify_active_uname", "n1 n2")
                .containsEntry("CRM_meta_notify_promoted_resource", " ")
                .containsEntry("CRM_meta_notify_unpromoted_resource", "a:0 a:1")
                .containsEntry("CRM_meta_notify_stop_resource", "a:1")
                .containsEntry("CRM_meta_notify_stop_uname", "n2")
                .containsEntry("CRM_meta_notify_promote_resource", "a:0")
                .containsEntry("CRM_meta_notify_available_uname", "n1 n2");
    }

    @Test
    void whoChangesIsToldTheSame() throws IOException, UnusableInputException {
        assertThat(attributes("a_promote_0"))
                .containsEntry("CRM_meta_notify_stop_resource", "a:1")
                .doesNotContainKey("CRM_meta_notify_type");
    }
}
