package org.ringfence.daemon.status;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.ringfence.api.Reply;
import org.ringfence.controller.doctor.Diagnosis;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;

/**
 * Looks at this host for what the catalogue has of hosts. Reads a few files, so it may wait for a disk.
 *
 * @param state       the folder where the daemon keeps the configuration
 * @param agentExists whether this host has an agent
 * @param root        of the files that the kernel and services tell by: {@code /}
 */
public record HostExamination(NodeId node, Path state, Predicate<AgentName> agentExists, Path root) {
    /** Below both of these a disk is nearly full. */
    private static final long FREE_MIN = 100L << 20;

    private static final double FREE_MIN_PART = 0.05;

    /** Each of these keeps a clock right while it is there. */
    private static final List<String> CLOCK_SERVICES =
            List.of("run/systemd/timesync/synchronized", "run/chrony/chronyd.pid", "run/chronyd.pid", "run/ntpd.pid");

    Reply.HostFindings examine(Cib cib) {
        List<Reply.HostFinding> findings = new ArrayList<>();
        Agents.unknown(cib, agentExists, node)
                .forEach(problem -> findings.add(finding(Diagnosis.AGENT_MISSING, problem.element(), problem.text())));
        disk(findings);
        swap(findings);
        name(findings);
        if (CLOCK_SERVICES.stream().noneMatch(file -> Files.exists(root.resolve(file)))) {
            findings.add(finding(Diagnosis.CLOCK_NOT_SET, "host of " + node, ""));
        }
        List<String> checked = Arrays.stream(Diagnosis.values())
                .filter(diagnosis -> diagnosis.where() == Diagnosis.Where.HOST)
                .map(Diagnosis::code)
                .toList();
        return new Reply.HostFindings(node, findings, checked);
    }

    private static Reply.HostFinding finding(Diagnosis diagnosis, String element, String detail) {
        return new Reply.HostFinding(diagnosis.code(), element, detail);
    }

    private void disk(List<Reply.HostFinding> findings) {
        try {
            FileStore store = Files.getFileStore(state);
            long free = store.getUsableSpace();
            if (free < FREE_MIN && free < FREE_MIN_PART * store.getTotalSpace()) {
                findings.add(finding(Diagnosis.DISK_NEARLY_FULL, state.toString(), (free >> 20) + " MiB are left"));
            }
        } catch (IOException unreadable) {
            findings.add(finding(Diagnosis.DISK_NEARLY_FULL, state.toString(), "cannot be asked: " + unreadable));
        }
    }

    /** The first line of {@code /proc/swaps} is a heading. */
    private void swap(List<Reply.HostFinding> findings) {
        boolean swaps = lines("proc/swaps").size() > 1;
        boolean locked = lines("proc/self/status").stream()
                .filter(line -> line.startsWith("VmLck:"))
                .anyMatch(line -> !line.replaceAll("[^0-9]", "").equals("0"));
        if (swaps && !locked) {
            findings.add(finding(Diagnosis.MEMORY_CAN_BE_SWAPPED, "host of " + node, ""));
        }
    }

    private void name(List<Reply.HostFinding> findings) {
        String host = String.join("", lines("proc/sys/kernel/hostname")).strip();
        if (!host.isEmpty() && !host.equals(node.name()) && !host.startsWith(node.name() + ".")) {
            findings.add(finding(Diagnosis.HOST_NAME_DIFFERS, "host of " + node, "it is called " + host));
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
