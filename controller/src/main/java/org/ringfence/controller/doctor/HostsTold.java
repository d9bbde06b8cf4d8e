package org.ringfence.controller.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.status.NodeState;

/**
 * What the daemons found on their hosts and told the cluster, as transient attributes of their nodes: {@link #FINDINGS} has codes and elements,
 * {@code disk-nearly-full=/var/lib; agent-missing=primitive db}, without figures, so that it changes when a finding comes or goes and not
 * when a figure does; {@link #RELEASE} has the daemon's release.
 */
public final class HostsTold {
    public static final String FINDINGS = "#host-findings";
    public static final String RELEASE = "#release";

    /** Characters of one node's findings; what is found beyond is told by that node's own {@code doctor}. */
    private static final int LONGEST = 2_000;

    private HostsTold() {}

    /** Findings as a node tells them. */
    public static String text(List<Finding> findings) {
        SequencedSet<String> told = new LinkedHashSet<>();
        int length = 0;
        for (Finding finding : findings) {
            String one = finding.diagnosis().code() + "="
                    + finding.element().replace(';', ',').replace('=', ':');
            length += one.length() + 2;
            if (length > LONGEST) {
                break;
            }
            told.add(one);
        }
        return String.join("; ", told);
    }

    /**
     * What was told, in the order of the catalogue; what several nodes tell of one element is one finding.
     *
     * @param asked the node that is asked itself, and says more than it told; empty for none
     */
    public static List<Finding> of(Cib cib, Optional<NodeId> asked) {
        SortedMap<String, SequencedSet<String>> releases = new TreeMap<>();
        SortedMap<Diagnosis, SortedMap<String, SequencedSet<String>>> tellers = new TreeMap<>();
        for (NodeState node : cib.status().nodes().values()) {
            String name = node.uname();
            Optional.ofNullable(node.attributes().get(RELEASE))
                    .ifPresent(release -> releases.computeIfAbsent(release, _ -> new LinkedHashSet<>())
                            .add(name));
            if (asked.filter(one -> one.name().equals(name)).isPresent()) {
                continue;
            }
            for (String one : node.attributes().getOrDefault(FINDINGS, "").split("; ", -1)) {
                String[] parts = one.split("=", 2);
                if (parts.length == 2) {
                    Diagnosis.of(parts[0])
                            .ifPresent(diagnosis -> tellers.computeIfAbsent(diagnosis, _ -> new TreeMap<>())
                                    .computeIfAbsent(parts[1], _ -> new LinkedHashSet<>())
                                    .add(name));
                }
            }
        }
        if (releases.size() > 1) {
            tellers.put(Diagnosis.RELEASES_DIFFER, new TreeMap<>());
        }
        List<Finding> findings = new ArrayList<>();
        tellers.forEach((diagnosis, elements) -> {
            elements.forEach((element, names) ->
                    findings.add(new Finding(diagnosis, element, "found by " + String.join(", ", names))));
            if (diagnosis == Diagnosis.RELEASES_DIFFER) {
                findings.add(new Finding(diagnosis, "cluster", inWords(releases)));
            }
        });
        return findings;
    }

    private static String inWords(SortedMap<String, SequencedSet<String>> releases) {
        List<String> clauses = new ArrayList<>();
        for (Map.Entry<String, SequencedSet<String>> one : releases.entrySet()) {
            clauses.add(one.getKey() + " on " + String.join(", ", one.getValue()));
        }
        return String.join("; ", clauses);
    }
}
