package org.ringfence.daemon.status;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ringfence.api.Reply;
import org.ringfence.controller.doctor.Diagnosis;
import org.ringfence.controller.doctor.Finding;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;

/**
 * Looks at this host for what the catalogue has of hosts. Reads a few files, so it may wait for a disk.
 *
 * @param state       the folder where the daemon keeps the configuration
 * @param agentExists whether this host has an agent
 * @param clocks      by node, how far its clock is ahead of the DC's
 * @param root        of the files that the kernel and services tell by: {@code /}
 */
public record HostExamination(
        NodeId node,
        Path state,
        Predicate<AgentName> agentExists,
        Supplier<SortedMap<NodeId, Duration>> clocks,
        Path root) {
    /** Below both of these a disk is nearly full. */
    private static final long FREE_MIN = 100L << 20;

    private static final double FREE_MIN_PART = 0.05;

    /** What counts in whole seconds goes wrong from here on. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(1);

    /** Each of these keeps a clock right while it is there. */
    private static final List<String> CLOCK_SERVICES =
            List.of("run/systemd/timesync/synchronized", "run/chrony/chronyd.pid", "run/chronyd.pid", "run/ntpd.pid");

    Reply.HostFindings examine(Cib cib) {
        List<Reply.HostFinding> findings = findings(cib).stream()
                .map(found -> new Reply.HostFinding(found.diagnosis().code(), found.element(), found.detail()))
                .toList();
        List<String> checked = Arrays.stream(Diagnosis.values())
                .filter(diagnosis -> diagnosis.where() == Diagnosis.Where.HOST)
                .map(Diagnosis::code)
                .toList();
        return new Reply.HostFindings(node, findings, checked);
    }

    List<Finding> findings(Cib cib) {
        List<Finding> findings = new ArrayList<>();
        Agents.unknown(cib, agentExists, node)
                .forEach(problem ->
                        findings.add(new Finding(Diagnosis.AGENT_MISSING, problem.element(), problem.text())));
        disk(findings);
        swap(findings);
        name(findings);
        if (CLOCK_SERVICES.stream().noneMatch(file -> Files.exists(root.resolve(file)))) {
            findings.add(new Finding(Diagnosis.CLOCK_NOT_SET, "host of " + node, ""));
        }
        clocks(findings);
        drbd(cib, findings);
        return findings;
    }

    private void clocks(List<Finding> findings) {
        clocks.get().forEach((other, ahead) -> {
            if (ahead.abs().compareTo(CLOCKS_APART) >= 0) {
                findings.add(new Finding(
                        Diagnosis.CLOCKS_DIFFER,
                        "host of " + other,
                        ahead.abs().toMillis() + " ms " + (ahead.isNegative() ? "behind" : "ahead")));
            }
        });
    }

    private void drbd(Cib cib, List<Finding> findings) {
        List<Resource.Primitive> replicated = Primitives.of(cib).stream()
                .filter(primitive -> primitive.agent().provider().equals("linbit")
                        && primitive.agent().type().equals("drbd"))
                .toList();
        if (replicated.isEmpty()) {
            return;
        }
        try {
            Optional<DrbdFiles> files = DrbdFiles.read(root);
            if (files.isEmpty()) {
                return;
            }
            for (Resource.Primitive primitive : replicated) {
                String name = parameter(primitive, "drbd_resource").orElse(primitive.id());
                if (files.get().fencing(name).equals(DrbdFiles.NO_FENCING)) {
                    findings.add(new Finding(
                            Diagnosis.DRBD_WITHOUT_FENCING,
                            "primitive " + primitive.id(),
                            "resource " + name + " on " + node + " has fencing " + DrbdFiles.NO_FENCING));
                }
            }
        } catch (IOException unreadable) {
            findings.add(new Finding(
                    Diagnosis.DRBD_WITHOUT_FENCING, "files of DRBD on " + node, "cannot be read: " + unreadable));
        }
    }

    private static Optional<String> parameter(Resource.Primitive primitive, String name) {
        return AttributeSet.byImportance(primitive.parameters()).stream()
                .flatMap(set -> Optional.ofNullable(set.values().get(name)).stream())
                .findFirst();
    }

    private void disk(List<Finding> findings) {
        try {
            FileStore store = Files.getFileStore(state);
            long free = store.getUsableSpace();
            if (free < FREE_MIN && free < FREE_MIN_PART * store.getTotalSpace()) {
                findings.add(new Finding(Diagnosis.DISK_NEARLY_FULL, state.toString(), (free >> 20) + " MiB are left"));
            }
        } catch (IOException unreadable) {
            findings.add(new Finding(Diagnosis.DISK_NEARLY_FULL, state.toString(), "cannot be asked: " + unreadable));
        }
    }

    /** The first line of {@code /proc/swaps} is a heading. */
    private void swap(List<Finding> findings) {
        boolean swaps = lines("proc/swaps").size() > 1;
        boolean locked = lines("proc/self/status").stream()
                .filter(line -> line.startsWith("VmLck:"))
                .anyMatch(line -> !line.replaceAll("[^0-9]", "").equals("0"));
        if (swaps && !locked) {
            findings.add(new Finding(Diagnosis.MEMORY_CAN_BE_SWAPPED, "host of " + node, ""));
        }
    }

    private void name(List<Finding> findings) {
        String host = String.join("", lines("proc/sys/kernel/hostname")).strip();
        if (!host.isEmpty() && !host.equals(node.name()) && !host.startsWith(node.name() + ".")) {
            findings.add(new Finding(Diagnosis.HOST_NAME_DIFFERS, "host of " + node, "it is called " + host));
        }
    }

    /** None of a file that this system does not have. */
    private List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException missing) {
            return List.of();
        }
    }
}
