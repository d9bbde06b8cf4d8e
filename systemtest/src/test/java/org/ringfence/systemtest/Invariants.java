package org.ringfence.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.Witness;
import org.ringfence.demo.power.PowerEvent;

/** What must hold of every run, checked on the accounts of those who are not the cluster. */
final class Invariants {
    private Invariants() {}

    static void check(Cluster cluster) throws IOException {
        List<String> violations = new ArrayList<>(activeOnOneNodeOnly(cluster));
        violations.addAll(noRecoveryBeforeFencing(cluster));
        assertThat(violations).as("violations of invariants").isEmpty();
    }

    /**
     * From the beginning of its start on one node until its stop there, or until that node's power was cut, a resource is not
     * begun to be started on another.
     */
    static List<String> activeOnOneNodeOnly(Cluster cluster) throws IOException {
        List<String> violations = new ArrayList<>();
        Map<String, Witness> active = new LinkedHashMap<>();
        for (Witness deed : cluster.witness()) {
            Witness before = active.get(deed.resource());
            switch (deed.deed()) {
                case BEGIN_START -> {
                    if (before != null
                            && !before.node().equals(deed.node())
                            && !dark(cluster, before.node(), before.at(), deed.at())) {
                        violations.add("ActiveOnOneNodeOnly: " + deed + " while it was active: " + before);
                    }
                    active.put(deed.resource(), deed);
                }
                case STARTED -> {}
                case STOPPED -> {
                    if (before != null && before.node().equals(deed.node())) {
                        active.remove(deed.resource());
                    }
                }
            }
        }
        return violations;
    }

    /** Where there is no power switch, a host that its own watchdog or guard has ended is as dead. */
    private static boolean endedItself(Cluster cluster, Witness before, Witness deed) {
        return cluster.settings().fencing().guarded() && dark(cluster, before.node(), before.at(), deed.at());
    }

    /**
     * What a node held when it was last heard of, and did not stop, starts elsewhere only after the power switch has confirmed
     * to have cut that node's power since, or when that node has booted since and can be asked itself.
     */
    static List<String> noRecoveryBeforeFencing(Cluster cluster) throws IOException {
        List<String> violations = new ArrayList<>();
        Map<String, Witness> held = new LinkedHashMap<>();
        for (Witness deed : cluster.witness()) {
            Witness before = held.get(deed.resource());
            switch (deed.deed()) {
                case BEGIN_START -> {
                    if (before != null
                            && !before.node().equals(deed.node())
                            && confirmed(cluster, before.node(), before.at(), deed.at())
                                    .isEmpty()
                            && !rebooted(cluster, before.node(), before.at(), deed.at())
                            && !endedItself(cluster, before, deed)) {
                        violations.add(
                                "NoRecoveryBeforeFencing: " + deed + ", but the power switch has not confirmed that "
                                        + before.node() + " is off, which had it: " + before);
                    }
                    held.put(deed.resource(), deed);
                }
                case STARTED -> {}
                case STOPPED -> {
                    if (before != null && before.node().equals(deed.node())) {
                        held.remove(deed.resource());
                    }
                }
            }
        }
        return violations;
    }

    private static boolean dark(Cluster cluster, String node, Instant from, Instant to) {
        return cluster.node(node).darknesses().stream().anyMatch(cut -> cut.isAfter(from) && !cut.isAfter(to));
    }

    private static boolean rebooted(Cluster cluster, String node, Instant from, Instant to) {
        return dark(cluster, node, from, to)
                && cluster.node(node).boots().stream().anyMatch(boot -> boot.isAfter(from) && boot.isBefore(to));
    }

    private static Optional<PowerEvent> confirmed(Cluster cluster, String node, Instant from, Instant to) {
        return cluster.power().events().stream()
                .filter(event -> event.host().equals(node) && event.cutPower())
                .filter(event -> event.done().isAfter(from) && !event.done().isAfter(to))
                .findFirst();
    }
}
