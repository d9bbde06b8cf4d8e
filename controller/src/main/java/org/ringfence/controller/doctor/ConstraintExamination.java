package org.ringfence.controller.doctor;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.value.Score;
import org.ringfence.model.xml.Element;

/** Constraints that cannot hold, do more than one thinks, or were left behind. */
final class ConstraintExamination {
    private final Cib cib;
    private final List<Element> constraints;
    private final List<Finding> findings;

    private ConstraintExamination(Cib cib, List<Finding> findings) {
        this.cib = cib;
        this.findings = findings;
        this.constraints = cib.configurationElement().child("constraints").stream()
                .flatMap(section -> section.children().stream())
                .toList();
    }

    static void of(Cib cib, List<Finding> findings) {
        var examination = new ConstraintExamination(cib, findings);
        examination.constraints.forEach(examination::one);
    }

    private void one(Element constraint) {
        switch (constraint.name()) {
            case "rsc_colocation" -> {
                colocation(constraint);
                clones(constraint, constraint.attribute("rsc", ""), constraint.attribute("with-rsc", ""));
            }
            case "rsc_order" -> clones(constraint, constraint.attribute("then", ""), constraint.attribute("first", ""));
            case "rsc_location" -> {
                String id = constraint.id();
                if (id.startsWith("cli-ban-") || id.startsWith("cli-prefer-") || id.startsWith("cli-standby-")) {
                    findings.add(new Finding(Diagnosis.MOVE_LEFT_BEHIND, "rsc_location " + id, ""));
                }
            }
            default -> {}
        }
    }

    private void colocation(Element colocation) {
        String dependent = colocation.attribute("rsc", "");
        String primary = colocation.attribute("with-rsc", "");
        boolean both = cib.configuration().resources().containsKey(dependent)
                && cib.configuration().resources().containsKey(primary);
        if (!both || Score.parse(colocation.attribute("score", "INFINITY"), 0) < Score.INFINITY) {
            return;
        }
        var allowed = new AllowedNodes(cib);
        SortedSet<String> common = new TreeSet<>(allowed.of(dependent));
        common.retainAll(allowed.of(primary));
        String element = "rsc_colocation " + colocation.id();
        if (common.isEmpty()) {
            findings.add(new Finding(
                    Diagnosis.COLOCATION_NEVER,
                    element,
                    dependent + " may be on " + names(allowed.of(dependent)) + ", " + primary + " on "
                            + names(allowed.of(primary))));
        }
        constraints.stream()
                .filter(other -> other.name().equals("rsc_colocation") && isOpposite(other, dependent, primary))
                .forEach(other -> findings.add(
                        new Finding(Diagnosis.COLOCATION_NEVER, element, other.id() + " says the opposite")));
    }

    private static boolean isOpposite(Element other, String dependent, String primary) {
        String rsc = other.attribute("rsc", "");
        String with = other.attribute("with-rsc", "");
        boolean same =
                (rsc.equals(dependent) && with.equals(primary)) || (rsc.equals(primary) && with.equals(dependent));
        boolean roles = other.attribute("rsc-role").isPresent()
                || other.attribute("with-rsc-role").isPresent();
        return same && !roles && Score.parse(other.attribute("score", "0"), 0) <= -Score.INFINITY;
    }

    private static String names(SortedSet<String> nodes) {
        return nodes.isEmpty() ? "no node" : String.join(" ", nodes);
    }

    /** What a clone waits for, or is with, is a clone too. */
    private void clones(Element constraint, String dependent, String other) {
        if (cib.configuration().resources().get(dependent) instanceof Resource.Clone clone
                && cib.configuration().resources().get(other) instanceof Resource.Clone
                && !MetaAttributes.truth(clone, "interleave", false)) {
            findings.add(new Finding(
                    Diagnosis.CLONE_NOT_INTERLEAVED, "clone " + dependent, "by constraint " + constraint.id()));
        }
    }
}
