package org.ringfence.controller.doctor;

import java.util.SortedSet;
import java.util.TreeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.Truth;
import org.ringfence.model.xml.Element;

/** Where resources may be by plain location constraints: those with a node and a score. Rules are left out of account. */
final class AllowedNodes {
    private final Cib cib;

    AllowedNodes(Cib cib) {
        this.cib = cib;
    }

    SortedSet<String> of(String resource) {
        boolean symmetric =
                cib.property("symmetric-cluster").flatMap(Truth::parse).orElse(true);
        SortedSet<String> allowed = new TreeSet<>();
        if (symmetric) {
            cib.configuration().nodes().values().forEach(node -> allowed.add(node.name()));
        }
        SortedSet<String> banned = new TreeSet<>();
        for (Element location : locations()) {
            if (!location.attribute("rsc", "").equals(resource)) {
                continue;
            }
            String node = location.attribute("node", "");
            int score = Score.parse(location.attribute("score", "0"), 0);
            if (score <= -Score.INFINITY) {
                banned.add(node);
            } else if (!node.isEmpty()) {
                allowed.add(node);
            }
        }
        allowed.removeAll(banned);
        return allowed;
    }

    private Iterable<Element> locations() {
        return cib.configurationElement().child("constraints").stream()
                .flatMap(constraints -> constraints.children("rsc_location").stream())
                .toList();
    }
}
