package org.ringfence.daemon.helpers;

import java.util.List;
import java.util.Optional;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;

/** Answers what an agent's helper was called with. */
public final class Helpers {
    /** Programs that are answered. */
    static final List<String> PROGRAMS = List.of(
            "crm_attribute",
            "crm_master",
            "crm_standby",
            "crm_failcount",
            "attrd_updater",
            "crm_node",
            "crm_resource",
            "crm_mon",
            "cibadmin");

    private Helpers() {}

    public static Reply.Helped answer(Cluster cluster, Request.Helper asked) throws InterruptedException {
        Said said;
        try {
            said = say(cluster, asked);
        } catch (UsageException unusable) {
            said = Said.failed(Said.USAGE, String.valueOf(unusable.getMessage()));
        }
        String err = said.err().isEmpty() ? "" : asked.program() + ": " + said.err();
        return new Reply.Helped(said.status(), said.out(), err);
    }

    private static Said say(Cluster cluster, Request.Helper asked) throws UsageException, InterruptedException {
        List<String> arguments = asked.arguments();
        if (!PROGRAMS.contains(asked.program())) {
            return Said.failed(Said.NOT_OFFERED, "is not offered to agents; there are: " + String.join(", ", PROGRAMS));
        }
        Optional<Known> known = cluster.known();
        if (known.isEmpty()) {
            return Said.failed(Said.NO_CLUSTER, "this node is in no view of the cluster yet");
        }
        var attribute = new CrmAttribute(cluster, known.get(), asked.resource());
        return switch (asked.program()) {
            case "crm_attribute" -> attribute.attribute(arguments);
            case "crm_master" -> attribute.promotionScore(arguments);
            case "crm_standby" -> attribute.standby(arguments);
            case "crm_failcount" -> attribute.failCount(arguments);
            case "attrd_updater" -> new AttrdUpdater(cluster, known.get()).run(arguments);
            case "crm_node" -> CrmNode.run(known.get(), arguments);
            case "crm_resource" -> CrmResource.run(cluster, known.get(), arguments);
            case "crm_mon" -> CrmMon.run(known.get(), arguments);
            default -> CibAdmin.run(known.get(), arguments);
        };
    }
}
