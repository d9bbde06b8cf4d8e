package org.ringfence.controller.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;
import org.ringfence.scheduler.timers.Timers;

/** Examines a configuration, with its status as far as it is known. */
public final class Doctor {
    private Doctor() {}

    /** What is wrong, in the order of the catalogue. */
    public static List<Finding> examine(Cib cib) {
        List<Finding> findings = new ArrayList<>();
        FencingExamination.of(cib, findings);
        ResourceExamination.of(cib, findings);
        ConstraintExamination.of(cib, findings);
        for (Problem problem : Timers.of(cib).problems()) {
            findings.add(new Finding(Diagnosis.TIMERS_CONTRADICT, problem.element(), problem.text()));
        }
        for (Problem problem : cib.problems()) {
            findings.add(new Finding(Diagnosis.NOT_UNDERSTOOD, problem.element(), problem.text()));
        }
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparing(Finding::diagnosis))
                .toList();
    }
}
