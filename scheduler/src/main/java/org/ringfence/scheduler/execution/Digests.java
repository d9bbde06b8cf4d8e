package org.ringfence.scheduler.execution;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.scheduler.history.Digest;

/** What is kept of the parameters that an operation was carried out with, so that a change of them is noticed later. */
final class Digests {
    private Digests() {}

    /**
     * Of an action's attributes. Which parameters ask for a restart, and which are secret, is known from an agent's metadata; here it
     * is what the history has said so far.
     */
    static SequencedMap<String, String> of(
            Map<String, String> attributes, long intervalMillis, ResourceHistory before) {
        SequencedMap<String, String> digests = new LinkedHashMap<>();
        if (attributes.isEmpty()) {
            return digests;
        }
        SortedMap<String, String> parameters = parameters(attributes);
        SortedMap<String, String> all = new TreeMap<>(parameters);
        String timeout = attributes.get("CRM_meta_timeout");
        if (intervalMillis > 0 && timeout != null) {
            all.put("CRM_meta_timeout", timeout);
        }
        digests.put("op-digest", Digest.of(all));
        said(before, "op-force-restart").ifPresent(names -> {
            SortedMap<String, String> decisive = new TreeMap<>(parameters);
            decisive.keySet().retainAll(words(names));
            digests.put("op-force-restart", names);
            digests.put("op-restart-digest", Digest.of(decisive));
        });
        said(before, "op-secure-params").ifPresent(names -> {
            SortedMap<String, String> plain = new TreeMap<>(all);
            plain.keySet().removeAll(words(names));
            digests.put("op-secure-params", names);
            digests.put("op-secure-digest", Digest.of(plain));
        });
        return digests;
    }

    /** What the agent is given for itself; what it is told of where it runs is no parameter. */
    private static SortedMap<String, String> parameters(Map<String, String> attributes) {
        SortedMap<String, String> parameters = new TreeMap<>(attributes);
        parameters.keySet().removeIf(name -> name.startsWith("CRM_meta_") || name.equals("pcmk_external_ip"));
        return parameters;
    }

    private static Optional<String> said(ResourceHistory history, String name) {
        return history.operations().stream()
                .map(operation -> operation.digests().get(name))
                .flatMap(value -> Optional.ofNullable(value).stream())
                .findFirst();
    }

    private static List<String> words(String names) {
        return Arrays.asList(names.strip().split(" +", -1));
    }
}
