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
    private static String input() throws IOException {
        return Files.readString(Scenario.FOLDER.resolve("clone/notified/input.xml"));
    }

    private static Map<String, String> attributes(String key) throws IOException, UnusableInputException {
        return attributes(input(), key);
    }

    private static Map<String, String> attributes(String input, String key) throws UnusableInputException {
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

    /** A node that is ruled out is told of, unlike one that nobody has opted in; as Pacemaker 2.1.5 has it. */
    @Test
    void inAnOptInClusterEveryNodeThatALocationNamesIsAvailable() throws IOException, UnusableInputException {
        String optIn = input().replace(
                        "<nvpair id=\"o1\"",
                        "<nvpair id=\"o2\" name=\"symmetric-cluster\" value=\"false\"/><nvpair id=\"o1\"")
                .replace("<constraints>", "<constraints><rsc_location id=\"on1\" rsc=\"ms\" node=\"n1\" score=\"0\"/>");
        String ruledOut = optIn.replace(
                "<constraints>", "<constraints><rsc_location id=\"on2\" rsc=\"ms\" node=\"n2\" score=\"-INFINITY\"/>");
        assertThat(attributes(optIn, "a_promote_0")).containsEntry("CRM_meta_notify_available_uname", "n1");
        assertThat(attributes(ruledOut, "a_promote_0")).containsEntry("CRM_meta_notify_available_uname", "n1 n2");
    }
}
