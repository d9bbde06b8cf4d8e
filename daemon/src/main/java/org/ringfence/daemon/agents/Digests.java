package org.ringfence.daemon.agents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.ringfence.controller.port.ResourceAgents.Request;
import org.ringfence.model.agent.AgentMetadata;
import org.ringfence.model.status.ParameterDigest;

/** The digests that a history keeps of the parameters an operation ran with. */
final class Digests {
    private static final String FEATURE_SET = "crm_feature_set";

    private Digests() {}

    /**
     * @param metadata the agent's; without it there is no telling what is reloadable or hidden, and {@code op-digest} is all
     * @return attributes of {@code lrm_rsc_op} by their names
     */
    static SequencedMap<String, String> of(Request request, Optional<AgentMetadata> metadata) {
        SequencedMap<String, String> all = new LinkedHashMap<>(request.parameters());
        all.remove(FEATURE_SET);
        boolean repeated = !request.interval().isZero();
        if (repeated) {
            all.put(ParameterDigest.TIMEOUT, Long.toString(request.timeout().toMillis()));
        }
        SequencedMap<String, String> digests = new LinkedHashMap<>();
        digests.put("op-digest", ParameterDigest.of(all));
        if (metadata.isEmpty()) {
            return digests;
        }
        if (!repeated && metadata.get().reloads()) {
            List<String> restarting = names(metadata.get(), parameter -> !parameter.reloadable());
            digests.put("op-force-restart", list(restarting));
            digests.put("op-restart-digest", ParameterDigest.of(filter(all, restarting::contains)));
        }
        List<String> hidden = names(metadata.get(), AgentMetadata.Parameter::hidden);
        if (!hidden.isEmpty()) {
            digests.put("op-secure-params", list(hidden));
            digests.put("op-secure-digest", ParameterDigest.of(filter(all, name -> !hidden.contains(name))));
        }
        return digests;
    }

    private static List<String> names(AgentMetadata metadata, Predicate<AgentMetadata.Parameter> wanted) {
        return metadata.parameters().values().stream()
                .filter(wanted)
                .map(AgentMetadata.Parameter::name)
                .toList();
    }

    /** With a blank on both sides of every name, so that a search for a whole name is a search for a text. */
    private static String list(List<String> names) {
        return names.isEmpty() ? "" : " " + String.join(" ", names) + " ";
    }

    private static SequencedMap<String, String> filter(Map<String, String> from, Predicate<String> wanted) {
        SequencedMap<String, String> filtered = new LinkedHashMap<>();
        from.forEach((name, value) -> {
            if (wanted.test(name)) {
                filtered.put(name, value);
            }
        });
        return filtered;
    }
}
