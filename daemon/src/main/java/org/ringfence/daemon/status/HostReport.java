package org.ringfence.daemon.status;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.ringfence.controller.doctor.HostsTold;
import org.ringfence.model.Release;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

/**
 * What this node tells the cluster of its host, so that a doctor who is asked anywhere knows of it: attributes by name.
 *
 * @param configuration the text of the configuration; empty before the first
 */
public record HostReport(HostExamination host, Supplier<String> configuration) {

    /** Reads a few files, so it may wait for a disk. */
    public SortedMap<String, String> values() {
        SortedMap<String, String> values = new TreeMap<>();
        String text = configuration.get();
        if (text.isEmpty()) {
            return values;
        }
        values.put(HostsTold.RELEASE, Release.NAME);
        try {
            values.put(HostsTold.FINDINGS, HostsTold.text(host.findings(Cib.read(text, "configuration"))));
        } catch (UnusableInputException damaged) {
            throw new IllegalStateException("a configuration in force can be read", damaged);
        }
        return values;
    }
}
